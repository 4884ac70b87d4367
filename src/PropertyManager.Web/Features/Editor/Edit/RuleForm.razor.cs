using System.Text.Json;
using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>The chosen rule as a form: name, comments, criteria and behaviors.</summary>
public sealed partial class RuleForm
{
    private static readonly CatalogItem[] _behaviors = Sorted(RuleCatalog.Behaviors.Values);
    private static readonly CatalogItem[] _criteria = Sorted(RuleCatalog.Criteria.Values);

    [Parameter, EditorRequired]
    public required EditorSession Session { get; set; }

    /// <summary>JSON pointer to the rule.</summary>
    [Parameter, EditorRequired]
    public required string Place { get; set; }

    /// <summary>The rule at that place, as it is now.</summary>
    [Parameter, EditorRequired]
    public required Rule Rule { get; set; }

    /// <summary>What the validator says, by pointer.</summary>
    [Parameter, EditorRequired]
    public required ILookup<string, ValidationMessage> Messages { get; set; }

    private bool IsDefault => Place == RuleTreeEdits.DefaultRule;

    private static CatalogItem[] Sorted(IEnumerable<CatalogItem> items) =>
        [.. items.OrderBy(item => item.Category, StringComparer.Ordinal).ThenBy(item => item.Label, StringComparer.Ordinal)];

    private static string Label(Behavior behavior) => RuleCatalog.Behaviors.GetValueOrDefault(behavior.Name)?.Label ?? behavior.Name;

    private static string Label(Criterion criterion) => RuleCatalog.Criteria.GetValueOrDefault(criterion.Name)?.Label ?? criterion.Name;

    private static IReadOnlyList<T> Swapped<T>(IReadOnlyList<T> list, int index, int by) => list.Removed(index).Inserted(index + by, list[index]);

    private void SetName(string? name) =>
        Session.Do("Rename rule", tree => tree.Change(Place, rule => rule with { Name = name ?? "" }), $"{Place}/name");

    private void SetComments(string? text) =>
        Session.Do(
            "Change comments",
            tree => tree.Change(Place, rule => rule with { Comments = string.IsNullOrEmpty(text) ? null : text }),
            $"{Place}/comments"
        );

    private void Criteria(string name, Func<IReadOnlyList<Criterion>, IReadOnlyList<Criterion>> change) =>
        Session.Do(name, tree => tree.Change(Place, rule => rule with { Criteria = change(rule.Criteria) }));

    private void Behaviors(string name, Func<IReadOnlyList<Behavior>, IReadOnlyList<Behavior>> change) =>
        Session.Do(name, tree => tree.Change(Place, rule => rule with { Behaviors = change(rule.Behaviors) }));

    private void MoveCriterion(int index, int by) => Criteria($"Move {Label(Rule.Criteria[index])}", list => Swapped(list, index, by));

    private void RemoveCriterion(int index) => Criteria($"Remove {Label(Rule.Criteria[index])}", list => list.Removed(index));

    private void MoveBehavior(int index, int by) => Behaviors($"Move {Label(Rule.Behaviors[index])}", list => Swapped(list, index, by));

    private void RemoveBehavior(int index) => Behaviors($"Remove {Label(Rule.Behaviors[index])}", list => list.Removed(index));

    // Within the change it is the rule as it is by then: letters may follow faster than this is drawn.
    private void SetCriterion(int index, CatalogOption option, JsonElement? value) =>
        Session.Do(
            $"Change {Label(Rule.Criteria[index])}",
            tree => tree.Change(Place, rule => rule with { Criteria = rule.Criteria.Replaced(index, old => Set(old, option, value)) }),
            $"{Place}/criteria/{index}/{option.Name}"
        );

    private void SetBehavior(int index, CatalogOption option, JsonElement? value) =>
        Session.Do(
            $"Change {Label(Rule.Behaviors[index])}",
            tree => tree.Change(Place, rule => rule with { Behaviors = rule.Behaviors.Replaced(index, old => Set(old, option, value)) }),
            $"{Place}/behaviors/{index}/{option.Name}"
        );

    private static Criterion Set(Criterion criterion, CatalogOption option, JsonElement? value) =>
        criterion with
        {
            Options = criterion.Options.With(option.Name, value),
        };

    private static Behavior Set(Behavior behavior, CatalogOption option, JsonElement? value) =>
        behavior with
        {
            Options = behavior.Options.With(option.Name, value),
        };
}
