using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>
/// Names of behaviors and criteria: those that do not exist, those that are only kept, and those that have had their day. The latter two are
/// said once a name, where it stands first: a hundred times the same warning would hide the others.
/// </summary>
internal sealed class NameChecks
{
    private readonly Dictionary<string, int> _behaviors;
    private readonly Dictionary<string, int> _criteria;
    private readonly HashSet<(string Kind, string Name)> _said = [];

    private readonly Hints _hints;
    private readonly string _format;

    /// <param name="places">All rules of the tree.</param>
    /// <param name="hints">Finds the names that were meant.</param>
    /// <param name="format">The rule format that the tree is written in.</param>
    public NameChecks(IReadOnlyList<RulePlace> places, Hints hints, string format)
    {
        (_hints, _format) = (hints, format);
        _behaviors = Count(places.SelectMany(place => place.Rule.Behaviors).Select(behavior => behavior.Name));
        _criteria = Count(places.SelectMany(place => place.Rule.Criteria).Select(criterion => criterion.Name));
    }

    /// <summary>The messages about a behavior's name.</summary>
    public IEnumerable<ValidationMessage> OfBehavior(string name, string pointer) =>
        Of("behavior", name, RuleCatalog.BehaviorNames, RuleCatalog.Behaviors, _behaviors[name], pointer);

    /// <summary>The messages about a criterion's name.</summary>
    public IEnumerable<ValidationMessage> OfCriterion(string name, string pointer) =>
        Of("criterion", name, RuleCatalog.CriterionNames, RuleCatalog.Criteria, _criteria[name], pointer);

    private IEnumerable<ValidationMessage> Of(
        string kind,
        string name,
        IReadOnlySet<string> names,
        IReadOnlyDictionary<string, CatalogItem> described,
        int places,
        string pointer
    )
    {
        var presence = FormatHistory.Of(_format, name, names.Contains(name));
        if (presence is Presence.Absent or Presence.Unknown)
        {
            yield return Unknown(kind, name, names, presence, pointer);
            yield break;
        }

        if (!_said.Add((kind, name)))
        {
            yield break;
        }

        var where = places == 1 ? "once" : $"{places} times";
        if (presence == Presence.Retired)
        {
            yield return new(
                Severity.Warning,
                $"A retired {kind}",
                $"The {kind} {name} is used {where}. Rule format {_format} has it and newer ones have not: it goes to the edge as it stands. Do without it before you move to a newer format.",
                pointer
            )
            {
                Criteria = ValidationMessage.NoRequest,
            };
        }
        else if (!described.ContainsKey(name))
        {
            yield return new(
                Severity.Warning,
                "Kept, not evaluated here",
                $"The {kind} {name} is used {where}. It goes to the edge as it stands; its options are not checked here, so check them yourself.",
                pointer
            )
            {
                Criteria = ValidationMessage.NoRequest,
            };
        }

        if (kind == "behavior" && RuleCatalog.Replacements.TryGetValue(name, out var better))
        {
            yield return new(
                Severity.Warning,
                "A deprecated behavior",
                $"{name} is used {where} and will not be there forever. Use {better} instead.",
                pointer
            )
            {
                Criteria = ValidationMessage.NoRequest,
            };
        }
    }

    private ValidationMessage Unknown(string kind, string name, IReadOnlySet<string> names, Presence presence, string pointer)
    {
        var hint =
            presence == Presence.Absent ? "Other rule formats have it: save the version in one of those, or remove it."
            : _hints.Nearest(name, names) is { } nearest ? $"Did you mean {nearest}?"
            : "Correct its name, or remove it.";
        return FormatHistory.IsComplete(_format)
            ? new(
                Severity.Error,
                $"Unknown {kind}",
                $"\"{name}\" is no {kind} of rule format {_format}, and the edge would not know what to do. {hint}",
                pointer
            )
            : new(
                Severity.Warning,
                $"A {kind} that is not known here",
                $"It is not known whether rule format {_format} has the {kind} \"{name}\". It is kept and goes to the edge as it stands. {hint}",
                pointer
            )
            {
                Criteria = ValidationMessage.NoRequest,
            };
    }

    private static Dictionary<string, int> Count(IEnumerable<string> names) =>
        names.CountBy(name => name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
}

/// <summary>
/// Finds the names that people meant, a few hundred times a validation: a tree with more unknown names is none of this rule format, and hints
/// would only cost time.
/// </summary>
internal sealed class Hints
{
    private int _left = 300;

    /// <summary>The nearest name; null when none is near, and when enough hints have been given.</summary>
    public string? Nearest(string name, IReadOnlySet<string> names) => _left-- > 0 ? RuleCatalog.Nearest(name, names) : null;
}
