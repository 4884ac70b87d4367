using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration.Comparison;

namespace PropertyManager.Web.Features.Compare;

/// <summary>What changed in one rule, by itself.</summary>
public sealed partial class RuleChangeCard
{
    /// <summary>Criteria and behaviors up to which a rule that was added or removed is shown at once.</summary>
    private const int Short = 6;

    [Parameter, EditorRequired]
    public required RuleChange Change { get; set; }

    /// <summary>Where the rule can be seen, and in which version that is.</summary>
    [Parameter, EditorRequired]
    public required Func<RuleChange, (string Address, int Version)> LinkOf { get; set; }

    private const string Arrow = " → ";

    private (string Address, int Version) Link => LinkOf(Change);

    private IReadOnlyList<OptionDelta> Lines => RuleChangeText.Lines(Change);

    private bool IsShort => Change.Place.Rule.Criteria.Count + Change.Place.Rule.Behaviors.Count <= Short;
}
