namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Behaviors that say whether and by which key an object is kept.</summary>
internal static class CachingBehaviors
{
    public static Action<EvaluationRun, int> Errors(OptionReader reader)
    {
        var errors = new ErrorCaching(reader.Flag("enabled", fallback: true), reader.Duration("ttl", "10s"));
        return (run, rule) => run.State.CacheError = new(errors, rule, ++run.Turn);
    }

    public static Action<EvaluationRun, int> IgnoreCase(OptionReader reader)
    {
        var on = reader.Flag("enabled", fallback: true);
        return (run, _) => run.State.KeyIgnoresCase = on;
    }

    public static Action<EvaluationRun, int> RemoveVary(OptionReader reader)
    {
        var on = reader.Flag("enabled", fallback: true);
        return (run, _) => run.State.IgnoresVary = on;
    }

    public static Action<EvaluationRun, int> Post(OptionReader reader)
    {
        var on = reader.Flag("enabled", fallback: true);
        return (run, _) => run.State.CachesPost = on;
    }

    public static Action<EvaluationRun, int> Redirects(OptionReader reader)
    {
        var on = reader.Flag("enabled", fallback: true);
        return (run, _) => run.State.CachesRedirects = on;
    }

    /// <summary>Adds to the key; several add up. Parts that leave query parameters out are said by <c>cacheKeyQueryParams</c>.</summary>
    public static Action<EvaluationRun, int> KeyPart(OptionReader reader)
    {
        var rule = reader.Choice(
            "rule",
            [
                "INCLUDE_QUERY_PARAMS",
                "INCLUDE_COOKIES",
                "INCLUDE_HEADERS",
                "EXCLUDE_QUERY_PARAMS",
                "INCLUDE_ALL_QUERY_PARAMS",
                "INCLUDE_VARIABLE",
                "INCLUDE_URL",
            ]
        );
        var value = reader.Flag("includeValue", fallback: true);
        string[] elements = [.. reader.List("elements", optional: true).Select(element => element.Constant ?? "")];
        var variable = reader.Text("variableName");
        var number = rule == "INCLUDE_VARIABLE" ? reader.Scope.Variable(variable) : -1;
        return (run, _) =>
        {
            if (!run.Tracing)
            {
                return;
            }

            if (number >= 0)
            {
                run.KeyParts.Add($"{variable}={run.Variables[number]}");
            }

            foreach (var element in elements)
            {
                if (Find(run, rule, element) is { } found)
                {
                    run.KeyParts.Add(value ? $"{element}={found}" : element);
                }
            }
        };
    }

    private static string? Find(EvaluationRun run, string rule, string element) =>
        rule switch
        {
            "INCLUDE_QUERY_PARAMS" => Fields.Parameter(run.Request.Query, element),
            "INCLUDE_COOKIES" => Fields.Cookie(run.Request.Headers, element),
            "INCLUDE_HEADERS" => run.Header(element),
            _ => null,
        };
}
