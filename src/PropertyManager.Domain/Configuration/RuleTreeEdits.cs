using System.Globalization;

namespace PropertyManager.Domain.Configuration;

/// <summary>
/// Changes to a rule tree: each gives a new tree and leaves the old one as it is, so that a step can be undone by going back to it. Places are
/// JSON pointers to rules: <c>/rules</c>, <c>/rules/children/0</c>.
/// </summary>
public static class RuleTreeEdits
{
    /// <summary>The place of the default rule.</summary>
    public const string DefaultRule = "/rules";

    /// <summary>The place of a rule below another.</summary>
    public static string Child(string parent, int index) => string.Create(CultureInfo.InvariantCulture, $"{parent}/children/{index}");

    /// <summary>Where a rule stands: the place of the one above it, and its position there; null for the default rule and for what is no place.</summary>
    public static (string Parent, int Index)? ParentOf(string place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return Steps(place) is [.. _, var last] ? (place[..place.LastIndexOf("/children/", StringComparison.Ordinal)], last) : null;
    }

    /// <summary>The rule at a place; null when there is none.</summary>
    public static Rule? At(this RuleTree tree, string place)
    {
        ArgumentNullException.ThrowIfNull(tree);
        if (Steps(place) is not { } steps)
        {
            return null;
        }

        var rule = tree.Default;
        foreach (var step in steps)
        {
            if (step >= rule.Children.Count)
            {
                return null;
            }

            rule = rule.Children[step];
        }

        return rule;
    }

    /// <summary>The tree with one rule changed; the same tree when there is no such rule.</summary>
    public static RuleTree Change(this RuleTree tree, string place, Func<Rule, Rule> change)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(change);
        return tree.At(place) is null ? tree : tree with { Default = Change(tree.Default, Steps(place)!, change) };
    }

    /// <summary>The tree with a rule put in below another.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="parent">Place of the rule above.</param>
    /// <param name="index">Its position there; past the end is the end.</param>
    /// <param name="rule">The new one.</param>
    public static RuleTree Insert(this RuleTree tree, string parent, int index, Rule rule) =>
        tree.Change(parent, above => above with { Children = above.Children.Inserted(index, rule) });

    /// <summary>The tree without the rule at a place and all below it; the same tree for the default rule, which stays.</summary>
    public static RuleTree Remove(this RuleTree tree, string place) =>
        ParentOf(place) is var (parent, index) && tree.At(place) is not null
            ? tree.Change(parent, above => above with { Children = above.Children.Removed(index) })
            : tree;

    /// <summary>
    /// The tree with a rule, and all below it, taken to another place. The same tree where that cannot be: the default rule stays, and a rule
    /// does not go below itself.
    /// </summary>
    /// <param name="tree">The tree.</param>
    /// <param name="place">Of the rule.</param>
    /// <param name="parent">Place of the rule it goes below, in the tree as it is.</param>
    /// <param name="index">Its position there, counted while it still stands where it is.</param>
    /// <returns>The tree, and where the rule stands in it.</returns>
    public static (RuleTree Tree, string Place) Move(this RuleTree tree, string place, string parent, int index)
    {
        ArgumentNullException.ThrowIfNull(parent);
        if (
            ParentOf(place) is not var (from, at)
            || tree.At(place) is not { } rule
            || tree.At(parent) is not { } target
            || IsWithin(parent, place)
            || (parent == from && index is var same && (same == at || same == at + 1))
        )
        {
            return (tree, place);
        }

        // A mark is put in first: taking the rule out then moves nothing that the caller counted.
        var mark = new Rule("");
        var marked = tree.Insert(parent, Math.Clamp(index, 0, target.Children.Count), mark);
        var shifted = parent == from && index <= at ? Child(from, at + 1) : Shifted(place, parent, index);
        var without = marked.Remove(shifted);
        var spot = without.Rules().First(placed => ReferenceEquals(placed.Rule, mark)).Pointer;
        return (without.Change(spot, _ => rule), spot);
    }

    /// <summary>Whether a place is a rule or below it.</summary>
    public static bool IsWithin(string place, string rule)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(rule);
        return place == rule || place.StartsWith(rule + "/", StringComparison.Ordinal);
    }

    /// <summary>The list with an item put in.</summary>
    public static IReadOnlyList<T> Inserted<T>(this IReadOnlyList<T> list, int index, T item)
    {
        List<T> copy = [.. list];
        copy.Insert(Math.Clamp(index, 0, copy.Count), item);
        return copy;
    }

    /// <summary>The list without an item.</summary>
    public static IReadOnlyList<T> Removed<T>(this IReadOnlyList<T> list, int index) => [.. list.Where((_, i) => i != index)];

    /// <summary>The list with one item changed.</summary>
    public static IReadOnlyList<T> Replaced<T>(this IReadOnlyList<T> list, int index, Func<T, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return [.. list.Select((item, i) => i == index ? change(item) : item)];
    }

    /// <summary>Where a rule stands after another was put in before it or before one above it.</summary>
    private static string Shifted(string place, string parent, int index)
    {
        if (!place.StartsWith(parent + "/children/", StringComparison.Ordinal))
        {
            return place;
        }

        var rest = place[(parent.Length + "/children/".Length)..];
        var end = rest.IndexOf('/', StringComparison.Ordinal);
        var step = int.Parse(end < 0 ? rest : rest[..end], CultureInfo.InvariantCulture);
        return step < index ? place : Child(parent, step + 1) + (end < 0 ? "" : rest[end..]);
    }

    private static Rule Change(Rule rule, ReadOnlyMemory<int> steps, Func<Rule, Rule> change) =>
        steps.IsEmpty ? change(rule) : rule with { Children = rule.Children.Replaced(steps.Span[0], child => Change(child, steps[1..], change)) };

    /// <summary>Null when it is no place of a rule.</summary>
    private static int[]? Steps(string place)
    {
        if (!place.StartsWith(DefaultRule, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = place[DefaultRule.Length..].Split("/children/");
        if (parts[0].Length > 0)
        {
            return null;
        }

        var steps = new int[parts.Length - 1];
        for (var i = 0; i < steps.Length; i++)
        {
            if (!int.TryParse(parts[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out steps[i]))
            {
                return null;
            }
        }

        return steps;
    }
}
