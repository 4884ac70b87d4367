using System.Text.RegularExpressions;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>A regular expression of the property's author, which must not be able to hold an edge server up.</summary>
internal sealed class SafeRegex
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private readonly Regex _regex;

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
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>The text with the first match, or all, replaced; null when that takes too long.</summary>
    public string? Replace(string text, string replacement, bool all)
    {
        try
        {
            return _regex.Replace(text, replacement, all ? -1 : 1);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
