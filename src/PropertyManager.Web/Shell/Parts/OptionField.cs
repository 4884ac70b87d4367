using System.Text.Json;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>An option as it is shown.</summary>
/// <param name="Key">Its name in the rule tree.</param>
/// <param name="Name">Its name in words.</param>
/// <param name="Value">What it is set to.</param>
public sealed record OptionField(string Key, string Name, OptionValue Value)
{
    /// <summary>All options, in the order they were written.</summary>
    /// <param name="options">Of a behavior, a criterion, or anything else that has names and values.</param>
    /// <param name="item">The behavior or criterion in the catalog; null where it is not described.</param>
    public static IReadOnlyList<OptionField> Of(IEnumerable<KeyValuePair<string, JsonElement>> options, CatalogItem? item = null) =>
        [
            .. options.Select(option => new OptionField(
                option.Key,
                RuleCatalog.OptionLabel(item, option.Key),
                OptionValue.Of(option.Key, option.Value, item)
            )),
        ];
}

/// <summary>What an option is set to, laid out for reading.</summary>
public abstract record OptionValue
{
    /// <summary>Characters from which on a text gets a block of its own.</summary>
    private const int PassageLength = 120;

    /// <summary>The text of a single value that is one; null for any other.</summary>
    public string? AsText =>
        this switch
        {
            Plain plain => plain.Text,
            Passage passage => passage.Text,
            Nothing => "",
            _ => null,
        };

    /// <summary>Lays out any JSON value.</summary>
    /// <param name="option">Name of the option that has it.</param>
    /// <param name="value">What it is set to.</param>
    /// <param name="item">The behavior or criterion in the catalog; null where it is not described.</param>
    public static OptionValue Of(string option, JsonElement value, CatalogItem? item = null) =>
        value.ValueKind switch
        {
            JsonValueKind.True => new Switch(On: true),
            JsonValueKind.False => new Switch(On: false),
            JsonValueKind.Null => Unset(option, item) ?? new Nothing("none"),
            JsonValueKind.String when value.GetString() is "" => OfEmpty(option, item),
            _ when item?.Find(option)?.ChoiceOf(value) is { } choice => new Plain(choice.Label, Written(value)),
            JsonValueKind.String => OfText(option, value.GetString()!),
            JsonValueKind.Number => new Plain(value.GetRawText(), value.GetRawText()),
            JsonValueKind.Array when value.GetArrayLength() == 0 => new Nothing("empty list"),
            JsonValueKind.Array => new Several([.. value.EnumerateArray().Select(entry => Of(option, entry, item))]),
            _ => OfObject(value),
        };

    /// <summary>What holds while an option is not set; null where the catalog does not say, or something has to be set.</summary>
    public static OptionValue? Unset(string option, CatalogItem? item) =>
        item?.Find(option) is { } known && DefaultWords.Of(known) is { } words ? new Default(words) : null;

    // An empty text is a value of texts alone. Where exported trees have it for anything else, nothing is set: switches of http2 and the like are on
    // by standing there, and other options that are only kept are headings.
    private static OptionValue OfEmpty(string option, CatalogItem? item) =>
        item?.Find(option) is { Type: not (OptionType.Text or OptionType.LongText) } && Unset(option, item) is { } unset ? unset
        : item?.Find(option) is null && option is "enabled" or "enable" ? new Default("on")
        : item is not null && item.Kept.Contains(option, StringComparer.Ordinal) ? new Nothing("a heading")
        : new Nothing("empty");

    private static string Written(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static OptionValue OfText(string option, string text) =>
        text.Length >= PassageLength || text.Contains('\n', StringComparison.Ordinal)
            ? new Passage(text)
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

    /// <summary>Nothing is set, so that the default holds.</summary>
    /// <param name="Words">The default: "on", "7 days".</param>
    public sealed record Default(string Words) : OptionValue;

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
        public bool IsSimple => Items.All(item => item is Plain or Switch or Nothing or Default);
    }

    /// <summary>Options within an option.</summary>
    public sealed record Group(IReadOnlyList<OptionField> Fields) : OptionValue;
}
