namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>
/// A version's rules, made ready to be applied to requests: what an edge server that has the version would do. Pure: the same request gets the
/// same answer. Made once a version, and used by any number of threads.
/// </summary>
/// <remarks>
/// <para>
/// <b>Stages.</b> First the request: rules that do not ask about the response, nor stand below one that does, are tried in tree order. Their
/// settings say whether the edge answers by itself. Then the response: the others are tried, with what the origin answers, or the edge's own
/// answer where it gave one; settings are made anew by all matching rules in tree order, so that a later rule wins whatever its stage. Criteria
/// see the request and the origin's headers as they came, never as other behaviors change them. A cache hit is not modelled: the object is
/// taken to be fetched.
/// </para>
/// <para>
/// <b>Who answers</b>, first that applies: an unknown host, 400; <c>denyAccess</c>, 403; a method that is not allowed, 403 for POST and 501
/// for others, as publicly documented (GET, HEAD and OPTIONS are allowed unless a rule refuses them); a token that is missing or bad, 403; of
/// redirect and constructed response the one that was set later (sources do not say which wins); <c>failAction</c>, where the origin timed out or
/// gave 500 or more, or where its rule asked about the response; the origin.
/// </para>
/// <para>
/// <b>What cannot be read</b> has no effect: a criterion then never matches, negated or not, and a behavior does not act
/// (<see cref="EdgeAnswer.Notes" />). No tree and no request makes an evaluation throw.
/// </para>
/// <para>
/// <b>What takes too long</b> is not evaluated: once the budget is spent, or where a regular expression takes longer than 20 ms on a request, there is
/// no answer, and none is made up.
/// </para>
/// </remarks>
public sealed class RuleEvaluator
{
    private readonly CompiledRule[] _rules;
    private readonly EvaluationBudget _budget;
    private readonly CompileScope _scope;
    private readonly HostnameLookup _hostnames;
    private readonly bool _hasResponseRules;
    private EvaluationRun? _spare;

    /// <summary>Compiles the rules.</summary>
    /// <param name="rules">The tree; names that are not described are passed over (<see cref="EdgeAnswer.NotEvaluated" />).</param>
    /// <param name="hostnames">The property's own; empty for any host.</param>
    /// <param name="budget">How long compiling, and everything that is evaluated with it, may take together.</param>
    public RuleEvaluator(RuleTree rules, IReadOnlyList<HostnameEntry> hostnames, EvaluationBudget budget)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(hostnames);
        ArgumentNullException.ThrowIfNull(budget);
        _budget = budget;
        _scope = new CompileScope(budget);
        _rules = RuleCompiler.Compile(rules, _scope);
        Notes = [.. _scope.Notes];
        _hasResponseRules = Array.Exists(_rules, rule => rule.NeedsResponse);
        _hostnames = new HostnameLookup(hostnames.Select(hostname => hostname.CnameFrom));
    }

    /// <summary>Whether the budget is spent: nothing more is evaluated.</summary>
    internal bool IsSpent => _budget.IsSpent;

    /// <summary>What could not be read in the tree, whatever is asked; in its order.</summary>
    public IReadOnlyList<EvaluationNote> Notes { get; }

    /// <summary>The first expression that took too long on a request; null while none did.</summary>
    public EvaluationNote? TooSlow { get; private set; }

    /// <summary>The whole answer, with its trace: for people.</summary>
    public EdgeAnswer Evaluate(EdgeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_budget.IsSpent)
        {
            return AnswerBuilder.NotEvaluated(request, why: null);
        }

        if (!Serves(request.Host))
        {
            return AnswerBuilder.UnknownHost(request);
        }

        var run = Rent(request, tracing: true);
        var trace = new AnswerBuilder(_rules, Notes);
        var answer = trace.Build(run, Apply(run, trace));
        answer = run.IsStopped ? AnswerBuilder.NotEvaluated(request, run.StoppedBy) : answer with { Hostname = _hostnames.Find(request.Host) };
        Return(run);
        return answer;
    }

    /// <summary>
    /// Status and the rule that decided it (index into <see cref="RuleTree.Rules" />; -1 when none did: the origin, an unknown host, or a method that
    /// no rule speaks of) only: for many requests at once. Null where it could not be found out in time.
    /// </summary>
    public (int Status, int Rule)? Decide(EdgeRequest request) => Decide(request, out _);

    /// <inheritdoc cref="Decide(EdgeRequest)" />
    /// <param name="request">The request.</param>
    /// <param name="dependsOnClient">Whether another address or draw might change the answer.</param>
    internal (int Status, int Rule)? Decide(EdgeRequest request, out bool dependsOnClient)
    {
        ArgumentNullException.ThrowIfNull(request);
        dependsOnClient = false;
        if (_budget.IsSpent)
        {
            return null;
        }

        if (!Serves(request.Host))
        {
            return (AnswerBuilder.UnknownHostStatus, -1);
        }

        var run = Rent(request, tracing: false);
        var outcome = Apply(run, null);
        var isStopped = run.IsStopped;
        dependsOnClient = run.DependsOnClient;
        Return(run);
        return isStopped ? null : (outcome.Status, outcome.Rule);
    }

    /// <summary>The rule that <see cref="Decide" /> names; null where it names none.</summary>
    public MatchedRule? RuleAt(int index) => index < 0 ? null : _rules[index].Place;

    private bool Serves(string host) => _hostnames.IsEmpty || _hostnames.Find(host) is not null;

    private Outcome Apply(EvaluationRun run, AnswerBuilder? trace)
    {
        ApplyToRequest(run);
        var outcome = Outcome.Of(run, _rules);
        if (outcome.IsEdges)
        {
            run.AnswerAtEdge(outcome.Status);
        }

        if (!_hasResponseRules && trace is null)
        {
            return outcome;
        }

        run.Restart();
        ApplyAll(run, trace);
        var final = Outcome.Of(run, _rules);
        // A rule about the response comes too late to let through what the request was refused for: the origin was never asked.
        return outcome.IsEdges && !final.IsEdges ? outcome : final;
    }

    private void ApplyToRequest(EvaluationRun run)
    {
        var i = 0;
        while (i < _rules.Length)
        {
            var rule = _rules[i];
            if (rule.NeedsResponse || !rule.Matches(run))
            {
                i = rule.End;
                continue;
            }

            run.Matched[i++] = true;
            rule.Act(run);
        }
    }

    private void ApplyAll(EvaluationRun run, AnswerBuilder? trace)
    {
        var i = 0;
        while (i < _rules.Length)
        {
            var rule = _rules[i];
            trace?.Tries(rule);
            if (!(rule.NeedsResponse ? rule.Matches(run) : run.Matched[i]))
            {
                i = rule.End;
                continue;
            }

            run.Matched[i++] = true;
            if (trace is not null)
            {
                trace.Applies(rule, run);
                continue;
            }

            rule.Act(run);
        }
    }

    /// <summary>One object waits for the next request; threads that come meanwhile make their own.</summary>
    private EvaluationRun Rent(EdgeRequest request, bool tracing)
    {
        var run = Interlocked.Exchange(ref _spare, null) ?? new EvaluationRun(_rules.Length, _scope.InitialValues, _budget);
        run.Begin(request, tracing);
        return run;
    }

    private void Return(EvaluationRun run)
    {
        TooSlow ??= run.StoppedBy;
        run.End();
        Volatile.Write(ref _spare, run);
    }
}
