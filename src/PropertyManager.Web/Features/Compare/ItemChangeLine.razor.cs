using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Domain.Configuration.Comparison;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Compare;

/// <summary>What happened to a behavior, a criterion or a variable.</summary>
public sealed partial class ItemChangeLine
{
    private const string Space = " "; // Razor drops spaces beside its own statements

    [Parameter, EditorRequired]
    public required ItemChange Change { get; set; }

    [Parameter, EditorRequired]
    public required ItemKind Kind { get; set; }

    private CriterionSentence Sentence => CriterionSentence.Of(new Criterion(Change.Item.Name, Change.Item.Options));

    // All there is to see of what came or went; what only moved is known already.
    private IReadOnlyList<OptionField> Fields =>
        Change.IsMoved ? []
        : Kind == ItemKind.Criterion ? Sentence.Rest
        : OptionField.Of(Change.Item.Options, Known);

    private IReadOnlyList<OptionDelta> Lines => [.. OptionDelta.Of(Change.Options, Known), .. OptionDelta.Of(Change.Extra)];

    // As the catalog describes it; null when it does not.
    private CatalogItem? Known =>
        Kind switch
        {
            ItemKind.Criterion => RuleCatalog.Criteria.GetValueOrDefault(Change.Item.Name),
            ItemKind.Behavior => RuleCatalog.Behaviors.GetValueOrDefault(Change.Item.Name),
            _ => null,
        };
}
