namespace PropertyManager.Domain.Configuration;

/// <summary>
/// A text with <c>*</c> (any characters, slashes too, or none) and <c>?</c> (exactly one). Most patterns are a literal with a star at one end;
/// they are recognized once, so that a request costs one comparison. The edge's and the validation's: what one takes for a match the other does too.
/// </summary>
internal sealed class Wildcard
{
    private readonly string _pattern;
    private readonly bool _caseSensitive;
    private readonly Form _form;
    private readonly string _literal;
    private readonly int _shortest;

    public Wildcard(string pattern, bool caseSensitive)
    {
        _pattern = pattern;
        _caseSensitive = caseSensitive;
        var inner = pattern.AsSpan().Trim('*');
        if (inner.ContainsAny('*', '?'))
        {
            _form = Form.General;
            _shortest = pattern.Length - pattern.AsSpan().Count('*');
            _literal = pattern[..pattern.AsSpan().IndexOfAny('*', '?')];
            return;
        }

        _literal = inner.ToString();
        var open = pattern.StartsWith('*');
        var goesOn = pattern.EndsWith('*');
        _form = (open, goesOn) switch
        {
            (false, false) => Form.Whole,
            (false, true) => Form.Start,
            (true, false) => Form.End,
            _ => Form.Within,
        };
    }

    private StringComparison Comparison => _caseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>It may take long: whoever asks many of these looks at the budget between them.</summary>
    public bool IsCostly => _shortest > 64;

    private enum Form
    {
        Whole,
        Start,
        End,
        Within,
        General,
    }

    /// <summary>Whether a pattern says more than its own characters.</summary>
    public static bool IsOne(string text) => text.AsSpan().ContainsAny('*', '?');

    /// <summary>Whether all of a text is what a pattern says that is asked once. At worst it takes the product of the two lengths.</summary>
    public static bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern, bool ignoreCase) => MatchesGeneral(text, pattern, ignoreCase);

    /// <summary>Whether some text could be as both say, whatever its case: never said no where there is one, sometimes yes where there is none.</summary>
    public static bool MayMeet(string one, string other)
    {
        if (!IsOne(one))
        {
            return Matches(one, other, ignoreCase: true);
        }

        if (!IsOne(other))
        {
            return Matches(other, one, ignoreCase: true);
        }

        var start = one.AsSpan(0, one.AsSpan().IndexOfAny('*', '?'));
        var otherStart = other.AsSpan(0, other.AsSpan().IndexOfAny('*', '?'));
        return start.StartsWith(otherStart, StringComparison.OrdinalIgnoreCase) || otherStart.StartsWith(start, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether all of the text is what the pattern says.</summary>
    public bool Matches(ReadOnlySpan<char> text) =>
        _caseSensitive
            ? _form switch
            {
                Form.Whole => text.SequenceEqual(_literal),
                Form.Start => text.StartsWith(_literal),
                Form.End => text.EndsWith(_literal),
                Form.Within => text.IndexOf(_literal) >= 0,
                _ => text.StartsWith(_literal) && text.Length >= _shortest && MatchesGeneral(text, _pattern, !_caseSensitive),
            }
            : _form switch
            {
                Form.Whole => text.Equals(_literal, Comparison),
                Form.Start => text.StartsWith(_literal, Comparison),
                Form.End => text.EndsWith(_literal, Comparison),
                Form.Within => text.Contains(_literal, Comparison),
                _ => text.StartsWith(_literal, Comparison) && text.Length >= _shortest && MatchesGeneral(text, _pattern, !_caseSensitive),
            };

    /// <summary>Goes back to the last star only, so that no pattern takes longer than its length times the text's.</summary>
    private static bool MatchesGeneral(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern, bool ignoreCase)
    {
        var (at, next, star, resume) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                star = next++;
                resume = at;
            }
            else if (next < pattern.Length && (pattern[next] == '?' || IsSame(text[at], pattern[next], ignoreCase)))
            {
                at++;
                next++;
            }
            else if (star >= 0)
            {
                next = star + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[next..].TrimStart('*').IsEmpty;
    }

    private static bool IsSame(char one, char other, bool ignoreCase) =>
        one == other || (ignoreCase && char.ToUpperInvariant(one) == char.ToUpperInvariant(other));
}
