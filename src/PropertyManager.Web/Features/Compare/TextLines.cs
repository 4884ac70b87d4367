using System.Runtime.InteropServices;

namespace PropertyManager.Web.Features.Compare;

/// <summary>
/// A text seen as lines, without a copy of it: a line ends after each <c>\n</c> and keeps it (and a <c>\r</c> before it), so that
/// the lines laid end to end are the text again. An empty text has no line; a text that does not end in <c>\n</c> has a last line without one.
/// </summary>
public sealed class TextLines
{
    private readonly string _text;
    private readonly List<int> _starts;

    /// <param name="text">The whole text.</param>
    public TextLines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
        _starts = new List<int>(text.Length / 32 + 2) { 0 };
        for (var next = text.IndexOf('\n', StringComparison.Ordinal) + 1; next > 0; next = text.IndexOf('\n', next) + 1)
            _starts.Add(next);
        if (_starts[^1] != text.Length)
            _starts.Add(text.Length);
    }

    /// <summary>How many lines there are.</summary>
    public int Count => _starts.Count - 1;

    /// <summary>A line with its line end.</summary>
    /// <param name="line">From 0.</param>
    public ReadOnlySpan<char> this[int line] => _text.AsSpan(_starts[line], _starts[line + 1] - _starts[line]);

    /// <summary>A line as people read it: without its line end.</summary>
    /// <param name="line">From 0.</param>
    public string Shown(int line) => this[line].TrimEnd("\r\n").ToString();

    /// <summary>The width of the longest line in columns of a fixed-width font: a tab counts as four, a character beyond Latin scripts as two.</summary>
    public int Columns
    {
        get
        {
            var most = 0;
            for (var line = 0; line < Count; line++)
            {
                var columns = 0;
                foreach (var character in this[line])
                    columns += character switch
                    {
                        '\t' => 4,
                        '\r' or '\n' => 0,
                        < '\u0300' => 1,
                        _ => 2,
                    };
                most = Math.Max(most, columns);
            }
            return most;
        }
    }

    /// <summary>Gives equal lines equal numbers, counted from 0 in order of first sight, in both texts.</summary>
    /// <returns>A number for each line of each text, and how many numbers were given.</returns>
    internal static (int[] Before, int[] After, int Distinct) Number(TextLines before, TextLines after)
    {
        var numbers = new Dictionary<string, int>(before.Count + (after.Count / 4), StringComparer.Ordinal);
        var lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        return (NumberOf(before), NumberOf(after), numbers.Count);

        int[] NumberOf(TextLines lines)
        {
            var result = new int[lines.Count];
            for (var i = 0; i < result.Length; i++)
            {
                ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(lookup, lines[i], out var known);
                if (!known)
                    number = numbers.Count - 1;
                result[i] = number;
            }
            return result;
        }
    }
}
