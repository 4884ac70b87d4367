namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Watches the rules being applied and writes the answer that people read.</summary>
internal sealed class AnswerBuilder(CompiledRule[] rules, IReadOnlyList<EvaluationNote> notes)
{
    /// <summary>What a server answers for a host that it has no configuration for: a bad request (a choice of this project).</summary>
    public const int UnknownHostStatus = 400;

    private readonly List<MatchedRule> _matched = [];
    private readonly List<string> _unknown = [];
    private readonly OrderedDictionary<string, EffectiveSetting> _settings = new(StringComparer.Ordinal);

    /// <summary>The answer where no rule is asked.</summary>
    public static EdgeAnswer UnknownHost(EdgeRequest request) => Bare(request, UnknownHostStatus, AnswerSource.UnknownHost);

    /// <summary>The answer where it could not be found out.</summary>
    public static EdgeAnswer NotEvaluated(EdgeRequest request, EvaluationNote? why) =>
        Bare(request, 0, AnswerSource.NotEvaluated) with
        {
            Stopped = why ?? new EvaluationNote("", "The evaluation took longer than the time allowed."),
        };

    private static EdgeAnswer Bare(EdgeRequest request, int status, AnswerSource source) =>
        new(status, source, [], [], new CacheDecision(CacheKind.Bypass, null, request.Host + request.Path), null, null, [], null, null);

    /// <summary>A rule's criteria are asked.</summary>
    public void Tries(CompiledRule rule) => Meet(rule.UnknownCriteria);

    /// <summary>A rule matches: its behaviors act one by one, and each setting is told as it then is.</summary>
    public void Applies(CompiledRule rule, EvaluationRun run)
    {
        _matched.Add(rule.Place);
        Meet(rule.UnknownBehaviors);
        foreach (var behavior in rule.Behaviors)
        {
            if (run.IsOver)
            {
                return;
            }

            behavior.Act?.Invoke(run, rule.Index);
            if (behavior.Words is { } words)
            {
                var name = behavior.Setting(run);
                _settings[name] = new EffectiveSetting(name, words(run), rule.Place);
            }
        }
    }

    /// <summary>The answer, all rules being applied.</summary>
    public EdgeAnswer Build(EvaluationRun run, Outcome outcome)
    {
        var failover = outcome.Source == AnswerSource.Failover ? run.State.Fail.Value : null;
        var (kind, ttl) = failover is null && !outcome.IsEdges ? CacheRules.Decide(run) : (CacheKind.Bypass, null);
        var (path, query) = ForwardBehaviors.PathAndQuery(run);
        var asked = !run.AsksOrigin ? null : failover?.Host?.Expand(run) ?? ForwardBehaviors.Host(run);
        var forwardPath = query.Length == 0 ? path : $"{path}?{query}";
        return new EdgeAnswer(
            outcome.Status,
            outcome.Source,
            _matched,
            [.. _settings.Values],
            new CacheDecision(kind, ttl, CacheRules.Key(run)),
            asked,
            run.AsksOrigin ? failover?.Path?.Expand(run) ?? forwardPath : null,
            ResponseHeaders.Of(run, ttl),
            outcome.Source switch
            {
                AnswerSource.Redirect => run.State.Redirect.Value?.Location(run),
                AnswerSource.Failover => failover?.Location?.Invoke(run),
                _ => null,
            },
            outcome.Rule < 0 ? null : rules[outcome.Rule].Place
        )
        {
            NotEvaluated = _unknown,
            Notes = notes,
        };
    }

    private void Meet(string[] names)
    {
        foreach (var name in names)
        {
            if (!_unknown.Contains(name))
            {
                _unknown.Add(name);
            }
        }
    }
}
