using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>What one version does to traffic that another does not: by status class, by rule, by country and path.</summary>
public sealed partial class ImpactView
{
    /// <summary>Lines of a list.</summary>
    private const int Shown = 8;

    [Parameter, EditorRequired]
    public required long PropertyId { get; set; }

    /// <summary>Number of the version before.</summary>
    [Parameter, EditorRequired]
    public required int Before { get; set; }

    /// <summary>Number of the version after.</summary>
    [Parameter, EditorRequired]
    public required int After { get; set; }

    [Parameter, EditorRequired]
    public required TrafficImpact Impact { get; set; }
}
