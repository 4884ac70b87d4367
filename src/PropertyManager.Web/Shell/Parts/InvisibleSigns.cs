using System.Globalization;
using System.Text;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>A piece of a text as it is shown.</summary>
/// <param name="Text">The piece itself; of what cannot be seen, the sign that stands for it.</param>
/// <param name="Name">What the sign stands for, in words; null for a piece of text.</param>
public readonly record struct SignedPart(string Text, string? Name);

/// <summary>
/// Signs for characters that cannot be seen or told apart on the screen: line ends, tabs, spaces that are none of the usual, and what has no width.
/// For texts that differ, and look the same.
/// </summary>
public static class InvisibleSigns
{
    // Abbreviations: of the pictures that Unicode has for these (␍, ␊, ⍽) many fonts have none, and would show the same box for all.
    private static readonly Dictionary<int, (string Sign, string Name)> Known = new()
    {
        [0x0009] = ("TAB", "tab"),
        [0x000A] = ("LF", "line feed"),
        [0x000D] = ("CR", "carriage return"),
        [0x0020] = ("SP", "space"),
        [0x007F] = ("DEL", "delete"),
        [0x0085] = ("NEL", "next line"),
        [0x00A0] = ("NBSP", "no-break space"),
        [0x00AD] = ("SHY", "soft hyphen"),
        [0x034F] = ("CGJ", "combining grapheme joiner"),
        [0x061C] = ("ALM", "Arabic letter mark"),
        [0x2002] = ("ENSP", "en space"),
        [0x2003] = ("EMSP", "em space"),
        [0x2007] = ("FSP", "figure space"),
        [0x2009] = ("THSP", "thin space"),
        [0x200A] = ("HSP", "hair space"),
        [0x200B] = ("ZWSP", "zero-width space"),
        [0x200C] = ("ZWNJ", "zero-width non-joiner"),
        [0x200D] = ("ZWJ", "zero-width joiner"),
        [0x200E] = ("LRM", "left-to-right mark"),
        [0x200F] = ("RLM", "right-to-left mark"),
        [0x2028] = ("LSEP", "line separator"),
        [0x2029] = ("PSEP", "paragraph separator"),
        [0x202A] = ("LRE", "left-to-right embedding"),
        [0x202B] = ("RLE", "right-to-left embedding"),
        [0x202C] = ("PDF", "end of a direction (pop directional formatting)"),
        [0x202D] = ("LRO", "left-to-right override"),
        [0x202E] = ("RLO", "right-to-left override"),
        [0x202F] = ("NNBSP", "narrow no-break space"),
        [0x2060] = ("WJ", "word joiner"),
        [0x2066] = ("LRI", "left-to-right isolate"),
        [0x2067] = ("RLI", "right-to-left isolate"),
        [0x2068] = ("FSI", "first strong isolate"),
        [0x2069] = ("PDI", "end of an isolate (pop directional isolate)"),
        [0x3000] = ("IDSP", "ideographic space"),
        [0x3164] = ("HF", "Hangul filler"),
        [0xFE0E] = ("VS15", "variation selector 15 (as text)"),
        [0xFE0F] = ("VS16", "variation selector 16 (as a picture)"),
        [0xFEFF] = ("BOM", "byte-order mark, a zero-width no-break space"),
    };

    /// <summary>
    /// A text beside another that it is compared with. Signs stand in it where the two differ in what cannot be seen: for each such character where
    /// they look the same, and else for those that one of them has more often.
    /// </summary>
    /// <param name="text">The text to show.</param>
    /// <param name="other">What it is compared with; null where there is nothing: then it has no signs.</param>
    public static IReadOnlyList<SignedPart> Parts(string text, string? other)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (other is null || text == other)
            return [new SignedPart(text, null)];
        var (own, others) = (Counts(text), Counts(other));
        var differ = own.Keys.Union(others.Keys).Where(rune => own.GetValueOrDefault(rune) != others.GetValueOrDefault(rune)).ToHashSet();
        if (Seen(text) != Seen(other))
        {
            differ.ExceptWith([new Rune(' '), new Rune('\n')]); // of these a text that says something else has others too
            return Parts(text, differ.Contains);
        }
        var spaces = differ.Count == 0 || differ.Contains(new Rune(' '));
        return Parts(text, rune => rune.Value != ' ' || spaces);
    }

    /// <summary>Whether two texts differ in nothing that can be seen.</summary>
    public static bool LookTheSame(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return Seen(one) == Seen(other);
    }

    /// <summary>A piece of a line with a sign for each character that cannot be seen, but for the usual space.</summary>
    public static IReadOnlyList<SignedPart> OfLine(string text) => Parts(text, rune => rune.Value != ' ', keepsLines: false);

    private static List<SignedPart> Parts(string text, Func<Rune, bool> isSigned, bool keepsLines = true)
    {
        var parts = new List<SignedPart>();
        var plain = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsInvisible(rune) || !isSigned(rune))
            {
                plain.Append(rune);
                continue;
            }
            if (plain.Length > 0)
                parts.Add(new SignedPart(plain.ToString(), null));
            plain.Clear();
            var (sign, name) = Sign(rune);
            parts.Add(new SignedPart(sign, name));
            if (rune.Value == '\n' && keepsLines)
                plain.Append('\n'); // the line still ends here
        }
        if (plain.Length > 0 || parts.Count == 0)
            parts.Add(new SignedPart(plain.ToString(), null));
        return parts;
    }

    private static (string Sign, string Name) Sign(Rune rune) =>
        Known.TryGetValue(rune.Value, out var known) ? known
        : rune.Value < ' ' ? (Code(rune), $"control character {Code(rune)}")
        : (Code(rune), $"invisible character {Code(rune)}");

    private static string Code(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");

    private static bool IsInvisible(Rune rune) =>
        Known.ContainsKey(rune.Value)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;

    private static Dictionary<Rune, int> Counts(string text)
    {
        var counts = new Dictionary<Rune, int>();
        foreach (var rune in text.EnumerateRunes())
            if (IsInvisible(rune))
                counts[rune] = counts.GetValueOrDefault(rune) + 1;
        return counts;
    }

    private static string Seen(string text)
    {
        var seen = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            if (!IsInvisible(rune))
                seen.Append(rune);
        return seen.ToString();
    }
}
