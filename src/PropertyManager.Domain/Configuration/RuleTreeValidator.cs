using System.Text.Json;
using System.Text.RegularExpressions;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Domain.Configuration.Validation;

namespace PropertyManager.Domain.Configuration;

/// <summary>
/// Checks a configuration as a whole before it is activated: the tree's shape here, and each other question in a room of its own. It takes any
/// tree, and time in proportion to its size.
/// </summary>
public static partial class RuleTreeValidator
{
    /// <summary>
    /// Errors and warnings, as <see cref="ValidationMessages.Arrange" /> has them; what is alike in the order of the tree, hostnames last. None of them
    /// twice, and a thousand at most, errors before warnings; then one says that there are more.
    /// </summary>
    /// <param name="tree">The rules.</param>
    /// <param name="hostnames">Of the same version.</param>
    /// <param name="ruleFormat">That the version is saved in: it says which behaviors, criteria and options there are.</param>
    public static IReadOnlyList<ValidationMessage> Validate(
        RuleTree tree,
        IReadOnlyList<HostnameEntry> hostnames,
        string ruleFormat = RuleFormats.Latest
    )
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(hostnames);
        var places = RulePlace.All(tree);
        List<RulePlace> always = [.. places.Where(place => place.IsAlways)];
        var facts = new Facts(
            new HostnameLookup(hostnames.Select(h => h.CnameFrom)),
            hostnames.SelectMany(h => new[] { h.CnameFrom, h.EdgeHostname }).ToHashSet(StringComparer.OrdinalIgnoreCase),
            always,
            tree.Default.Variables.Select(v => v.Text("name")).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase),
            new Hints(),
            ruleFormat,
            new ExpressionChecks()
        );
        var (names, matches) = (new NameChecks(places, facts.Hints, ruleFormat), new MatchChecks(hostnames));
        var messages = new KeptMessages();
        var all = places
            .SelectMany(place =>
                OfPlace(place, names, matches, facts)
                    .Select(message => (Message: message, Of: (RulePlace?)place))
                    .Concat(ShadowChecks.Of(place).Select(message => (message, (RulePlace?)null)))
            )
            .Concat(Denial(always).Concat(HostnameChecks.Of(hostnames)).Select(message => (message, (RulePlace?)null)));
        foreach (var (message, place) in all)
        {
            if (!messages.Add(message, place))
            {
                break;
            }
        }

        return messages.ToList(places[0]);
    }

    /// <summary>One after the other as they are asked for: whoever has enough of them stops the work.</summary>
    private static IEnumerable<ValidationMessage> OfPlace(RulePlace place, NameChecks names, MatchChecks matches, Facts facts) =>
        (place.Above is null ? OfDefaultRule(place.Rule, facts.Always) : [])
            .Concat(OfRule(place.Rule, place.Pointer))
            .Concat(matches.Of(place))
            .Concat(OfCriteria(place, names, facts))
            .Concat(OfBehaviors(place, names, facts))
            .Concat(RedirectChecks.Of(place, facts.Hostnames))
            .Concat(CookieChecks.Of(place));

    private static IEnumerable<ValidationMessage> OfCriteria(RulePlace place, NameChecks names, Facts facts)
    {
        for (var i = 0; i < place.Rule.Criteria.Count; i++)
        {
            var (criterion, pointer) = (place.Rule.Criteria[i], $"{place.Pointer}/criteria/{i}");
            var known = RuleCatalog.Criteria.GetValueOrDefault(criterion.Name);
            var messages = names
                .OfCriterion(criterion.Name, pointer)
                .Concat(
                    known is null ? OfCriterion(criterion, pointer) : OptionChecks.Of(known, criterion.Options, facts.Hints, facts.Format, pointer)
                )
                .Concat(known is null ? [] : SpellingChecks.Of(known, place.Written.Criteria[i].Options, pointer))
                .Concat(known is null ? [] : facts.Expressions.Of(known, criterion.Options, pointer))
                .Concat(UndeclaredVariables(criterion.Options, facts.Variables, pointer));
            foreach (var message in messages)
            {
                yield return message;
            }
        }
    }

    private static IEnumerable<ValidationMessage> OfBehaviors(RulePlace place, NameChecks names, Facts facts)
    {
        for (var i = 0; i < place.Rule.Behaviors.Count; i++)
        {
            var (behavior, pointer) = (place.Rule.Behaviors[i], $"{place.Pointer}/behaviors/{i}");
            var special = BehaviorChecks.Of(behavior, facts.OwnNames, pointer).ToList();
            var known = RuleCatalog.Behaviors.GetValueOrDefault(behavior.Name);
            var messages = names
                .OfBehavior(behavior.Name, pointer)
                .Concat(special)
                .Concat(
                    known is null
                        ? []
                        : OptionChecks
                            .Of(known, behavior.Options, facts.Hints, facts.Format, pointer)
                            .Where(general => !special.Exists(one => Covers(one, general)))
                )
                .Concat(known is null ? [] : SpellingChecks.Of(known, place.Written.Behaviors[i].Options, pointer))
                .Concat(known is null ? [] : facts.Expressions.Of(known, behavior.Options, pointer))
                .Concat(UndeclaredVariables(behavior.Options, facts.Variables, pointer));
            foreach (var message in messages)
            {
                yield return message;
            }
        }
    }

    /// <summary>Whether a special check has said better what the catalog's general one says of the same option.</summary>
    private static bool Covers(ValidationMessage special, ValidationMessage general) =>
        special.Pointer == general.Pointer
        || (
            special.Pointer.Contains("/options/", StringComparison.Ordinal)
            && general.Pointer.StartsWith($"{special.Pointer}/", StringComparison.Ordinal)
        );

    /// <param name="rule">The default rule.</param>
    /// <param name="always">The rules that apply to every request, as it does: what it has to have may stand in any of them.</param>
    private static IEnumerable<ValidationMessage> OfDefaultRule(Rule rule, IReadOnlyList<RulePlace> always)
    {
        foreach (
            var (name, why) in new[]
            {
                ("origin", "Without it the edge does not know where content comes from."),
                ("cpCode", "Without it traffic cannot be reported or billed."),
            }
        )
        {
            if (always.All(place => place.Rule.Behaviors.All(b => b.Name != name)))
            {
                yield return new(Severity.Error, $"The default rule has no {name}", $"{why} Add the behavior {name} to it.", "/rules/behaviors")
                {
                    Kind = MessageKind.RequiredFeature,
                };
            }
        }

        if (rule.Name != "default")
        {
            yield return new(
                Severity.Error,
                "The name of the default rule",
                $"The rule at the top is the default rule, and is named default: “{rule.Name}” is not.",
                "/rules/name"
            );
        }

        if (rule.Criteria.Count > 0)
        {
            yield return new(
                Severity.Error,
                "Criteria in the default rule",
                "The default rule applies to every request. Move what is conditional into a child rule.",
                "/rules/criteria"
            );
        }
    }

    /// <summary>Of the rules that apply to every request the last that has denyAccess decides, as at the edge.</summary>
    private static IEnumerable<ValidationMessage> Denial(IReadOnlyList<RulePlace> always)
    {
        if (always.LastOrDefault(one => one.Rule.Behaviors.Any(b => b.Name == "denyAccess")) is not { } place)
        {
            yield break;
        }

        var deny = place.Rule.Behaviors.ToList().FindLastIndex(b => b.Name == "denyAccess");
        if (place.Rule.Behaviors[deny].Options.Find("enabled") is not { ValueKind: JsonValueKind.False })
        {
            var where = place.Above is null ? "in the default rule" : $"in \"{place.Rule.Name}\", which applies to every request";
            yield return new(
                Severity.Warning,
                "Every request is denied",
                $"denyAccess stands {where}, so all end users get 403 unless a later rule turns it off.",
                $"{place.Pointer}/behaviors/{deny}"
            )
            {
                RulePath = place.Path,
            };
        }
    }

    private static IEnumerable<ValidationMessage> OfRule(Rule rule, string pointer)
    {
        if (rule.Behaviors.Count == 0 && rule.Children.Count == 0)
        {
            yield return new(Severity.Warning, "The rule does nothing", $"\"{rule.Name}\" has neither behaviors nor rules below it.", pointer)
            {
                DetailOfMany = "The rule has neither behaviors nor rules below it.",
                Criteria = ValidationMessage.NoRequest,
            };
        }

        foreach (var twice in rule.Children.GroupBy(child => child.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return new(
                Severity.Warning,
                "Two rules of the same name",
                $"\"{twice.Key}\" stands {twice.Count()} times below \"{rule.Name}\". Reports and comparisons cannot tell them apart.",
                $"{pointer}/children"
            )
            {
                DetailOfMany = "Two rules below this one have one name. Reports and comparisons cannot tell them apart.",
                Criteria = ValidationMessage.NoRequest,
            };
        }

        var several = rule.Behaviors.CountBy(behavior => behavior.Name, StringComparer.Ordinal).Where(count => count.Value > 1);
        foreach (var (name, _) in several.Where(count => RuleCatalog.Behaviors.TryGetValue(count.Key, out var item) && item.LastOneWins))
        {
            yield return new(
                Severity.Warning,
                $"More than one {name}",
                $"Only the last {name} of \"{rule.Name}\" has an effect. Remove the others.",
                $"{pointer}/behaviors"
            )
            {
                DetailOfMany = $"Only the last {name} of a rule has an effect. Remove the others.",
            };
        }
    }

    /// <summary>Of a criterion that the catalog does not describe: what can be told from its shape.</summary>
    private static IEnumerable<ValidationMessage> OfCriterion(Criterion criterion, string pointer)
    {
        if (criterion.Options.Text("matchOperator") is not ("IS_ONE_OF" or "IS_NOT_ONE_OF" or "MATCHES_ONE_OF" or "DOES_NOT_MATCH_ONE_OF"))
        {
            yield break;
        }

        // The list has another name in each criterion (values, countryValues, statusList…), and lists that are not in use may be empty.
        var lists = criterion.Options.Where(option => option.Value.ValueKind == JsonValueKind.Array).ToList();
        var single = criterion.Options.Text("values") ?? criterion.Options.Text("variableExpression");
        if (string.IsNullOrEmpty(single) && lists.All(list => list.Value.GetArrayLength() == 0))
        {
            var list = lists.Count == 0 ? "values" : JsonPath.Escape(lists[0].Key);
            yield return new(
                Severity.Error,
                $"{criterion.Name} compares with nothing",
                "The list of values is empty, so this criterion can never tell requests apart. Give at least one value.",
                $"{pointer}/options/{list}"
            )
            {
                Kind = lists.Count == 0 ? MessageKind.AttributeRequired : MessageKind.OptionEmpty,
            };
        }
    }

    private static IEnumerable<ValidationMessage> UndeclaredVariables(OptionSet options, HashSet<string> declared, string pointer) =>
        options
            .SelectMany(option => UserVariable().Matches(option.Value.GetRawText()))
            .Select(match => match.Groups["name"].Value)
            .Distinct(StringComparer.Ordinal)
            .Where(name => !declared.Contains(name))
            .Select(name => new ValidationMessage(
                Severity.Error,
                "Unknown variable",
                $"{name} is used here and declared nowhere. Declare it in the default rule.",
                pointer
            ));

    /// <param name="Hostnames">The property's hostnames.</param>
    /// <param name="OwnNames">These as they are written, and their edge hostnames.</param>
    /// <param name="Always">The rules that apply to every request, the default rule first.</param>
    /// <param name="Variables">Variables that are declared.</param>
    /// <param name="Hints">Finds the names that were meant.</param>
    /// <param name="Format">The rule format of the version.</param>
    /// <param name="Expressions">Judges regular expressions.</param>
    private sealed record Facts(
        HostnameLookup Hostnames,
        HashSet<string> OwnNames,
        IReadOnlyList<RulePlace> Always,
        HashSet<string> Variables,
        Hints Hints,
        string Format,
        ExpressionChecks Expressions
    );

    [GeneratedRegex(@"\{\{user\.(?<name>[A-Za-z_][A-Za-z0-9_]*)\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserVariable();
}
