using System.Globalization;

namespace PropertyManager.Domain.Configuration;

/// <summary>Numbers of JSON by what they say: <c>1.0</c>, <c>10e-1</c> and <c>1</c> are the same.</summary>
/// <remarks>By their digits, not as doubles: large identifiers that differ in the last digit are not the same.</remarks>
internal static class JsonNumber
{
    /// <summary>Longer ones are written with an exponent.</summary>
    private const int MostDigits = 40;

    /// <summary>Whether it is written as <see cref="Canonical" /> would write it. Now and then no although it is.</summary>
    public static bool IsCanonical(string raw) => raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0 && raw.Length <= MostDigits && raw != "-0";

    /// <summary>The one text of all that say the same number; another for any other number. As it is where its exponent has more than 32 bits.</summary>
    /// <param name="raw">As the JSON has it.</param>
    public static string Canonical(string raw) => Split(raw) is { } number ? number.Sign + Plain(number.Digits, number.Exponent) : raw;

    /// <summary>Digits without zeros at either end, and the power of ten they are multiplied with; null where it has more than 32 bits.</summary>
    /// <param name="raw">As the JSON has it.</param>
    public static (string Sign, string Digits, long Exponent)? Split(string raw)
    {
        var mantissa = raw.TrimStart('-');
        var exponent = 0L;
        if (mantissa.IndexOfAny(['e', 'E']) is >= 0 and var e)
        {
            if (!int.TryParse(mantissa.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var written))
            {
                return null;
            }

            (mantissa, exponent) = (mantissa[..e], written);
        }

        if (mantissa.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }

        var digits = mantissa.TrimEnd('0');
        exponent += mantissa.Length - digits.Length;
        digits = digits.TrimStart('0');
        return digits.Length == 0 ? ("", "0", 0) : (raw[0] == '-' ? "-" : "", digits, exponent);
    }

    private static string Plain(string digits, long exponent)
    {
        if (exponent > MostDigits - digits.Length || exponent < -MostDigits)
        {
            return $"{digits}e{exponent.ToString(CultureInfo.InvariantCulture)}";
        }

        if (exponent >= 0)
        {
            return digits + new string('0', (int)exponent);
        }

        var whole = digits.Length + (int)exponent;
        return whole > 0 ? $"{digits[..whole]}.{digits[whole..]}" : $"0.{new string('0', -whole)}{digits}";
    }
}
