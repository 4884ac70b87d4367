using System.Text.Json;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>An option as it is shown.</summary>
/// <param name="Key">Its name in the rule tree.</param>
/// <param name="Name">Its name in words.</param>
/// <param name="Value">What it is set to.</param>
public sealed record OptionField(string Key, string Name, OptionValue Value)
{
    /// <summary>All options, in the order they were written.</summary>
    public static IReadOnlyList<OptionField> Of(IEnumerable<KeyValuePair<string, JsonElement>> options) =>
        [.. options.Select(option => new OptionField(option.Key, OptionWords.Title(option.Key), OptionValue.Of(option.Key, option.Value)))];
}

/// <summary>What an option is set to, laid out for reading.</summary>
public abstract record OptionValue
{
    /// <summary>Characters from which on a text gets a block of its own.</summary>
    private const int PassageLength = 120;

    /// <summary>Lays out any JSON value.</summary>
    public static OptionValue Of(string option, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True => new Switch(On: true),
            JsonValueKind.False => new Switch(On: false),
            JsonValueKind.Null => new Nothing("none"),
            JsonValueKind.Number => new Plain(value.GetRawText(), value.GetRawText()),
            JsonValueKind.String => OfText(option, value.GetString()!),
            JsonValueKind.Array when value.GetArrayLength() == 0 => new Nothing("empty list"),
            JsonValueKind.Array => new Several([.. value.EnumerateArray().Select(item => Of(option, item))]),
            _ => OfObject(value),
        };

    private static OptionValue OfText(string option, string text) =>
        text.Length == 0 ? new Nothing("empty")
        : text.Length >= PassageLength || text.Contains('\n', StringComparison.Ordinal) ? new Passage(text)
        : new Plain(OptionWords.Value(option, text), text);

    private static OptionValue OfObject(JsonElement value)
    {
        var fields = OptionField.Of(value.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return fields.Count == 0 ? new Nothing("empty") : new Group(fields);
    }

    /// <summary>On or off.</summary>
    public sealed record Switch(bool On) : OptionValue;

    /// <summary>Nothing is set, and how.</summary>
    public sealed record Nothing(string How) : OptionValue;

    /// <summary>A few words.</summary>
    /// <param name="Text">In words.</param>
    /// <param name="Raw">As it is written in the rule tree.</param>
    public sealed record Plain(string Text, string Raw) : OptionValue
    {
        /// <summary>The value as it is written, where the words say it otherwise.</summary>
        public string? Hint => Text == Raw ? null : Raw;
    }

    /// <summary>A text of several lines, or a long one.</summary>
    public sealed record Passage(string Text) : OptionValue;

    /// <summary>A list.</summary>
    public sealed record Several(IReadOnlyList<OptionValue> Items) : OptionValue
    {
        /// <summary>All items are a few words each: they fit in a line.</summary>
        public bool IsSimple => Items.All(item => item is Plain or Switch or Nothing);
    }

    /// <summary>Options within an option.</summary>
    public sealed record Group(IReadOnlyList<OptionField> Fields) : OptionValue;
}
