using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Properties;

/// <summary>At the head of Property Details: the active version on a network with its activation, and what runs there.</summary>
public sealed partial class NetworkSummary
{
    [Parameter, EditorRequired]
    public required NetworkStanding Now { get; set; }

    [Parameter, EditorRequired]
    public required LiveActivations Live { get; set; }
}
