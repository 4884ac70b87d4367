using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell;

public sealed partial class StatusPage
{
    [CascadingParameter]
    public HttpContext? HttpContext { get; set; }

    [Parameter]
    public int Code { get; set; }

    // Executed once more, the answer has its status already; somebody who asks for this address itself finds no page here.
    protected override void OnInitialized()
    {
        if (HttpContext is not { Response: { StatusCode: StatusCodes.Status200OK } response })
            return;
        Code = StatusCodes.Status404NotFound;
        response.StatusCode = Code;
    }
}
