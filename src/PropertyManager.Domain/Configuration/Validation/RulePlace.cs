using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>A rule with what stands above it.</summary>
/// <param name="Written">The rule as people wrote it.</param>
/// <param name="Pointer">JSON pointer of the rule.</param>
/// <param name="Above">The rule it stands in; null for the default rule.</param>
internal sealed record RulePlace(Rule Written, string Pointer, RulePlace? Above)
{
    private const int LongestPath = 1_000;

    private string? _path;
    private Rule? _rule;

    /// <summary>The rule as the catalog spells it: what it means.</summary>
    public Rule Rule => _rule ??= KnownSpelling.Of(Written);

    /// <summary>
    /// How many criteria stand between every request and the rule: those of the rule and of all above it, one where any of several is enough. 0 for the
    /// default rule, and for a rule that applies to every request as that does.
    /// </summary>
    public int Criteria { get; } = Above is null ? 0 : Above.Criteria + Needed(Written);

    /// <summary>It applies to every request: neither it nor a rule above it asks for anything.</summary>
    public bool IsAlways => Criteria == 0;

    /// <summary>
    /// Its name and those above it: "default / Static images". Cut at the front where it is long, and written for messages alone: every rule's
    /// would hold the names of all above it.
    /// </summary>
    public string Path => _path ??= WritePath();

    /// <summary>The default rule and all below it, in the order they are applied.</summary>
    public static List<RulePlace> All(RuleTree tree)
    {
        var places = new List<RulePlace>();
        var open = new Stack<RulePlace>([new RulePlace(tree.Default, "/rules", null)]);
        while (open.TryPop(out var place))
        {
            places.Add(place);
            for (var i = place.Written.Children.Count - 1; i >= 0; i--)
            {
                open.Push(place.Child(i));
            }
        }

        return places;
    }

    /// <summary>A rule below it.</summary>
    public RulePlace Child(int index) => new(Written.Children[index], $"{Pointer}/children/{index}", this);

    /// <summary>The rule itself and those above it, up to the default rule.</summary>
    public IEnumerable<RulePlace> Upwards()
    {
        for (var place = this; place is not null; place = place.Above)
        {
            yield return place;
        }
    }

    private static int Needed(Rule rule) =>
        rule.CriteriaMustSatisfy == CriteriaMustSatisfy.Any ? Math.Min(1, rule.Criteria.Count) : rule.Criteria.Count;

    private string WritePath()
    {
        var path = End(Rule.Name);
        for (var above = Above; above is not null && path.Length <= LongestPath; above = above.Above)
        {
            path = $"{End(above.Rule.Name)} / {path}";
        }

        return path.Length <= LongestPath ? path : $"…{path.AsSpan(path.Length - LongestPath).TrimStart()}";
    }

    /// <summary>Enough of a name to fill a path; half a character does not begin it.</summary>
    private static string End(string name) =>
        name.Length <= LongestPath ? name
        : char.IsLowSurrogate(name[^LongestPath]) ? name[^(LongestPath - 1)..]
        : name[^LongestPath..];
}
