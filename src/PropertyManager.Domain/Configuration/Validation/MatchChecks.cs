namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>Rules that can never match, because their criteria contradict each other or those of a rule above.</summary>
internal sealed class MatchChecks
{
    /// <summary>More conditions on one thing than anybody writes; beyond them the work would grow with their square.</summary>
    private const int MostOnOneThing = 40;

    private readonly Condition? _ownHostnames;
    private readonly HashSet<RulePlace> _dead = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<RulePlace, Dictionary<string, List<Condition>>> _needed = new(ReferenceEqualityComparer.Instance);
    private readonly Effort _effort = new();

    /// <param name="hostnames">The property's own.</param>
    public MatchChecks(IReadOnlyList<HostnameEntry> hostnames) =>
        _ownHostnames =
            hostnames.Count == 0
                ? null
                : new Condition(
                    "hostname",
                    Excludes: false,
                    [.. hostnames.Select(hostname => hostname.CnameFrom)],
                    CaseMatters: false,
                    "hostname is one of the property's own"
                );

    /// <summary>The message about a rule, if it can never match. Rules below one that cannot are not looked at: it has been said.</summary>
    public IEnumerable<ValidationMessage> Of(RulePlace place)
    {
        if (place.Above is null)
        {
            yield break; // the default rule's criteria are an error of their own
        }

        if (_dead.Contains(place.Above))
        {
            _dead.Add(place);
            yield break;
        }

        var own = place.Rule.Criteria.Select((criterion, i) => new Own($"{place.Pointer}/criteria/{i}", [.. Condition.Of(criterion)])).ToList();
        var needed = Needed(place.Above);
        var (why, pointer) =
            place.Rule.CriteriaMustSatisfy == CriteriaMustSatisfy.Any && own.Count > 1
                ? (EachFails(own, needed), $"{place.Pointer}/criteria")
                : SomeFails(own, needed);
        if (why is not null)
        {
            _dead.Add(place);
            yield return new(
                Severity.Warning,
                "The rule can never match",
                $"\"{place.Rule.Name}\" is for no request at all: {why}. Change its criteria, or remove the rule.",
                pointer
            )
            {
                DetailOfMany = $"The rule is for no request at all: {why}. Change its criteria, or remove it.",
            };
        }
    }

    /// <summary>What the rules above ask for in any case, by thing.</summary>
    private Dictionary<string, List<Condition>> Needed(RulePlace above)
    {
        if (_needed.TryGetValue(above, out var known))
        {
            return known; // its other children asked already
        }

        var needed = _needed[above] = new Dictionary<string, List<Condition>>(StringComparer.Ordinal);
        if (_ownHostnames is { } hostnames)
        {
            needed[hostnames.Thing] = [hostnames];
        }

        var rules = above.Upwards().Where(place => place.Above is not null).Select(place => place.Rule);
        foreach (var rule in rules.Where(rule => rule.CriteriaMustSatisfy == CriteriaMustSatisfy.All || rule.Criteria.Count == 1))
        {
            foreach (var condition in rule.Criteria.SelectMany(Condition.Of))
            {
                Add(needed, condition);
            }
        }

        return needed;
    }

    private (string? Why, string Pointer) SomeFails(List<Own> own, Dictionary<string, List<Condition>> needed)
    {
        var before = new Dictionary<string, List<Condition>>(StringComparer.Ordinal);
        foreach (var (pointer, conditions) in own)
        {
            foreach (var condition in conditions)
            {
                if ((Against(condition, needed) ?? Against(condition, before)) is { } why)
                {
                    return (why, pointer);
                }

                Add(before, condition);
            }
        }

        return (null, "");
    }

    private string? EachFails(List<Own> own, Dictionary<string, List<Condition>> needed)
    {
        string? last = null;
        foreach (var (_, conditions) in own)
        {
            last = conditions.Select(condition => Against(condition, needed)).FirstOrDefault(why => why is not null);
            if (last is null)
            {
                return null;
            }
        }

        return $"none of its criteria can hold, the last because {last}";
    }

    private string? Against(Condition condition, Dictionary<string, List<Condition>> needed) =>
        condition is { Excludes: false, Values.Count: 0 } ? $"nothing is as \"{condition.Words}\" says"
        : needed.GetValueOrDefault(condition.Thing)?.FirstOrDefault(other => condition.Contradicts(other, _effort)) is { } other
            ? $"\"{condition.Words}\" and \"{other.Words}\" exclude each other"
        : null;

    private static void Add(Dictionary<string, List<Condition>> needed, Condition condition)
    {
        if (!needed.TryGetValue(condition.Thing, out var conditions))
        {
            needed[condition.Thing] = conditions = [];
        }

        if (conditions.Count < MostOnOneThing)
        {
            conditions.Add(condition);
        }
    }

    private readonly record struct Own(string Pointer, IReadOnlyList<Condition> Conditions);
}
