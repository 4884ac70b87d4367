using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>From what stands in a field of a form to the value of an option, and back.</summary>
public static partial class OptionEdits
{
    /// <summary>The options with one set, at its old place or at the end; without it where the value is null.</summary>
    public static OptionSet With(this OptionSet options, string name, JsonElement? value)
    {
        if (value is not { } given)
            return new(options.Where(option => option.Key != name));
        return options.Find(name) is null
            ? new(options.Append(KeyValuePair.Create(name, given)))
            : new(options.Select(option => option.Key == name ? KeyValuePair.Create(name, given) : option));
    }

    /// <summary>
    /// What was typed, as the option keeps it. A number that is none yet stays text: the message centre says what is wrong with it, and nothing is lost.
    /// </summary>
    /// <returns>Null where the option goes: an emptied field that need not be filled.</returns>
    public static JsonElement? Read(CatalogOption option, string typed) =>
        option.Type switch
        {
            _ when typed.Length == 0 && !option.Required => null,
            OptionType.Integer
            or OptionType.Number
                when decimal.TryParse(typed, NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) =>
                JsonSerializer.SerializeToElement(number),
            OptionType.Choice when IsNumber(option) && int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                JsonSerializer.SerializeToElement(number),
            OptionType.Texts => Lines(typed),
            _ => JsonSerializer.SerializeToElement(typed),
        };

    /// <summary>The texts of a list, one a line.</summary>
    public static JsonElement Lines(string typed) =>
        JsonSerializer.SerializeToElement(typed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>What stands in the field.</summary>
    public static string Text(JsonElement? value) =>
        value switch
        {
            null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "",
            { ValueKind: JsonValueKind.String } text => text.GetString()!,
            { ValueKind: JsonValueKind.Array } list => string.Join('\n', list.EnumerateArray().Select(item => Text(item))),
            { } other => other.GetRawText(),
        };

    /// <summary>30m is 30 and m; null for what is no duration, such as a variable.</summary>
    public static (string Number, string Unit)? Duration(string text) =>
        DurationText().Match(text) is { Success: true } match ? (match.Groups["number"].Value, match.Groups["unit"].Value.ToLowerInvariant()) : null;

    private static bool IsNumber(CatalogOption option) =>
        option.Choices.Count > 0 && option.Choices.All(choice => int.TryParse(choice.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    [GeneratedRegex("^(?<number>[0-9]*)(?<unit>[DdHhMmSs])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DurationText();
}
