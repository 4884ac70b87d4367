using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell;

public sealed partial class StatusPage
{
    [Parameter]
    public int Code { get; set; }
}
