using System.Globalization;
using System.Text.Json;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Domain.Configuration.Search;

/// <summary>
/// A JSONPath that picks places in a rule tree: <c>$..behaviors[?(@.name == "gzipResponse")]</c>. Of the language there are members, indexes,
/// wildcards, descendants, and filters with comparisons, patterns, lists, <c>&amp;&amp;</c>, <c>||</c> and <c>!</c>; a filter may stand below
/// another's <c>@</c>.
/// </summary>
/// <remarks>
/// As in the real service <c>$</c> is the default rule, so that <c>$.behaviors</c> are its behaviors. A query that begins with <c>$.rules</c> is written
/// against the document around it and understood as well: no rule has a member of that name. A filter on an object asks the object itself,
/// a filter on an array its items.
/// </remarks>
public sealed class JsonQuery
{
    /// <summary>Characters of a query, at most.</summary>
    public const int MaxLength = 1000;

    /// <summary>Values that a query may look at in one document: a query that wants more is too broad.</summary>
    private const int MaxSteps = 500_000;

    private const string Rules = "rules";

    private readonly IReadOnlyList<QueryStep> _steps;

    private JsonQuery(IReadOnlyList<QueryStep> steps) => _steps = steps;

    /// <summary>Reads a query; or says what of it is not understood, and where.</summary>
    public static (JsonQuery? Query, string? Problem) Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
            return (null, FormattableString.Invariant($"The query has {text.Length} characters: {MaxLength} at most."));
        var (steps, problem) = new QueryReader(text).Read();
        return steps is null ? (null, problem) : (new JsonQuery(steps), null);
    }

    /// <summary>JSON pointers of the places that it picks, in the order of the document; null when it looks at more than can be looked at, or longer.</summary>
    /// <param name="document">The one with the default rule under <c>rules</c>, which all pointers begin with.</param>
    /// <param name="budget">How long it may take.</param>
    public IReadOnlyList<string>? Find(JsonElement document, EvaluationBudget budget)
    {
        var effort = new QueryEffort(MaxSteps, budget);
        QueryPlace whole = new("", document);
        List<QueryPlace> places =
            _steps is [{ Name: Rules, IsDescendant: false }, ..] ? [whole]
            : whole.Member(Rules) is { } rule ? [rule]
            : [];
        foreach (var step in _steps)
        {
            List<QueryPlace> next = [];
            // One place can be below several others.
            HashSet<string> met = new(StringComparer.Ordinal);
            foreach (var place in places)
            {
                foreach (var from in step.IsDescendant ? Below(place) : [place])
                {
                    foreach (var picked in step.Pick(from, effort))
                    {
                        if (!effort.Take())
                            return null;
                        if (!step.IsDescendant || met.Add(picked.Pointer))
                            next.Add(picked);
                    }
                    if (!effort.Take())
                        return null;
                }
            }
            places = next;
        }
        return effort.IsOver ? null : [.. places.Select(place => place.Pointer)];
    }

    private static IEnumerable<QueryPlace> Below(QueryPlace place)
    {
        Stack<QueryPlace> open = new([place]);
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var child in next.Children().Reverse())
                open.Push(child);
        }
    }
}

/// <summary>A value and where it stands.</summary>
internal readonly record struct QueryPlace(string Pointer, JsonElement Value)
{
    public IEnumerable<QueryPlace> Children()
    {
        if (Value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in Value.EnumerateObject())
                yield return new($"{Pointer}/{JsonPath.Escape(member.Name)}", member.Value);
        }
        else if (Value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in Value.EnumerateArray().Index())
                yield return new(string.Create(CultureInfo.InvariantCulture, $"{Pointer}/{index}"), item);
        }
    }

    public QueryPlace? Member(string name) =>
        Value.ValueKind == JsonValueKind.Object && Value.TryGetProperty(name, out var member)
            ? new($"{Pointer}/{JsonPath.Escape(name)}", member)
            : null;

    public QueryPlace? Item(int index)
    {
        if (Value.ValueKind != JsonValueKind.Array)
            return null;
        var from = index < 0 ? Value.GetArrayLength() + index : index;
        return from >= 0 && from < Value.GetArrayLength() ? new(string.Create(CultureInfo.InvariantCulture, $"{Pointer}/{from}"), Value[from]) : null;
    }
}

/// <summary>A step from places to others: exactly one of a name, an index and a filter, or none for all children.</summary>
internal sealed record QueryStep(bool IsDescendant, string? Name = null, int? Index = null, QueryTest? Filter = null)
{
    public IEnumerable<QueryPlace> Pick(QueryPlace from, QueryEffort effort) =>
        Name is not null ? Of(from.Member(Name))
        : Index is { } index ? Of(from.Item(index))
        : Filter is null ? from.Children()
        : Asked(from).Where(place => effort.Look() && Filter.Holds(place, effort));

    /// <summary>What the filter asks. Objects below are come to one by one: they are not asked a second time as items.</summary>
    private IEnumerable<QueryPlace> Asked(QueryPlace from) =>
        from.Value.ValueKind switch
        {
            JsonValueKind.Object => [from],
            JsonValueKind.Array => from.Children().Where(item => !IsDescendant || item.Value.ValueKind != JsonValueKind.Object),
            _ => [],
        };

    private static IEnumerable<QueryPlace> Of(QueryPlace? place) => place is { } found ? [found] : [];
}
