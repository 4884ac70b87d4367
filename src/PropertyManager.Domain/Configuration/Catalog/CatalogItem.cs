using System.Text.Json;

namespace PropertyManager.Domain.Configuration.Catalog;

/// <summary>What people can build rules from: a behavior or a criterion, in this project's own words.</summary>
/// <param name="Name">As in the JSON: <c>caching</c>.</param>
/// <param name="Label">As on the screen: "Caching".</param>
/// <param name="Category">Under which heading it is listed: "Caching", "Origin"…</param>
/// <param name="Help">What it does and when one wants it, in one to three sentences.</param>
/// <param name="Options">In the order of the form.</param>
public sealed record CatalogItem(string Name, string Label, string Category, string Help, IReadOnlyList<CatalogOption> Options)
{
    /// <summary>Of several in one rule only the last has an effect.</summary>
    public bool LastOneWins { get; init; }

    /// <summary>What to use instead, as the end of a sentence; null when it is not deprecated.</summary>
    public string? Deprecated { get; init; }

    /// <summary>Names of further options that are only kept: headings of the form, and what is not described yet.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>The option of this name; null when there is none.</summary>
    public CatalogOption? Find(string name)
    {
        for (var i = 0; i < Options.Count; i++)
        {
            if (Options[i].Name == name)
            {
                return Options[i];
            }
        }

        return null;
    }
}

/// <summary>One setting of a behavior or criterion.</summary>
/// <param name="Name">As in the JSON: <c>defaultTtl</c>.</param>
/// <param name="Label">As on the form: "Maximum age".</param>
/// <param name="Type">What its value is.</param>
/// <param name="Help">What it means, in a sentence; may be empty where the label says all.</param>
public sealed record CatalogOption(string Name, string Label, OptionType Type, string Help = "")
{
    /// <summary>What a new behavior or criterion starts with; null when it starts without the option.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>There has to be a value, and no empty one, while the option is shown.</summary>
    public bool Required { get; init; }

    /// <summary>What can be chosen; empty unless the type is a choice.</summary>
    public IReadOnlyList<OptionChoice> Choices { get; init; } = [];

    /// <summary>Lowest number; null for no bound.</summary>
    public double? Min { get; init; }

    /// <summary>Highest number; null for no bound.</summary>
    public double? Max { get; init; }

    /// <summary>Regular expression for the whole text, or for each text of a list; null for any.</summary>
    public string? Pattern { get; init; }

    /// <summary>The pattern in words, as the end of "must be …".</summary>
    public string? PatternWords { get; init; }

    /// <summary>Its text is a regular expression that is run for requests.</summary>
    public bool IsExpression { get; init; }

    /// <summary>Its text may hold variables such as <c>{{user.PMUSER_X}}</c> or <c>{{builtin.AK_PATH}}</c>; the pattern is then not applied.</summary>
    public bool Variables { get; init; }

    /// <summary>It is on the form only while all of these hold; an option that is not on the form is not checked for a value.</summary>
    public IReadOnlyList<ShownWhen> When { get; init; } = [];

    /// <summary>Further sets of conditions: it is on the form too while all of one of these hold. For what no single set can say.</summary>
    public IReadOnlyList<IReadOnlyList<ShownWhen>> OrWhen { get; init; } = [];

    /// <summary>The fields of an object; empty unless the type is one. A field's pointer goes on below the option's.</summary>
    public IReadOnlyList<CatalogOption> Fields { get; init; } = [];

    /// <summary>
    /// The choice that a value means: the one that is written like it, or else the only one that differs from it in the case of letters alone. A
    /// number is the choice of the same number, however it is written. Null when it means none.
    /// </summary>
    public OptionChoice? ChoiceOf(JsonElement value)
    {
        if (JsonScalar.Text(value) is not { } written || value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            return null;
        }

        var alike = Choices.Where(choice => choice.Value.Equals(written, StringComparison.OrdinalIgnoreCase)).ToList();
        var exact = alike.FindIndex(choice => choice.Value == written);
        return exact >= 0 ? alike[exact]
            : alike.Count == 1 ? alike[0]
            : null;
    }
}

/// <summary>What the value of an option is.</summary>
public enum OptionType
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>Text of several lines: a response body, metadata.</summary>
    LongText,

    /// <summary>true or false.</summary>
    Switch,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole number with its unit: 30m, 7d.</summary>
    Duration,

    /// <summary>One of <see cref="CatalogOption.Choices" />; numbers where the choices are numbers.</summary>
    Choice,

    /// <summary>Some of <see cref="CatalogOption.Choices" />: an array of texts.</summary>
    Choices,

    /// <summary>An array of texts.</summary>
    Texts,

    /// <summary>An object with <see cref="CatalogOption.Fields" />, or anything where no field is described.</summary>
    Object,

    /// <summary>A point in time, as ISO 8601 writes it.</summary>
    Moment,
}

/// <summary>One value of a choice.</summary>
/// <param name="Value">As in the JSON: <c>MAX_AGE</c>, or <c>301</c> for a number.</param>
/// <param name="Label">As on the form: "Cache".</param>
public readonly record struct OptionChoice(string Value, string Label);

/// <summary>Another option has one of these values; a switch has <c>true</c> or <c>false</c>.</summary>
/// <param name="Option">Name of the other option, of the same behavior or criterion.</param>
/// <param name="Values">As in the JSON.</param>
public sealed record ShownWhen(string Option, IReadOnlyList<string> Values)
{
    /// <summary>It holds while the other option is left out too: its default is one of the values.</summary>
    public bool ByDefault { get; init; }
}
