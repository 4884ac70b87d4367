using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Configuration.Catalog;

/// <summary>
/// The catalog as a JSON schema of rule trees: what the code editor completes and explains, and what programs check trees with. Names that are
/// only kept have no description of options.
/// </summary>
public static class RuleSchema
{
    private static readonly ConcurrentDictionary<string, string> Written = new(StringComparer.Ordinal);

    /// <summary>The schema of a rule format's trees, in draft 7. Where it is not known what a format has, any name may stand.</summary>
    /// <param name="format">One of <see cref="RuleFormats.All"/>; each is made once and kept.</param>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public static string Of(string format) =>
        RuleFormats.IsKnown(format)
            ? Written.GetOrAdd(format, static format => Schema(format).ToJsonString())
            : throw new ArgumentException($"There is no rule format {format}.", nameof(format));

    private static JsonObject Schema(string format) =>
        new()
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["type"] = "object",
            ["properties"] = new JsonObject { ["comments"] = Typed("string"), ["rules"] = Reference("rule") },
            ["required"] = new JsonArray("rules"),
            ["definitions"] = new JsonObject
            {
                ["rule"] = Rule(),
                ["behavior"] = Items(RuleCatalog.Behaviors, RuleFormats.Behaviors(format), format),
                ["criterion"] = Items(RuleCatalog.Criteria, RuleFormats.Criteria(format), format),
            },
        };

    private static JsonObject Rule() =>
        new()
        {
            ["type"] = "object",
            ["required"] = new JsonArray("name"),
            ["properties"] = new JsonObject
            {
                ["name"] = Typed("string"),
                ["comments"] = Typed("string"),
                ["criteriaMustSatisfy"] = new JsonObject { ["enum"] = new JsonArray("all", "any") },
                ["criteria"] = ListOf("criterion"),
                ["behaviors"] = ListOf("behavior"),
                ["children"] = ListOf("rule"),
                ["options"] = Typed("object"),
                ["variables"] = Typed("array"),
            },
        };

    private static JsonObject Items(IReadOnlyDictionary<string, CatalogItem> described, IEnumerable<string> names, string format)
    {
        var choices = new JsonArray();
        foreach (var item in described.Values)
            choices.Add(Choice(item, format));
        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("name"),
            ["properties"] = new JsonObject
            {
                ["name"] = FormatHistory.IsComplete(format)
                    ? new JsonObject { ["enum"] = new JsonArray([.. names.Order(StringComparer.Ordinal).Select(name => (JsonNode)name)]) }
                    : Typed("string"),
                ["options"] = Typed("object"),
            },
            ["allOf"] = choices,
        };
    }

    private static JsonObject Choice(CatalogItem item, string format)
    {
        var options = new JsonObject();
        foreach (var option in item.Options.Where(o => FormatHistory.Of(format, $"{item.Name}.{o.Name}", isInCatalog: true) != Presence.Absent))
            options[option.Name] = Option(option);
        return new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { ["name"] = new JsonObject { ["const"] = item.Name } } },
            ["then"] = new JsonObject
            {
                ["description"] = $"{item.Label}: {item.Help}",
                ["properties"] = new JsonObject
                {
                    ["options"] = new JsonObject { ["properties"] = options, ["description"] = item.Help },
                },
            },
        };
    }

    private static JsonObject Option(CatalogOption option)
    {
        var schema = option.Type switch
        {
            OptionType.Switch => Typed("boolean"),
            OptionType.Integer or OptionType.Number => new JsonObject { ["type"] = new JsonArray("number", "string") },
            OptionType.Texts or OptionType.Choices => Typed("array"),
            OptionType.Object => Typed("object"),
            OptionType.Choice => new JsonObject { ["enum"] = new JsonArray([.. option.Choices.Select(Value)]) },
            _ => Typed("string"),
        };
        schema["description"] = option.Help.Length > 0 ? $"{option.Label}: {option.Help}" : option.Label;
        if (option.Default is { } start)
            schema["default"] = JsonNode.Parse(start.GetRawText());
        return schema;
    }

    private static JsonNode Value(OptionChoice choice) =>
        int.TryParse(choice.Value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : choice.Value;

    private static JsonObject Typed(string type) => new() { ["type"] = type };

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/definitions/{name}" };

    private static JsonObject ListOf(string name) => new() { ["type"] = "array", ["items"] = Reference(name) };
}
