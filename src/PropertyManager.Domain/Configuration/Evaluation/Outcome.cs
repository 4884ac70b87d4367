namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Who answers, with what.</summary>
/// <param name="Rule">Index of the rule that decided; -1 when none did.</param>
internal readonly record struct Outcome(int Status, AnswerSource Source, int Rule)
{
    /// <summary>Whether the edge answers without asking the origin.</summary>
    public bool IsEdges => Source is not (AnswerSource.Origin or AnswerSource.Failover);

    /// <summary>The answer of the settings so far. The order of what can answer stands at <see cref="RuleEvaluator" />.</summary>
    public static Outcome Of(EvaluationRun run, CompiledRule[] rules)
    {
        ref var state = ref run.State;
        if (state.Deny.Value is not null)
        {
            return new(403, AnswerSource.Denied, state.Deny.Rule);
        }

        var method = run.Request.Method;
        if (!(state.Method?.Allowed ?? method is "GET" or "HEAD" or "OPTIONS"))
        {
            return new(method == "POST" ? 403 : 501, AnswerSource.MethodNotAllowed, state.Method?.Rule ?? -1);
        }

        if (state.Token.Value is { Refuses: true } token && token.Check(run) != TokenRules.Success)
        {
            return new(403, AnswerSource.Denied, state.Token.Rule);
        }

        var (redirect, construct) = (state.Redirect, state.Construct);
        if (redirect.Value is not null && (construct.Value is null || redirect.Turn > construct.Turn))
        {
            return new(redirect.Value.Status, AnswerSource.Redirect, redirect.Rule);
        }

        if (construct.Value is not null)
        {
            // As publicly documented: a longer body is not sent.
            var tooLong = construct.Value.Body.Expand(run).Length > 2000;
            return new(tooLong ? 500 : construct.Value.Status, AnswerSource.Constructed, construct.Rule);
        }

        var failed = run.TimedOut || run.ResponseStatus >= 500;
        if (state.Fail.Value is { } fail && run.AsksOrigin && (failed || rules[state.Fail.Rule].NeedsResponse))
        {
            return new(fail.Status, AnswerSource.Failover, state.Fail.Rule);
        }

        return new(run.ResponseStatus, AnswerSource.Origin, -1);
    }
}
