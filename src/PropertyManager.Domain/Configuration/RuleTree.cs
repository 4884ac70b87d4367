namespace PropertyManager.Domain.Configuration;

/// <summary>The configuration of a property version: the default rule, which every request meets, and the rules below it.</summary>
/// <param name="Default">The rule at the root; it has no criteria.</param>
/// <param name="Comments">What the author of the version wrote beside the tree; null when nothing.</param>
public sealed record RuleTree(Rule Default, string? Comments = null)
{
    /// <summary>
    /// Whether the property is served with certificates for card and personal data (<c>options.is_secure</c> of the default rule).
    /// </summary>
    public bool IsSecure => Default.Options.IsOn("is_secure");

    /// <summary>The default rule and all below it, in the order they are applied, each with its JSON pointer.</summary>
    public IEnumerable<PlacedRule> Rules() => Walk(Default, "/rules", 1);

    private static IEnumerable<PlacedRule> Walk(Rule rule, string pointer, int level)
    {
        yield return new PlacedRule(rule, pointer, level);
        for (var i = 0; i < rule.Children.Count; i++)
        {
            foreach (var below in Walk(rule.Children[i], $"{pointer}/children/{i}", level + 1))
            {
                yield return below;
            }
        }
    }
}

/// <summary>A rule and where it stands.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Pointer">JSON pointer (RFC 6901) into the tree as <see cref="RuleTreeJson.Write" /> writes it: <c>/rules/children/0</c>.</param>
/// <param name="Level">1 for the default rule, 2 for its children, and so on.</param>
public readonly record struct PlacedRule(Rule Rule, string Pointer, int Level);

/// <summary>Behaviors and, except in the default rule, the criteria under which they apply. A later rule that matches wins.</summary>
/// <param name="Name">What people call it; shown, and unique among its siblings by custom only.</param>
public sealed record Rule(string Name)
{
    /// <summary>What the author wrote about the rule; null when nothing.</summary>
    public string? Comments { get; init; }

    /// <summary>What a request must be like; none means every request.</summary>
    public IReadOnlyList<Criterion> Criteria { get; init; } = [];

    /// <summary>Whether one criterion is enough or all are needed.</summary>
    public CriteriaMustSatisfy CriteriaMustSatisfy { get; init; }

    /// <summary>What is done with the request, in this order.</summary>
    public IReadOnlyList<Behavior> Behaviors { get; init; } = [];

    /// <summary>Rules that are tried only when this one matches, after its behaviors.</summary>
    public IReadOnlyList<Rule> Children { get; init; } = [];

    /// <summary>The rule's own options, such as <c>is_secure</c> in the default rule.</summary>
    public OptionSet Options { get; init; } = OptionSet.Empty;

    /// <summary>User variables, declared in the default rule: objects with name, value, description, hidden, sensitive.</summary>
    public IReadOnlyList<OptionSet> Variables { get; init; } = [];

    /// <summary>Fields this program has no use for and keeps as they came: uuid, templateUuid, criteriaLocked and the like.</summary>
    public OptionSet Extra { get; init; } = OptionSet.Empty;
}

/// <summary>How the criteria of a rule go together.</summary>
public enum CriteriaMustSatisfy
{
    /// <summary>Every criterion has to hold; written <c>all</c>.</summary>
    All,

    /// <summary>One criterion is enough; written <c>any</c>.</summary>
    Any,
}

/// <summary>One thing that is done with a request: <c>caching</c>, <c>origin</c>, <c>redirect</c>…</summary>
/// <param name="Name">Name in the catalog of the rule format; names not in the catalog are kept.</param>
/// <param name="Options">Its settings.</param>
public sealed record Behavior(string Name, OptionSet Options)
{
    /// <summary>Fields beside name and options, kept as they came: uuid, templateUuid, locked.</summary>
    public OptionSet Extra { get; init; } = OptionSet.Empty;
}

/// <summary>One condition on a request or response: <c>path</c>, <c>fileExtension</c>, <c>userLocation</c>…</summary>
/// <param name="Name">Name in the catalog of the rule format; names not in the catalog are kept.</param>
/// <param name="Options">Its settings.</param>
public sealed record Criterion(string Name, OptionSet Options)
{
    /// <summary>Fields beside name and options, kept as they came: uuid, templateUuid, locked.</summary>
    public OptionSet Extra { get; init; } = OptionSet.Empty;
}
