using System.Text;
using System.Text.RegularExpressions;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>
/// A regular expression that somebody else wrote. A match takes 20 ms at most; what is not known by then is not known, and is never taken for "no
/// match". An expression that took too long a few times is not run any more.
/// </summary>
/// <remarks>
/// The automaton of <see cref="RegexOptions.NonBacktracking" /> runs in time proportional to the text, but while it is still being built it looks at the
/// clock too seldom: nested counted repetitions within its size limit take over a second. Those, and what an automaton cannot do, are run by the
/// backtracking engine, whose timeout is exact.
/// </remarks>
internal sealed class SafeRegex
{
    /// <summary>Characters of an expression, at most.</summary>
    public const int MaxLength = 16_384;

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(20);

    /// <summary>A second try, so that a process that stood still for a moment is not taken for a slow expression.</summary>
    private const int Tries = 2;
    private const int MaxTimeouts = 3;

    private readonly Regex? _regex;
    private int _timeouts;

    /// <summary>The first match of a process compiles an engine, which takes longer than a match may: no expression is to be blamed for it.</summary>
    static SafeRegex()
    {
        foreach (var options in new[] { RegexOptions.None, RegexOptions.NonBacktracking })
        {
            var match = new Regex("(a+|[b-z]{1,3})+?x", options | RegexOptions.IgnoreCase, TimeSpan.FromMinutes(1)).Match("aab1abxx");
            _ = (match.Result("$1"), match.NextMatch());
        }
    }

    private SafeRegex(Regex? regex) => _regex = regex;

    /// <summary>Null when the text is no regular expression. A longer one than <see cref="MaxLength" /> is never run.</summary>
    public static SafeRegex? Parse(string pattern, bool caseSensitive)
    {
        if (pattern.Length > MaxLength)
        {
            return new SafeRegex(null);
        }

        var options = RegexOptions.CultureInvariant | (caseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase);
        try
        {
            return new SafeRegex(
                ExpressionShape.Of(pattern).SuitsAutomaton && BuildAutomaton(pattern, options) is { } automaton
                    ? automaton
                    : new Regex(pattern, options, MatchTimeout)
            );
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Null when the expression is too large for an automaton, or has what an automaton cannot do.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public static Regex? BuildAutomaton(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, MatchTimeout);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Whether the text matches somewhere; null when that could not be found out in time.</summary>
    public bool? IsMatch(string text, EvaluationBudget budget) => Run(budget, text, static (regex, text) => (bool?)regex.IsMatch(text));

    /// <summary>
    /// The text with the first match, or all, replaced, <see cref="Template.MaxLength" /> characters of it at most; null when that could not be done in
    /// time.
    /// </summary>
    public string? Replace(string text, string replacement, bool all, EvaluationBudget budget) =>
        Run(budget, (text, replacement, all, budget), static (regex, it) => Replace(regex, it.text, it.replacement, it.all, it.budget));

    private static string? Replace(Regex regex, string text, string replacement, bool all, EvaluationBudget budget)
    {
        var made = new StringBuilder();
        var at = 0;
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            made.Append(text, at, match.Index - at).Append(match.Result(replacement));
            at = match.Index + match.Length;
            if (!all || made.Length > Template.MaxLength)
            {
                break;
            }

            if (budget.IsSpent)
            {
                return null;
            }
        }

        return Template.Cut(made.Append(text, at, text.Length - at));
    }

    private TResult? Run<TInput, TResult>(EvaluationBudget budget, TInput input, Func<Regex, TInput, TResult?> run)
    {
        for (var attempt = 1; _regex is not null && _timeouts < MaxTimeouts && attempt <= Tries && !budget.IsSpent; attempt++)
        {
            try
            {
                return run(_regex, input);
            }
            catch (RegexMatchTimeoutException) when (attempt == Tries)
            {
                Interlocked.Increment(ref _timeouts);
            }
            catch (RegexMatchTimeoutException)
            {
                // Tried once more.
            }
        }

        return default;
    }
}
