namespace PropertyManager.Domain.Configuration.Comparison;

/// <summary>
/// What one rule tree has otherwise than another, in the terms of rules and not of text. Without meaning, and so no change, are: the order of
/// fields in an object; whether a field is missing or an empty array or object; whether a default is written out; whether comments are missing or
/// empty; the fields that the service gives a rule or an item and passes over when they come back, such as <c>uuid</c>.
/// </summary>
/// <param name="Comments">The comments beside the tree, where they are others.</param>
/// <param name="Rules">
/// Every rule with a change of its own, in the order of the tree after; one that was removed stands where it was. The rules in one that was
/// added or removed are on the list themselves.
/// </param>
public sealed record RuleTreeComparison(Changed<string?>? Comments, IReadOnlyList<RuleChange> Rules)
{
    /// <summary>Nothing changed: both are the <see cref="Same" />.</summary>
    public bool IsEmpty => Comments is null && Rules.Count == 0;

    /// <summary>Compares two trees.</summary>
    public static RuleTreeComparison Between(RuleTree before, RuleTree after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var keys = new Keys();
        var (old, @new) = (RuleNode.Of(before, keys), RuleNode.Of(after, keys));
        RuleMatcher.Match(old, @new);
        return new RuleTreeComparison(ChangeFinder.Text(before.Comments, after.Comments), ChangeFinder.Between(old, @new));
    }

    /// <summary>Whether two trees mean the same; what does not count is said above.</summary>
    public static bool Same(RuleTree one, RuleTree other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var keys = new Keys();
        return ChangeFinder.Text(one.Comments, other.Comments) is null && RuleNode.Of(one, keys).Whole == RuleNode.Of(other, keys).Whole;
    }

    /// <summary>Makes these changes: gives a tree that is the <see cref="Same" /> as the one after. Identifiers stay those of the tree given.</summary>
    /// <param name="before">The tree before.</param>
    /// <exception cref="ArgumentException">It is another tree: a rule that changes is not where it should be.</exception>
    public RuleTree ApplyTo(RuleTree before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return new RuleTree(new ChangeApplier(Rules).Apply(before.Default), Comments is { } changed ? changed.After : before.Comments);
    }
}
