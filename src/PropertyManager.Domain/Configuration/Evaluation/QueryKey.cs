namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>The behaviors <c>cacheKeyQueryParams</c>, which parameters tell objects apart, and <c>removeQueryParameter</c>, which are forgotten.</summary>
internal sealed class QueryKey(string behavior, IReadOnlyList<Template> parameters, bool exact)
{
    private const string Removal = "REMOVE";

    public static Action<EvaluationRun, int> Compile(OptionReader reader)
    {
        var behavior = reader.Choice("behavior", "INCLUDE_ALL_PRESERVE_ORDER", "INCLUDE_ALL_ALPHABETIZE_ORDER", "IGNORE_ALL", "INCLUDE", "IGNORE");
        var named = behavior is "INCLUDE" or "IGNORE";
        var key = new QueryKey(behavior, named ? reader.List("parameters") : [], reader.Flag("exactMatch", fallback: true));
        return (run, rule) => run.State.QueryKey = new(key, rule, ++run.Turn);
    }

    public static Action<EvaluationRun, int> CompileRemoval(OptionReader reader)
    {
        var kept = new QueryKey(Removal, reader.List("parameters"), exact: true);
        return (run, rule) => run.State.RemovedQuery = new(kept, rule, ++run.Turn);
    }

    /// <summary>The part of a query that counts.</summary>
    public string Of(string query, EvaluationRun run)
    {
        var kept = new List<string>();
        foreach (var pair in new Pairs(behavior == "IGNORE_ALL" ? "" : query, '&'))
        {
            if (behavior is "INCLUDE_ALL_PRESERVE_ORDER" or "INCLUDE_ALL_ALPHABETIZE_ORDER" || IsNamed(pair.Name, run) == (behavior == "INCLUDE"))
            {
                kept.Add(pair.Whole.ToString());
            }
        }

        // Named ones are put in order, so that ?a=1&b=2 and ?b=2&a=1 are one object.
        if (behavior is not ("INCLUDE_ALL_PRESERVE_ORDER" or Removal))
        {
            kept.Sort(StringComparer.Ordinal);
        }

        return string.Join('&', kept);
    }

    private bool IsNamed(ReadOnlySpan<char> name, EvaluationRun run)
    {
        foreach (var parameter in parameters)
        {
            var text = parameter.Expand(run);
            if (exact ? name.Equals(text, StringComparison.Ordinal) : name.StartsWith(text, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
