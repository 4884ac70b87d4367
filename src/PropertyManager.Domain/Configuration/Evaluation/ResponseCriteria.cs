using System.Globalization;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Criteria about the response; asked at the response stage.</summary>
internal static class ResponseCriteria
{
    public static Func<EvaluationRun, bool> Status(OptionReader reader)
    {
        reader.NeedsResponse = true;
        var name = reader.Choice("matchOperator", "IS_ONE_OF", "IS_NOT_ONE_OF", "IS_BETWEEN", "IS_NOT_BETWEEN");
        var not = name is "IS_NOT_ONE_OF" or "IS_NOT_BETWEEN";
        if (name is "IS_BETWEEN" or "IS_NOT_BETWEEN")
        {
            var (least, most) = (reader.Number("lowerBound"), reader.Number("upperBound"));
            return run => (run.ResponseStatus >= least(run) && run.ResponseStatus <= most(run)) != not;
        }

        var values = new ValueList(reader.List("values"), caseSensitive: true, wildcards: true);
        return run => IsOneOf(values, run) != not;
    }

    /// <summary>The whole header, or the media type alone: most servers write a charset behind it.</summary>
    public static Func<EvaluationRun, bool> ContentType(OptionReader reader)
    {
        reader.NeedsResponse = true;
        var not = reader.Choice("matchOperator", "IS_ONE_OF", "IS_NOT_ONE_OF") == "IS_NOT_ONE_OF";
        var values = new ValueList(reader.List("values"), reader.Flag("matchCaseSensitive"), reader.Flag("matchWildcard"));
        return run => HasType(values, run) != not;
    }

    public static Func<EvaluationRun, bool> Timeout(OptionReader reader)
    {
        reader.NeedsResponse = true;
        _ = reader.Choice("matchOperator", "ORIGIN_TIMED_OUT");
        return run => run.TimedOut;
    }

    /// <summary>Looks at the settings of the rules before it, and at what the origin's own headers forbid.</summary>
    public static Func<EvaluationRun, bool> Cacheability(OptionReader reader)
    {
        reader.NeedsResponse = true;
        var not = reader.Choice("matchOperator", "IS", "IS_NOT") == "IS_NOT";
        var kind = reader.Required("value");
        if (kind is not ("NO_STORE" or "BYPASS_CACHE" or "CACHEABLE") && !reader.Faulty)
        {
            reader.Fault("value", $"\"{kind}\" is no cache state.");
        }

        return run =>
            CacheRules.Decide(run).Kind switch
            {
                CacheKind.NoStore => kind == "NO_STORE",
                CacheKind.Bypass => kind == "BYPASS_CACHE",
                _ => kind == "CACHEABLE",
            } != not;
    }

    /// <summary>
    /// One answer is made of all stages: a stage holds when the request passes it. There is always another one, so that "not this stage" holds too.
    /// </summary>
    public static Func<EvaluationRun, bool> Stage(OptionReader reader)
    {
        var not = reader.Choice("matchOperator", "IS", "IS_NOT") == "IS_NOT";
        switch (reader.Required("value"))
        {
            case "client-request" or "client-request-body" or "content-policy":
                return _ => true;
            case "client-response" or "client-done":
                reader.NeedsResponse = true;
                return _ => true;
            case "forward-start" or "forward-request" or "forward-response":
                reader.NeedsResponse = true;
                return run => run.AsksOrigin || not;
            case "cache-hit" or "ipa-response":
                return _ => not;
            case var stage:
                if (!reader.Faulty)
                {
                    reader.Fault("value", $"\"{stage}\" is no stage.");
                }

                return _ => false;
        }
    }

    private static bool IsOneOf(ValueList values, EvaluationRun run)
    {
        Span<char> text = stackalloc char[11];
        return run.ResponseStatus.TryFormat(text, out var length, default, CultureInfo.InvariantCulture) && values.Contains(text[..length], run);
    }

    private static bool HasType(ValueList values, EvaluationRun run)
    {
        if (Fields.Find(run.ResponseHeaders, "Content-Type") is not { } type)
        {
            return false;
        }

        var parameters = type.IndexOf(';', StringComparison.Ordinal);
        return values.Contains(type, run) || (parameters >= 0 && values.Contains(type.AsSpan(0, parameters).Trim(), run));
    }
}
