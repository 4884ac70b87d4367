using System.Globalization;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Durations as options have them: a whole number and d, h, m or s.</summary>
internal static class Durations
{
    /// <summary>Null when the text is none. What is longer than a thousand years is a thousand years.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length < 2 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var unit = char.ToLowerInvariant(text[^1]) switch
        {
            'd' => 86_400L,
            'h' => 3_600L,
            'm' => 60L,
            's' => 1L,
            _ => 0L,
        };
        const long Longest = 365_000L * 86_400;
        return unit == 0 ? null : TimeSpan.FromSeconds(number > Longest / unit ? Longest : number * unit);
    }
}
