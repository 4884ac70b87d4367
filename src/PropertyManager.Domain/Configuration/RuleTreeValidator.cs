using System.Text.Json;
using System.Text.RegularExpressions;

namespace PropertyManager.Domain.Configuration;

/// <summary>
/// Checks a configuration as a whole before it is activated: the tree's shape here, single behaviors in <see cref="BehaviorChecks" />.
/// </summary>
public static partial class RuleTreeValidator
{
    /// <summary>Errors and warnings, in the order of the tree; hostnames last.</summary>
    public static IReadOnlyList<ValidationMessage> Validate(RuleTree tree, IReadOnlyList<HostnameEntry> hostnames)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(hostnames);
        var names = hostnames.SelectMany(h => new[] { h.CnameFrom, h.EdgeHostname }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var variables = tree.Default.Variables.Select(v => v.Text("name")!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var messages = new List<ValidationMessage>();
        messages.AddRange(OfDefaultRule(tree.Default));
        foreach (var (rule, pointer, level) in tree.Rules())
        {
            messages.AddRange(OfRule(rule, pointer, level));
            for (var i = 0; i < rule.Criteria.Count; i++)
            {
                var criterion = rule.Criteria[i];
                messages.AddRange(OfCriterion(criterion, $"{pointer}/criteria/{i}"));
                messages.AddRange(UndeclaredVariables(criterion.Options, variables, $"{pointer}/criteria/{i}"));
            }

            for (var i = 0; i < rule.Behaviors.Count; i++)
            {
                var behavior = rule.Behaviors[i];
                messages.AddRange(BehaviorChecks.Of(behavior, names, $"{pointer}/behaviors/{i}"));
                messages.AddRange(UndeclaredVariables(behavior.Options, variables, $"{pointer}/behaviors/{i}"));
            }
        }

        if (hostnames.Count == 0)
        {
            messages.Add(new(Severity.Error, "No hostnames", "A version without hostnames answers nobody. Add at least one.", "/hostnames"));
        }

        return messages;
    }

    private static IEnumerable<ValidationMessage> OfDefaultRule(Rule rule)
    {
        foreach (
            var (name, why) in new[]
            {
                ("origin", "Without it the edge does not know where content comes from."),
                ("cpCode", "Without it traffic cannot be reported or billed."),
            }
        )
        {
            if (rule.Behaviors.All(b => b.Name != name))
            {
                yield return new(Severity.Error, $"The default rule has no {name}", $"{why} Add the behavior {name} to it.", "/rules/behaviors");
            }
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

        var deny = rule
            .Behaviors.ToList()
            .FindIndex(b => b.Name == "denyAccess" && b.Options.Find("enabled") is null or { ValueKind: not JsonValueKind.False });
        if (deny >= 0)
        {
            yield return new(
                Severity.Warning,
                "Every request is denied",
                "denyAccess stands in the default rule, so all end users get 403 unless a later rule turns it off.",
                $"/rules/behaviors/{deny}"
            );
        }
    }

    private static IEnumerable<ValidationMessage> OfRule(Rule rule, string pointer, int level)
    {
        if (rule.Behaviors.Count == 0 && rule.Children.Count == 0)
        {
            yield return new(Severity.Warning, "The rule does nothing", $"\"{rule.Name}\" has neither behaviors nor rules below it.", pointer);
        }

        if (level > 1 && rule.Criteria.Count == 0 && rule.Behaviors.Count > 0)
        {
            yield return new(
                Severity.Warning,
                "The rule always matches",
                $"\"{rule.Name}\" has no criteria, so its behaviors apply wherever the rule above it does.",
                pointer
            );
        }

        foreach (var twice in rule.Children.GroupBy(child => child.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return new(
                Severity.Warning,
                "Two rules of the same name",
                $"\"{twice.Key}\" stands {twice.Count()} times below \"{rule.Name}\". Reports and comparisons cannot tell them apart.",
                $"{pointer}/children"
            );
        }

        foreach (var name in BehaviorChecks.LastOneWins.Where(name => rule.Behaviors.Count(b => b.Name == name) > 1))
        {
            yield return new(
                Severity.Warning,
                $"More than one {name}",
                $"Only the last {name} of \"{rule.Name}\" has an effect. Remove the others.",
                $"{pointer}/behaviors"
            );
        }
    }

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
            );
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

    [GeneratedRegex(@"\{\{user\.(?<name>[A-Za-z_][A-Za-z0-9_]*)\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserVariable();
}
