namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>A regular expression in a rule tree. What it cannot tell in time stops the run: the request is then not evaluated.</summary>
/// <param name="regex">The expression.</param>
/// <param name="pointer">JSON pointer of the option that it stands in.</param>
internal sealed class RuleExpression(SafeRegex regex, string pointer)
{
    private readonly EvaluationNote _tooSlow = new(
        pointer,
        "The regular expression takes longer than 20 ms on this request, so that nothing is known about the answer."
    );

    /// <summary>Whether the text matches somewhere; false, and the run stopped, when that could not be found out.</summary>
    public bool IsMatch(string text, EvaluationRun run) => !run.IsStopped && (regex.IsMatch(text, run.Budget) ?? run.Stop(_tooSlow));

    /// <summary>The text with the first match, or all, replaced; the text itself, and the run stopped, when that could not be done.</summary>
    public string Replace(string text, string replacement, bool all, EvaluationRun run)
    {
        if (run.IsStopped)
        {
            return text;
        }

        if (regex.Replace(text, replacement, all, run.Budget) is { } replaced)
        {
            return replaced;
        }

        run.Stop(_tooSlow);
        return text;
    }
}
