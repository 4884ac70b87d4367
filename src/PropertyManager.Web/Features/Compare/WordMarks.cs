using System.Buffers;
using System.Runtime.InteropServices;
using DiffPlex;

namespace PropertyManager.Web.Features.Compare;

/// <summary>A piece of a line, and whether it is what changed in the line.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LinePart(string Text, bool IsMarked);

/// <summary>Finds the words that changed between two lines.</summary>
public static class WordMarks
{
    /// <summary>Words of a line, after the common head and tail are cut off, above which the rest is marked whole: DiffPlex would take seconds.</summary>
    public const int MostWords = 400;

    /// <summary>The share of a line that must be unmarked for marks to say anything: in a line with less, all is marked.</summary>
    private const double LeastKept = 0.25;

    private static readonly Differ Differ = new();

    private static readonly SearchValues<char> LettersAndDigits = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    /// <summary>Both lines in parts, which laid end to end are the lines. Equal lines have no marked part.</summary>
    public static (IReadOnlyList<LinePart> Before, IReadOnlyList<LinePart> After) Between(string before, string after)
    {
        var old = Words(before);
        var @new = Words(after);
        var head = old.AsSpan().CommonPrefixLength(@new, StringComparer.Ordinal);
        var tail = 0;
        while (tail < Math.Min(old.Length, @new.Length) - head && old[^(tail + 1)] == @new[^(tail + 1)])
            tail++;

        var (oldMarks, newMarks) = (new bool[old.Length], new bool[@new.Length]);
        if (old.Length - head - tail > MostWords || @new.Length - head - tail > MostWords)
        {
            Array.Fill(oldMarks, value: true, head, old.Length - head - tail);
            Array.Fill(newMarks, value: true, head, @new.Length - head - tail);
        }
        else
        {
            var oldRest = string.Concat(old[head..^tail]);
            var newRest = string.Concat(@new[head..^tail]);
            foreach (var block in Differ.CreateCustomDiffs(oldRest, newRest, ignoreWhiteSpace: false, ignoreCase: false, Words).DiffBlocks)
            {
                Array.Fill(oldMarks, value: true, head + block.DeleteStartA, block.DeleteCountA);
                Array.Fill(newMarks, value: true, head + block.InsertStartB, block.InsertCountB);
            }
            if (before != after && Kept(old, oldMarks, before) < LeastKept && Kept(@new, newMarks, after) < LeastKept)
            {
                MarkAll(old, oldMarks);
                MarkAll(@new, newMarks);
            }
        }
        return (Parts(old, oldMarks), Parts(@new, newMarks));
    }

    // Letters and digits hold together, and so do spaces and a character reference of XML; every other character stands alone.
    private static string[] Words(string line)
    {
        var words = new List<string>();
        for (var (start, end) = (0, 0); start < line.Length; start = end)
        {
            if (line[start] == '&' && ReferenceLength(line.AsSpan(start)) is > 0 and var length)
            {
                end = start + length;
            }
            else
            {
                var kind = Kind(line[start]);
                do end++;
                while (end < line.Length && kind != 0 && Kind(line[end]) == kind);
            }
            words.Add(line[start..end]);
        }
        return [.. words];

        static int Kind(char character) =>
            char.IsWhiteSpace(character) ? 1
            : char.IsLetterOrDigit(character) || character == '_' || char.IsSurrogate(character) ? 2
            : 0;
    }

    /// <summary>Of <c>&amp;amp;</c> or <c>&amp;#13;</c> at the beginning of a text; 0 where there is none.</summary>
    private static int ReferenceLength(ReadOnlySpan<char> text)
    {
        var body = text[1..].StartsWith('#') ? 2 : 1;
        var end = text[body..].IndexOfAnyExcept(LettersAndDigits);
        return end > 0 && text[body + end] == ';' ? body + end + 1 : 0;
    }

    private static double Kept(string[] words, bool[] marks, string line)
    {
        var kept = 0;
        for (var k = 0; k < words.Length; k++)
            if (!marks[k] && (char.IsLetterOrDigit(words[k][0]) || (words[k].Length > 1 && words[k][0] == '&')))
                kept += words[k].Length;
        return (double)kept / Math.Max(1, line.Count(char.IsLetterOrDigit));
    }

    private static void MarkAll(string[] words, bool[] marks)
    {
        for (var k = 0; k < words.Length; k++)
            marks[k] |= k > 0 || !string.IsNullOrWhiteSpace(words[k]);
    }

    // ` b="2"` added after `a="1"` might as well be `" b="2` added within it: of such equals the mark that starts with a space reads best.
    private static void StartAtSpaces(string[] words, bool[] marks)
    {
        for (var (start, end) = (0, 0); start < words.Length; start = end)
        {
            do end++;
            while (end < words.Length && marks[end] == marks[start]);
            if (!marks[start])
                continue;

            var shift = 0;
            while (!string.IsNullOrWhiteSpace(words[start + shift]) && end + shift < words.Length && words[start + shift] == words[end + shift])
                shift++;
            if (shift == 0 || !string.IsNullOrWhiteSpace(words[start + shift]) || marks.AsSpan(end, shift).Contains(true))
                continue;
            marks.AsSpan(start, end - start).Clear();
            marks.AsSpan(start + shift, end - start).Fill(true);
            end += shift;
        }
    }

    private static List<LinePart> Parts(string[] words, bool[] marks)
    {
        StartAtSpaces(words, marks);
        // Spaces between two marked words belong to the mark: one mark reads better than two.
        for (var k = 1; k < words.Length - 1; k++)
            marks[k] |= marks[k - 1] && marks[k + 1] && string.IsNullOrWhiteSpace(words[k]);

        var parts = new List<LinePart>();
        for (var (start, end) = (0, 0); start < words.Length; start = end)
        {
            do end++;
            while (end < words.Length && marks[end] == marks[start]);
            parts.Add(new LinePart(string.Concat(words[start..end]), marks[start]));
        }
        return parts;
    }
}
