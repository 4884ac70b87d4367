using System.Text.RegularExpressions;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>
/// A regular expression of the property's author, which must not be able to hold an edge server up: one that took too long a few times is not asked
/// any more.
/// </summary>
internal sealed class SafeRegex
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private const int Chances = 3;
    private readonly Regex _regex;
    private int _tookTooLong;

    private SafeRegex(Regex regex) => _regex = regex;

    /// <summary>Null when the text is no regular expression.</summary>
    public static SafeRegex? Parse(string pattern, bool caseSensitive)
    {
        var options = RegexOptions.CultureInvariant | (caseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase);
        try
        {
            return new SafeRegex(new Regex(pattern, options | RegexOptions.NonBacktracking, Patience));
        }
        catch (NotSupportedException)
        {
            // Look-arounds and back-references need backtracking: the time limit alone guards those.
            return new SafeRegex(new Regex(pattern, options, Patience));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether the text matches somewhere; false when that takes too long to find out.</summary>
    public bool IsMatch(string text)
    {
        if (_tookTooLong >= Chances)
        {
            return false;
        }

        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            Interlocked.Increment(ref _tookTooLong);
            return false;
        }
    }

    /// <summary>The text with the first match, or all, replaced; null when that takes too long.</summary>
    public string? Replace(string text, string replacement, bool all)
    {
        if (_tookTooLong >= Chances)
        {
            return null;
        }

        try
        {
            return _regex.Replace(text, replacement, all ? -1 : 1);
        }
        catch (RegexMatchTimeoutException)
        {
            Interlocked.Increment(ref _tookTooLong);
            return null;
        }
    }
}
