using System.Globalization;
using System.Text.Json;

namespace PropertyManager.Domain.Configuration;

/// <summary>Whole numbers in JSON, however they are written there: 5, 5.0 and 5e0 are the same one.</summary>
/// <remarks>Read by their digits and not as floating point: 9007199254740993 is not 9007199254740992, and 5.00000000000000000001 is no whole number.</remarks>
internal static class WholeNumber
{
    /// <summary>More digits than any number of 64 bits has.</summary>
    private const int TooMany = 20;

    /// <summary>Whether it is a number without a fraction, of whatever size.</summary>
    public static bool IsOne(JsonElement value) => Split(value) is { Exponent: >= 0 };

    /// <summary>The number; null for what is none, has a fraction, or does not fit in 64 bits.</summary>
    public static long? Read(JsonElement value) =>
        Split(value) is { Exponent: >= 0 and < TooMany } number
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

    /// <summary>Digits without zeros at either end, and the power of ten they are multiplied with; null for what is no number.</summary>
    private static (string Sign, string Digits, long Exponent)? Split(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        var raw = value.GetRawText();
        var end = raw.IndexOfAny(['e', 'E']);
        var exponent = 0L;
        if (end >= 0 && !long.TryParse(raw.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            // An exponent of more than 64 bits: only its sign matters.
            exponent = raw[end + 1] == '-' ? int.MinValue : int.MaxValue;
        }

        var digits = (end < 0 ? raw : raw[..end]).TrimStart('-');
        if (digits.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point)
        {
            exponent = Math.Clamp(exponent, int.MinValue, int.MaxValue) - (digits.Length - point - 1);
            digits = digits.Remove(point, 1);
        }

        var kept = digits.TrimEnd('0');
        exponent = Math.Clamp(exponent, int.MinValue, int.MaxValue) + (digits.Length - kept.Length);
        kept = kept.TrimStart('0');
        return kept.Length == 0 ? ("", "0", 0) : (raw[0] == '-' ? "-" : "", kept, exponent);
    }
}
