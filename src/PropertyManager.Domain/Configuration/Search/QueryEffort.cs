using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Domain.Configuration.Search;

/// <summary>What a query may look at in one document: so many values, and within the budget.</summary>
internal sealed class QueryEffort(int steps, EvaluationBudget budget)
{
    private int _left = steps;
    private int _looks;

    /// <summary>Nothing more is looked at, and what was found so far is no answer.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Goes to one more value; false when that is one too many.</summary>
    public bool Take()
    {
        IsOver |= --_left < 0;
        return Look();
    }

    /// <summary>Looks at a value on the way; false when there is no time for it. The clock is looked at for some of them only: it costs more than a value.</summary>
    public bool Look()
    {
        IsOver = IsOver || (++_looks % 64 == 0 && budget.IsSpent);
        return !IsOver;
    }

    /// <summary>Whether a text matches; false, and the effort over, when that could not be found out in time.</summary>
    public bool Matches(SafeRegex pattern, string text)
    {
        if (!IsOver && pattern.IsMatch(text, budget) is { } matches)
        {
            return matches;
        }

        IsOver = true;
        return false;
    }
}
