using System.Globalization;
using System.Text.Json;

namespace PropertyManager.Domain.Configuration;

/// <summary>
/// JSON values → rules. What is wrong is put on a list with its pointer, and reading goes on, so that people see all of it at once.
/// </summary>
internal sealed class RuleReader(List<ConfigurationProblem> problems)
{
    private static readonly string[] RuleFields =
    [
        "name",
        "comments",
        "options",
        "variables",
        "criteriaMustSatisfy",
        "criteria",
        "behaviors",
        "children",
    ];

    /// <summary>What kind of value this is, in words.</summary>
    public static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "a boolean",
        };

    /// <summary>Reads the rule at the root; null when it is too large or no object.</summary>
    public Rule? ReadDefault(JsonElement json, string pointer)
    {
        var (rules, levels) = Measure(json);
        if (rules > RuleTreeJson.MaxRules)
        {
            Report(pointer, $"The tree has {rules} rules; at most {RuleTreeJson.MaxRules} are allowed.");
        }

        if (levels > RuleTreeJson.MaxLevels)
        {
            Report(pointer, $"The tree is {levels} levels deep; at most {RuleTreeJson.MaxLevels} are allowed.");
        }

        return rules > RuleTreeJson.MaxRules || levels > RuleTreeJson.MaxLevels ? null : ReadRule(json, pointer);
    }

    /// <summary>A string or nothing; anything else is a problem.</summary>
    public string? OptionalText(JsonElement parent, string pointer, string name)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Report($"{pointer}/{name}", $"\"{name}\" must be a string, not {Kind(value)}.");
        return null;
    }

    /// <summary>A boolean; false when it is not there, and when it is none (a problem).</summary>
    public bool OptionalSwitch(JsonElement parent, string pointer, string name)
    {
        if (!Has(parent, name, out var value) || value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.ValueKind == JsonValueKind.True;
        }

        Report($"{pointer}/{name}", $"\"{name}\" must be true or false, not {Kind(value)}.");
        return false;
    }

    /// <summary>The items of an array, each with its pointer; empty when there is none, and when it is none (a problem).</summary>
    public List<(JsonElement Item, string Pointer)> Items(JsonElement parent, string pointer, string name)
    {
        if (!Has(parent, name, out var value))
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return [.. value.EnumerateArray().Select((item, i) => (item, $"{pointer}/{name}/{i}"))];
        }

        Report($"{pointer}/{name}", $"\"{name}\" must be an array, not {Kind(value)}.");
        return [];
    }

    // Null and an empty text are as if it was left out: programs fill in all fields that they know of.
    private static bool Has(JsonElement parent, string name, out JsonElement value) =>
        parent.TryGetProperty(name, out value)
        && value.ValueKind != JsonValueKind.Null
        && !(value.ValueKind == JsonValueKind.String && value.ValueEquals(""));

    private Rule? ReadRule(JsonElement json, string pointer)
    {
        if (Name(json, pointer, "rule") is not { } name)
        {
            return null;
        }

        return new Rule(name)
        {
            Comments = OptionalText(json, pointer, "comments"),
            CriteriaMustSatisfy = MustSatisfy(json, pointer),
            Criteria = Named(json, pointer, "criteria", "criterion", (n, o, x) => new Criterion(n, o) { Extra = x }),
            Behaviors = Named(json, pointer, "behaviors", "behavior", (n, o, x) => new Behavior(n, o) { Extra = x }),
            Children = [.. Items(json, pointer, "children").Select(child => ReadRule(child.Item, child.Pointer)).OfType<Rule>()],
            Options = Fields(json, pointer, "options"),
            Variables = [.. Items(json, pointer, "variables").Select(variable => Variable(variable.Item, variable.Pointer)).OfType<OptionSet>()],
            Extra = Without(json, RuleFields),
        };
    }

    private List<T> Named<T>(JsonElement json, string pointer, string list, string what, Func<string, OptionSet, OptionSet, T> make)
    {
        var read = new List<T>();
        foreach (var (item, place) in Items(json, pointer, list))
        {
            if (Name(item, place, what) is { } name)
            {
                read.Add(make(name, Fields(item, place, "options"), Without(item, "name", "options")));
            }
        }

        return read;
    }

    private OptionSet? Variable(JsonElement json, string pointer) => Name(json, pointer, "variable") is null ? null : OptionSet.Of(json);

    private string? Name(JsonElement json, string pointer, string what)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Report(pointer, $"A {what} must be an object, not {Kind(json)}.");
            return null;
        }

        if (!json.TryGetProperty("name", out var value))
        {
            Report(pointer, $"This {what} has no \"name\".");
            return null;
        }

        var name = value.ValueKind == JsonValueKind.String ? value.GetString()! : null;
        if (name?.Length <= RuleTreeJson.MaxNameLength && !string.IsNullOrWhiteSpace(name))
        {
            return name;
        }

        Report(
            $"{pointer}/name",
            name is null ? $"\"name\" must be a string, not {Kind(value)}."
                : name.Length <= RuleTreeJson.MaxNameLength ? $"The name of this {what} is empty."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"The name of this {what} has {name.Length:N0} characters; at most {RuleTreeJson.MaxNameLength:N0} are allowed."
                )
        );
        return null;
    }

    private CriteriaMustSatisfy MustSatisfy(JsonElement json, string pointer)
    {
        switch (OptionalText(json, pointer, "criteriaMustSatisfy"))
        {
            case null or "" or "all":
                return CriteriaMustSatisfy.All;
            case "any":
                return CriteriaMustSatisfy.Any;
            case var other:
                Report($"{pointer}/criteriaMustSatisfy", $"\"criteriaMustSatisfy\" is \"{other}\"; it must be \"all\" or \"any\".");
                return CriteriaMustSatisfy.All;
        }
    }

    private OptionSet Fields(JsonElement parent, string pointer, string name)
    {
        if (!Has(parent, name, out var value))
        {
            return OptionSet.Empty;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return OptionSet.Of(value);
        }

        Report($"{pointer}/{name}", $"\"{name}\" must be an object, not {Kind(value)}.");
        return OptionSet.Empty;
    }

    private static OptionSet Without(JsonElement json, params ReadOnlySpan<string> names)
    {
        var rest = new List<KeyValuePair<string, JsonElement>>();
        foreach (var field in json.EnumerateObject())
        {
            if (!names.Contains(field.Name))
            {
                rest.Add(new(field.Name, field.Value));
            }
        }

        return rest.Count == 0 ? OptionSet.Empty : new OptionSet(rest);
    }

    private static (int Rules, int Levels) Measure(JsonElement rule)
    {
        var (rules, levels) = (1, 1);
        if (rule.ValueKind == JsonValueKind.Object && rule.TryGetProperty("children", out var children) && children.ValueKind == JsonValueKind.Array)
        {
            foreach (var child in children.EnumerateArray())
            {
                var below = Measure(child);
                rules += below.Rules;
                levels = Math.Max(levels, below.Levels + 1);
            }
        }

        return (rules, levels);
    }

    private void Report(string pointer, string message) => problems.Add(new(pointer, null, null, message));
}
