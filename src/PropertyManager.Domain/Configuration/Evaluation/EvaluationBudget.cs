namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>
/// How long an evaluation may go on. It is asked before each request and before each costly step of one; once it is spent, it stays spent, and what
/// was not evaluated by then is reported as not evaluated.
/// </summary>
/// <param name="isSpent">Whether the time is over or nobody waits for the result any more. Called often, by one thread at a time.</param>
public sealed class EvaluationBudget(Func<bool> isSpent)
{
    private bool _spent;

    /// <summary>Never spent: for rules and requests that are known to be harmless.</summary>
    public static EvaluationBudget Unlimited { get; } = new(() => false);

    /// <summary>Whether the evaluation has to end.</summary>
    public bool IsSpent => _spent || (_spent = isSpent());
}
