namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Behaviors that answer the client at the edge: access, methods, responses made of options.</summary>
internal static class AnswerBehaviors
{
    /// <summary>A later <c>enabled: false</c> takes an earlier denial back.</summary>
    public static Action<EvaluationRun, int> Deny(OptionReader reader)
    {
        var reason = reader.Flag("enabled", fallback: true) ? reader.Text("reason") : null;
        return (run, rule) => run.State.Deny = new(reason, rule, ++run.Turn);
    }

    /// <summary>Allows or refuses one method.</summary>
    public static Action<EvaluationRun, int> Allow(OptionReader reader, string method)
    {
        var allowed = reader.Flag("enabled", fallback: true);
        return (run, rule) =>
        {
            if (run.Request.Method == method)
            {
                run.State.Method = new MethodRule(allowed, rule);
            }
        };
    }

    public static Action<EvaluationRun, int> Construct(OptionReader reader)
    {
        var status = reader.Status("responseCode", 200, number => number is >= 200 and <= 599);
        var response = reader.Flag("enabled", fallback: true) ? new Construction(status, reader.Template("body")) : null;
        return (run, rule) => run.State.Construct = new(response, rule, ++run.Turn);
    }
}
