using System.Globalization;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Whole numbers as options, headers and variables have them.</summary>
internal static class Numbers
{
    /// <summary>Null when the text is no whole number of 64 bits.</summary>
    public static long? Parse(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
