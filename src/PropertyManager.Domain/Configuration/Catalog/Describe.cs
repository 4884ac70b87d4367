using System.Globalization;
using System.Text.Json;

namespace PropertyManager.Domain.Configuration.Catalog;

/// <summary>The words that the tables of the catalog are written in.</summary>
internal static class Describe
{
    private const string NumberedName = "One of the account's, by its number.";

    public static CatalogItem Item(string name, string label, string category, string help, params IReadOnlyList<CatalogOption> options)
    {
        ShownWhen Settle(ShownWhen when) =>
            when with
            {
                ByDefault =
                    options.Single(option => option.Name == when.Option).Default is { } value
                    && when.Values.Contains(Plain(value), StringComparer.Ordinal),
            };

        return new CatalogItem(
            name,
            label,
            category,
            help,
            [
                .. options.Select(option =>
                    option with
                    {
                        When = [.. option.When.Select(Settle)],
                        OrWhen = [.. option.OrWhen.Select(set => set.Select(Settle).ToList())],
                    }
                ),
            ]
        );
    }

    /// <summary>A behavior that is on or off and has nothing else to set.</summary>
    public static CatalogItem OnOff(string name, string label, string category, string help) => Item(name, label, category, help, Enabled());

    public static CatalogOption Enabled() => Switch("enabled", "Enable", on: true);

    public static CatalogOption Switch(string name, string label, bool on = false, string help = "") =>
        new(name, label, OptionType.Switch, help) { Default = JsonSerializer.SerializeToElement(on) };

    public static CatalogOption Text(string name, string label, string? text = null, string help = "") =>
        new(name, label, OptionType.Text, help) { Default = text is null ? null : JsonSerializer.SerializeToElement(text), Variables = true };

    public static CatalogOption LongText(string name, string label, string text, string help = "") =>
        new(name, label, OptionType.LongText, help) { Default = JsonSerializer.SerializeToElement(text), Variables = true };

    public static CatalogOption Texts(string name, string label, IReadOnlyList<string>? texts = null, string help = "") =>
        new(name, label, OptionType.Texts, help) { Default = texts is null ? null : JsonSerializer.SerializeToElement(texts), Variables = true };

    public static CatalogOption Whole(string name, string label, int? number, double? min = null, double? max = null, string help = "") =>
        new(name, label, OptionType.Integer, help)
        {
            Default = number is null ? null : JsonSerializer.SerializeToElement(number),
            Min = min,
            Max = max,
        };

    public static CatalogOption Duration(string name, string label, string text, string help = "") =>
        new(name, label, OptionType.Duration, help) { Default = JsonSerializer.SerializeToElement(text), Variables = true };

    public static CatalogOption Moment(string name, string label, string text, string help = "") =>
        new(name, label, OptionType.Moment, help) { Default = JsonSerializer.SerializeToElement(text) };

    /// <summary>A choice that starts with the first of its values.</summary>
    /// <param name="values">Separated by bars; each with its label after an equals sign, or one that is made from the value.</param>
    public static CatalogOption Choice(string name, string label, string values, string help = "")
    {
        var choices = Choices(values);
        return new(name, label, OptionType.Choice, help) { Choices = choices, Default = JsonSerializer.SerializeToElement(choices[0].Value) };
    }

    /// <summary>A choice among numbers that starts with the first.</summary>
    public static CatalogOption NumberChoice(string name, string label, string values, string help = "")
    {
        var choices = Choices(values);
        var first = int.Parse(choices[0].Value, CultureInfo.InvariantCulture);
        return new(name, label, OptionType.Choice, help) { Choices = choices, Default = JsonSerializer.SerializeToElement(first) };
    }

    public static CatalogOption Several(string name, string label, string values, IReadOnlyList<string> chosen, string help = "") =>
        new(name, label, OptionType.Choices, help) { Choices = Choices(values), Default = JsonSerializer.SerializeToElement(chosen) };

    public static CatalogOption Object(string name, string label, string help, params IReadOnlyList<CatalogOption> fields) =>
        new(name, label, OptionType.Object, help) { Fields = fields };

    public static CatalogOption CpCode(string name, string label, string help) =>
        Object(name, label, help, Whole("id", "Number", null, min: 1).Must(), Text("name", "Name")).Must();

    public static CatalogOption Policy(string name, string label) =>
        Object(name, label, NumberedName, Whole("id", "Number", null, min: 1).Must(), Text("name", "Name")).Must();

    public static CatalogOption NetStorage(string name, string label) =>
        Object(
                name,
                label,
                "The storage group that has the content.",
                Text("downloadDomainName", "Download domain").Must(),
                Whole("cpCode", "CP code", null, min: 1)
            )
            .Must();

    public static CatalogOption Must(this CatalogOption option) => option with { Required = true };

    public static CatalogOption Shown(this CatalogOption option, string other, params IReadOnlyList<string> values) =>
        option with
        {
            When = [.. option.When, new ShownWhen(other, values)],
        };

    /// <summary>On the form too while both of these hold.</summary>
    public static CatalogOption OrShown(this CatalogOption option, string one, string value, string other, string otherValue) =>
        option with
        {
            OrWhen = [.. option.OrWhen, [new ShownWhen(one, [value]), new ShownWhen(other, [otherValue])]],
        };

    /// <summary>On the form while the behavior is switched on.</summary>
    public static CatalogOption WhileOn(this CatalogOption option) => option.Shown("enabled", "true");

    public static CatalogOption Like(this CatalogOption option, string pattern, string words) =>
        option with
        {
            Pattern = pattern,
            PatternWords = words,
        };

    public static CatalogOption AsExpression(this CatalogOption option) => option with { IsExpression = true };

    public static CatalogOption HeaderName(this CatalogOption option) =>
        option.Like("""^[^()<>@,;:"/\[\]?{}\s]+$""", "a header's name, without spaces, brackets or separators");

    public static CatalogOption HostName(this CatalogOption option) =>
        option.Like(@"^[a-zA-Z0-9][a-zA-Z0-9\-]{0,62}(\.[a-zA-Z0-9][a-zA-Z0-9\-]{0,62})+$", "a host name such as www.shop.example");

    public static CatalogOption UrlPath(this CatalogOption option) => option.Like(@"^[^#\[\]@]+$", "a path without #, @ or square brackets");

    public static CatalogOption Folder(this CatalogOption option) =>
        option.Like(@"^/([^:#\[\]@/?]+/)*$", "a folder that begins and ends with a slash, such as /images/");

    public static CatalogOption HexKey(this CatalogOption option) => option.Like("^(0x)?[0-9a-fA-F]+$", "a key in hexadecimal digits");

    /// <summary>The text of a value as conditions and choices compare it: a string's own, a whole number's digits, anything else as it is written.</summary>
    public static string Plain(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => WholeNumber.Plain(value),
            _ => value.GetRawText(),
        };

    private static List<OptionChoice> Choices(string values)
    {
        var choices = new List<OptionChoice>();
        foreach (var part in values.Split('|'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            choices.Add(equals < 0 ? new OptionChoice(part, Words(part)) : new OptionChoice(part[..equals], part[(equals + 1)..]));
        }

        return choices;
    }

    /// <summary><c>INCLUDE_ALL</c> is "Include all"; short ones are abbreviations and stay.</summary>
    private static string Words(string constant) =>
        constant.Contains('_', StringComparison.Ordinal) || constant.Length > 5 ? NameWords.Sentence(constant) : constant;
}
