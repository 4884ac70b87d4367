using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PropertyManager.Domain.Configuration.Catalog;

/// <summary>What holds while an option is not set, for people.</summary>
public static partial class DefaultWords
{
    /// <summary>
    /// "on", "7 days", "Same as request", "GET, POST": the default that the catalog gives an option. Null where it gives none, where the default is an
    /// empty text or list, and where the option has to be set: then nothing holds without it.
    /// </summary>
    public static string? Of(CatalogOption option)
    {
        ArgumentNullException.ThrowIfNull(option);
        if (option.Required || option.Default is not { } value)
        {
            return null;
        }

        var words = option.Type switch
        {
            OptionType.Switch => value.ValueKind == JsonValueKind.True ? "on" : "off",
            OptionType.Choice => option.ChoiceOf(value)?.Label,
            OptionType.Choices or OptionType.Texts => string.Join(
                ", ",
                value.EnumerateArray().Select(item => option.ChoiceOf(item)?.Label ?? Describe.Plain(item))
            ),
            OptionType.Duration => Duration(value.GetString()!),
            OptionType.Object => null,
            _ => Describe.Plain(value),
        };
        return string.IsNullOrEmpty(words) ? null : words;
    }

    private static string Duration(string text)
    {
        if (Length().Match(text) is not { Success: true } match)
        {
            return text;
        }

        var unit = match.Groups["unit"].Value switch
        {
            "s" => "second",
            "m" => "minute",
            "h" => "hour",
            _ => "day",
        };
        var count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
    }

    [GeneratedRegex("^(?<count>[0-9]{1,9})(?<unit>[smhd])$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Length();
}
