using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Features.Properties;

/// <summary>Which hostnames a new version adds, removes and reconfigures.</summary>
public sealed partial class HostnameChangeList
{
    [Parameter, EditorRequired]
    public required HostnameChanges Changes { get; set; }

    /// <summary>What they are changes against; null where there is nothing before.</summary>
    [Parameter]
    public int? BasedOn { get; set; }
}
