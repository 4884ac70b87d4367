using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Properties;

/// <summary>What a property has on one network: the active version, and the activation that runs.</summary>
public sealed partial class NetworkCell
{
    [Parameter, EditorRequired]
    public required NetworkStanding Now { get; set; }

    [Parameter, EditorRequired]
    public required LiveActivations Live { get; set; }
}
