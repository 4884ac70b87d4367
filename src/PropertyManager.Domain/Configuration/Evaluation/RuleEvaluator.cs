namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>
/// A version's rules, made ready to be applied to requests: what an edge server that has the version would do. Pure: the same request gets the
/// same answer. Made once a version, and used by any number of threads.
/// </summary>
public sealed class RuleEvaluator
{
    /// <summary>Compiles the rules.</summary>
    /// <param name="rules">The tree; names that are not described are passed over (<see cref="EdgeAnswer.NotEvaluated" />).</param>
    /// <param name="hostnames">The property's own; empty for any host.</param>
    public RuleEvaluator(RuleTree rules, IReadOnlyList<HostnameEntry> hostnames)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(hostnames);
    }

    /// <summary>The whole answer, with its trace: for people.</summary>
    public EdgeAnswer Evaluate(EdgeRequest request) => throw new NotSupportedException($"{request}");

    /// <summary>Status and the rule that decided it (index into <see cref="RuleTree.Rules" />, -1 for the origin) only: for many requests at once.</summary>
    public (int Status, int Rule) Decide(EdgeRequest request) => throw new NotSupportedException($"{request}");

    public MatchedRule? RuleAt(int index) => null;
}
