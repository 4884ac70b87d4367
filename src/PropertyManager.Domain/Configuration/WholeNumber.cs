using System.Globalization;
using System.Text.Json;

namespace PropertyManager.Domain.Configuration;

/// <summary>Whole numbers in JSON, however they are written there: 5, 5.0 and 5e0 are the same one; 5.00000000000000000001 is none.</summary>
internal static class WholeNumber
{
    /// <summary>More digits than any number of 64 bits has.</summary>
    private const int TooMany = 20;

    /// <summary>Whether it is a number without a fraction, of whatever size.</summary>
    public static bool IsOne(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        && (
            JsonNumber.Split(value.GetRawText()) is { } number
                ? number.Exponent >= 0
                : !value.GetRawText().Contains("e-", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The number; null for what is none, has a fraction, or does not fit in 64 bits.</summary>
    public static long? Read(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        && JsonNumber.Split(value.GetRawText()) is { Exponent: >= 0 and < TooMany } number
        && long.TryParse(
            $"{number.Sign}{number.Digits}{new string('0', (int)number.Exponent)}",
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var whole
        )
            ? whole
            : null;

    /// <summary>A number as people write it: a whole one of 64 bits by its digits alone, any other as it stands.</summary>
    /// <param name="value">A JSON number.</param>
    public static string Plain(JsonElement value) => Read(value)?.ToString(CultureInfo.InvariantCulture) ?? value.GetRawText();
}
