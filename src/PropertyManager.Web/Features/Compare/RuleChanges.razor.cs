using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration.Comparison;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Compare;

/// <summary>What changes in the rules from one version to another, rule by rule in their order.</summary>
public sealed partial class RuleChanges
{
    /// <summary>Rules that are shown at first, and more at a time: a tree may have 600.</summary>
    private const int Step = 100;

    private int _shown = Step;

    [Parameter, EditorRequired]
    public required RuleTreeComparison Changes { get; set; }

    [Parameter, EditorRequired]
    public required long PropertyId { get; set; }

    /// <summary>Number of the version before.</summary>
    [Parameter, EditorRequired]
    public required int Left { get; set; }

    /// <summary>Number of the version after.</summary>
    [Parameter, EditorRequired]
    public required int Right { get; set; }

    // What was removed can only be seen where it still was.
    private (string Address, int Version) LinkOf(RuleChange change)
    {
        var version = change.IsRemoved ? Left : Right;
        return (Links.Rule(PropertyId, version, change.Place.Pointer), version);
    }
}
