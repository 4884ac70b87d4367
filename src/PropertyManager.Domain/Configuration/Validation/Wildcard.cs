namespace PropertyManager.Domain.Configuration.Validation;

/// <summary>Texts with wildcards: <c>*</c> stands for any characters, <c>?</c> for one.</summary>
internal static class Wildcard
{
    private static readonly char[] Signs = ['*', '?'];

    /// <summary>Whether there is one in the text.</summary>
    public static bool IsIn(string text) => text.IndexOfAny(Signs) >= 0;

    /// <summary>Whether a text is as the pattern says. At worst it takes the product of the two lengths.</summary>
    public static bool Matches(string text, string pattern, bool ignoreCase)
    {
        var (at, next, star, from) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                (star, from) = (next++, at);
            }
            else if (next < pattern.Length && (pattern[next] == '?' || Same(text[at], pattern[next], ignoreCase)))
            {
                at++;
                next++;
            }
            else if (star >= 0)
            {
                next = star + 1;
                at = ++from;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(next).TrimStart('*').IsEmpty;
    }

    /// <summary>Whether some text could be as both say: never said no where there is one, sometimes yes where there is none.</summary>
    public static bool MayMeet(string one, string other)
    {
        if (!IsIn(one))
        {
            return IsIn(other) ? Matches(one, other, ignoreCase: true) : string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
        }

        if (!IsIn(other))
        {
            return Matches(other, one, ignoreCase: true);
        }

        var start = one.AsSpan(0, one.IndexOfAny(Signs));
        var otherStart = other.AsSpan(0, other.IndexOfAny(Signs));
        return start.StartsWith(otherStart, StringComparison.OrdinalIgnoreCase) || otherStart.StartsWith(start, StringComparison.OrdinalIgnoreCase);
    }

    private static bool Same(char one, char other, bool ignoreCase) =>
        one == other || (ignoreCase && char.ToUpperInvariant(one) == char.ToUpperInvariant(other));
}
