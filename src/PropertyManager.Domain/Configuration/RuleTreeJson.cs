using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PropertyManager.Domain.Configuration;

/// <summary>
/// Rule trees as JSON, in the shape of the public API: <c>{ "rules": { "name": "default", "behaviors": [ … ], "children": [ … ] } }</c>.
/// </summary>
public static class RuleTreeJson
{
    /// <summary>Most bytes of UTF-8 a tree may have.</summary>
    public const int MaxBytes = 9 * 1024 * 1024;

    /// <summary>Most rules a tree may have, the default rule among them.</summary>
    public const int MaxRules = 600;

    /// <summary>Most levels a tree may have; the default rule is the first.</summary>
    public const int MaxLevels = 8;

    /// <summary>Most characters the name of a rule, a behavior, a criterion or a variable may have.</summary>
    public const int MaxNameLength = 1_000;

    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        IndentSize = 4,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a document for people and diffs; never put into HTML unescaped
    };

    /// <summary>Reads a tree: an object with <c>rules</c>, or the rule object itself.</summary>
    public static Parsed<RuleTree> Parse(string json)
    {
        var problems = new List<ConfigurationProblem>();
        if (JsonText.Open(json, MaxBytes, problems) is not { } text)
        {
            return new Parsed<RuleTree>(problems);
        }

        var tree = ReadTree(text.Root, problems);
        return tree is not null && problems.Count == 0 ? new Parsed<RuleTree>(tree) : new Parsed<RuleTree>(text.Place(problems));
    }

    /// <summary>
    /// The canonical text: fixed order of the known fields, unknown ones after them, four spaces, line feeds. What is written reads back as
    /// the same tree, and the same tree is always the same text.
    /// </summary>
    public static string Write(RuleTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            writer.WriteStartObject();
            WriteText(writer, "comments", tree.Comments);
            writer.WritePropertyName("rules");
            WriteRule(writer, tree.Default);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>Where a part of a text stands, or what comes nearest above it; null where the text is no JSON.</summary>
    /// <param name="json">A text as <see cref="Write" /> gives it.</param>
    /// <param name="pointer">JSON pointer (RFC 6901) into it.</param>
    /// <returns>Line and column, both from 1.</returns>
    public static (int Line, int Column)? PlaceOf(string json, string pointer)
    {
        ArgumentNullException.ThrowIfNull(pointer);
        if (JsonText.Open(json, MaxBytes, []) is not { } text)
        {
            return null;
        }

        // From the place itself upwards: the text names what is there, and a message may speak of what is missing.
        for (var place = pointer; ; place = place[..place.LastIndexOf('/')])
        {
            if (text.Place([new(place, null, null, "")]) is [{ Line: { } line, Column: { } column }])
            {
                return (line, column);
            }

            if (!place.Contains('/', StringComparison.Ordinal))
            {
                return (1, 1);
            }
        }
    }

    internal static RuleTree? ReadTree(JsonElement root, List<ConfigurationProblem> problems)
    {
        var reader = new RuleReader(problems);
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new("", null, null, $"A JSON object with \"rules\" is expected, not {RuleReader.Kind(root)}."));
            return null;
        }

        if (root.TryGetProperty("rules", out var rules))
        {
            var comments = reader.OptionalText(root, "", "comments");
            return reader.ReadDefault(rules, "/rules") is { } rule ? new RuleTree(rule, comments) : null;
        }

        if (root.TryGetProperty("behaviors", out _) || root.TryGetProperty("children", out _))
        {
            return reader.ReadDefault(root, "") is { } rule ? new RuleTree(rule) : null;
        }

        problems.Add(new("", null, null, "No rules here: an object with \"rules\" is expected, or a rule with \"behaviors\"."));
        return null;
    }

    private static void WriteRule(Utf8JsonWriter writer, Rule rule)
    {
        writer.WriteStartObject();
        writer.WriteString("name", rule.Name);
        WriteText(writer, "comments", rule.Comments);
        if (rule.Options.Count > 0)
        {
            WriteFields(writer, "options", rule.Options);
        }

        if (rule.Variables.Count > 0)
        {
            writer.WriteStartArray("variables");
            foreach (var variable in rule.Variables)
            {
                WriteFields(writer, null, variable);
            }

            writer.WriteEndArray();
        }

        writer.WriteString("criteriaMustSatisfy", rule.CriteriaMustSatisfy == CriteriaMustSatisfy.Any ? "any" : "all");
        WriteItems(writer, "criteria", rule.Criteria.Select(c => (c.Name, c.Options, c.Extra)));
        WriteItems(writer, "behaviors", rule.Behaviors.Select(b => (b.Name, b.Options, b.Extra)));
        writer.WriteStartArray("children");
        foreach (var child in rule.Children)
        {
            WriteRule(writer, child);
        }

        writer.WriteEndArray();
        WriteExtra(writer, rule.Extra);
        writer.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter writer, string name, IEnumerable<(string Name, OptionSet Options, OptionSet Extra)> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            writer.WriteString("name", item.Name);
            WriteFields(writer, "options", item.Options);
            WriteExtra(writer, item.Extra);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter writer, string? name, OptionSet fields)
    {
        if (name is null)
        {
            writer.WriteStartObject();
        }
        else
        {
            writer.WriteStartObject(name);
        }

        WriteExtra(writer, fields);
        writer.WriteEndObject();
    }

    private static void WriteExtra(Utf8JsonWriter writer, OptionSet extra)
    {
        foreach (var (name, value) in extra)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
