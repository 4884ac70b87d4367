using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Comparison;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Compare;

/// <summary>A badge beside what changed.</summary>
public readonly record struct ChangeBadge(string Text, Tone Tone, Glyph Glyph)
{
    public static ChangeBadge Added { get; } = new("Added", Tone.Success, Glyph.Plus);

    public static ChangeBadge Removed { get; } = new("Removed", Tone.Danger, Glyph.Minus);

    public static ChangeBadge Moved { get; } = new("Moved", Tone.Info, Glyph.ArrowRight);

    public static ChangeBadge Renamed { get; } = new("Renamed", Tone.Neutral, Glyph.Copy);

    public static ChangeBadge Changed { get; } = new("Changed", Tone.Warning, Glyph.Rolling);
}

/// <summary>The words of changed rules.</summary>
internal static class RuleChangeText
{
    private const string Default = "Default Rule";
    private const string Other = "OTHER"; // a standard header is not meant: another option names it

    /// <summary>"3 rules differ: 1 added, 1 moved, 1 changed". One that is moved and changed is counted with both.</summary>
    public static string Summary(RuleTreeComparison changes)
    {
        var rules = changes.Rules;
        (int Count, string What)[] counts =
        [
            (rules.Count(rule => rule.IsAdded), "added"),
            (rules.Count(rule => rule.IsRemoved), "removed"),
            (rules.Count(rule => rule.IsMoved), "moved"),
            (rules.Count(rule => rule.Name is not null), "renamed"),
            (rules.Count(rule => rule.IsChanged), "changed"),
        ];
        var parts = counts.Where(part => part.Count > 0).Select(part => $"{Words.Number(part.Count)} {part.What}");
        var said = rules.Count == 0 ? "No rule differs" : $"{Words.Count(rules.Count, "rule differs", "rules differ")}: {string.Join(", ", parts)}";
        return changes.Comments is null ? said : $"{said}; the comments on the version's rules differ";
    }

    /// <summary>What happened to a rule.</summary>
    public static IEnumerable<ChangeBadge> Badges(RuleChange change)
    {
        if (change.IsAdded)
            yield return ChangeBadge.Added;
        if (change.IsRemoved)
            yield return ChangeBadge.Removed;
        if (change.IsMoved)
            yield return ChangeBadge.Moved;
        if (change.Name is not null)
            yield return ChangeBadge.Renamed;
        if (change.IsChanged)
            yield return ChangeBadge.Changed;
    }

    /// <summary>What happened to a behavior, a criterion or a variable.</summary>
    public static IEnumerable<ChangeBadge> Badges(ItemChange change)
    {
        if (change.IsAdded)
            yield return ChangeBadge.Added;
        if (change.IsRemoved)
            yield return ChangeBadge.Removed;
        if (change.IsMoved)
            yield return ChangeBadge.Moved;
        if (change.IsChanged)
            yield return ChangeBadge.Changed;
    }

    /// <summary>A rule's name as shown.</summary>
    public static string Name(RulePlace place) => place.Parent is null ? Default : place.Rule.Name;

    /// <summary>The names of the rules above, as shown: "Default Rule › Images".</summary>
    public static string Above(RulePlace place) => string.Join(" › ", place.Above.Select((name, i) => i == 0 ? Default : name));

    /// <summary>"From place 3 to place 1", or from under which rule to under which.</summary>
    public static string Move(RuleChange change)
    {
        var (from, to) = (change.Before!, change.After!);
        return Above(from) == Above(to)
            ? $"Moved from place {from.Index + 1} to place {to.Index + 1} in {Above(to)}"
            : $"Moved from place {from.Index + 1} in {Above(from)} to place {to.Index + 1} in {Above(to)}";
    }

    /// <summary>"From place 3 to place 1": behaviors are done in their order.</summary>
    public static string Move(ItemChange change) => $"From place {change.Before!.Value.Index + 1} to place {change.After!.Value.Index + 1}";

    /// <summary>Which of several behaviors of the same name it is: of which header, cookie or the like. Null where its name says all.</summary>
    public static string? Which(OptionSet options) =>
        options
            .Where(option => option.Key.EndsWith("Name", StringComparison.Ordinal))
            .Select(option => (option.Key, Text: options.Text(option.Key)))
            .Where(option => !string.IsNullOrEmpty(option.Text) && option.Text != Other)
            .Select(option => OptionWords.Value(option.Key, option.Text!))
            .FirstOrDefault();

    /// <summary>What changed in the rule itself, beside its lists.</summary>
    public static IReadOnlyList<OptionDelta> Lines(RuleChange change)
    {
        var lines = new List<OptionDelta>();
        if (change.Comments is { } comments)
            lines.Add(OptionDelta.OfText("Comments", comments.Before, comments.After));
        if (change.CriteriaMustSatisfy is { } satisfy)
            lines.Add(OptionDelta.OfText("Criteria", MustSatisfy(satisfy.Before), MustSatisfy(satisfy.After)));
        lines.AddRange(OptionDelta.Of(change.Options));
        lines.AddRange(OptionDelta.Of(change.Extra));
        return lines;
    }

    /// <summary>The lists in which something changed.</summary>
    public static IEnumerable<(string Name, ItemKind Kind, IReadOnlyList<ItemChange> Items)> Lists(RuleChange change)
    {
        (string Name, ItemKind Kind, IReadOnlyList<ItemChange> Items)[] lists =
        [
            ("Criteria", ItemKind.Criterion, change.Criteria),
            ("Behaviors", ItemKind.Behavior, change.Behaviors),
            ("Variables", ItemKind.Variable, change.Variables),
        ];
        return lists.Where(list => list.Items.Count > 0);
    }

    /// <summary>"2 criteria, 3 behaviors": what is in a rule that was added or removed.</summary>
    public static string Size(Rule rule) =>
        rule.Criteria.Count == 0
            ? Words.Count(rule.Behaviors.Count, "behavior")
            : $"{Words.Count(rule.Criteria.Count, "criterion", "criteria")}, {Words.Count(rule.Behaviors.Count, "behavior")}";

    /// <summary>The line above the criteria of a rule that was added or removed.</summary>
    public static string If(Rule rule) =>
        rule.Criteria.Count == 1 ? "If"
        : rule.CriteriaMustSatisfy == CriteriaMustSatisfy.Any ? "If any of"
        : "If all of";

    private static string MustSatisfy(CriteriaMustSatisfy satisfy) =>
        satisfy == CriteriaMustSatisfy.Any ? "Any of them is enough" : "All of them are needed";
}
