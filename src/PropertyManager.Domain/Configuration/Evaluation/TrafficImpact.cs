using System.Net;
using System.Runtime.InteropServices;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>What a version does to a property's traffic, against the version that serves it now: the same requests, evaluated by both.</summary>
/// <param name="Requests">How many stand for all traffic.</param>
/// <param name="Evaluated">How many of these were evaluated by both in time: what all else is said of, at most <paramref name="Requests" />.</param>
/// <param name="Before">How the version that serves now answers them.</param>
/// <param name="After">How the new one does.</param>
/// <param name="Changed">Share of the requests whose status changes, 0 to 1.</param>
/// <param name="ByCountry">Where they come from; the most changed first.</param>
/// <param name="ByPath">What they ask for; the most changed first.</param>
/// <param name="Causes">Which rules change a status; the greatest first.</param>
public sealed record TrafficImpact(
    int Requests,
    int Evaluated,
    StatusMix Before,
    StatusMix After,
    double Changed,
    IReadOnlyList<ImpactPart> ByCountry,
    IReadOnlyList<ImpactPart> ByPath,
    IReadOnlyList<ImpactCause> Causes
)
{
    /// <summary>Expressions that took too long on some request; empty where none did.</summary>
    public IReadOnlyList<EvaluationNote> TooSlow { get; init; } = [];

    /// <summary>Share of the requests that was evaluated, 0 to 1; 1 where there are none.</summary>
    public double EvaluatedShare => Requests == 0 ? 1 : (double)Evaluated / Requests;

    /// <summary>
    /// Evaluates the requests by both versions, one after the other, as far as the evaluators' budget goes. A request that one of them could not
    /// evaluate counts for neither.
    /// </summary>
    /// <param name="before">The version that serves now.</param>
    /// <param name="after">The one that is to take its place; the same one where it is to answer all requests.</param>
    /// <param name="requests">Each stands for the same share of the traffic, and so do the first of them for all: <see cref="TrafficAudience" />.</param>
    public static TrafficImpact Between(RuleEvaluator before, RuleEvaluator after, IReadOnlyList<EdgeRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(requests);
        int[] old = new int[6],
            next = new int[6];
        var (evaluated, changed, isSame) = (0, 0, ReferenceEquals(before, after));
        var countries = new Dictionary<string, Tally>(StringComparer.Ordinal);
        var paths = new Dictionary<string, Tally>(StringComparer.Ordinal);
        var causes = new Dictionary<(int Rule, bool IsAfter, int From, int To), (int Count, EdgeRequest Example)>();
        var (olds, news) = (new KnownDecisions(before), new KnownDecisions(after));
        foreach (var request in requests)
        {
            var kind = request with { Client = request.Client with { Address = IPAddress.None }, Draw = 0 };
            if (olds.Of(request, kind) is not var (from, oldRule) || (isSame ? (from, oldRule) : news.Of(request, kind)) is not var (to, newRule))
            {
                continue;
            }

            evaluated++;
            old[Class(from)]++;
            next[Class(to)]++;
            Count(countries, request.Client.Country, from, to);
            Count(paths, request.Path, from, to);
            if (from == to)
            {
                continue;
            }

            changed++;
            // Who answers now is to blame; where it is the origin, a rule that answered before does not any more.
            var key = newRule >= 0 ? (newRule, true, from, to) : (oldRule, false, from, to);
            ref var cause = ref CollectionsMarshal.GetValueRefOrAddDefault(causes, key, out var known);
            cause = (cause.Count + 1, known ? cause.Example : request);
        }

        double all = Math.Max(1, evaluated);
        return new TrafficImpact(
            requests.Count,
            evaluated,
            Mix(old, all),
            Mix(next, all),
            changed / all,
            Parts(countries, all),
            Parts(paths, all),
            [.. causes.OrderByDescending(cause => cause.Value.Count).Select(cause => Cause(cause.Key, cause.Value.Example, cause.Value.Count / all))]
        )
        {
            TooSlow = [.. new[] { before.TooSlow, after.TooSlow }.OfType<EvaluationNote>().Distinct()],
        };

        ImpactCause Cause((int Rule, bool IsAfter, int From, int To) key, EdgeRequest example, double share) =>
            new(key.Rule < 0 ? null : (key.IsAfter ? after : before).RuleAt(key.Rule), key.IsAfter, key.From, key.To, share, example);
    }

    // 1xx do not end a request: none is counted. What is no status at all counts as a server's error.
    private static int Class(int status) => status / 100 is >= 2 and <= 5 and var known ? known : 5;

    private static StatusMix Mix(int[] classes, double all) => new(classes[2] / all, classes[3] / all, classes[4] / all, classes[5] / all);

    private static void Count(Dictionary<string, Tally> tallies, string name, int from, int to)
    {
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(tallies, name, out _);
        tally.All++;
        tally.Changed += from == to ? 0 : 1;
        tally.ErrorsBefore += from >= 400 ? 1 : 0;
        tally.ErrorsAfter += to >= 400 ? 1 : 0;
    }

    private static IReadOnlyList<ImpactPart> Parts(Dictionary<string, Tally> tallies, double all) =>
        [
            .. tallies
                .Select(pair => new ImpactPart(
                    pair.Key,
                    pair.Value.All / all,
                    (double)pair.Value.Changed / pair.Value.All,
                    (double)pair.Value.ErrorsBefore / pair.Value.All,
                    (double)pair.Value.ErrorsAfter / pair.Value.All
                ))
                .OrderByDescending(part => part.Changed * part.Share)
                .ThenByDescending(part => part.Share)
                .ThenBy(part => part.Name, StringComparer.Ordinal),
        ];

    /// <summary>What an evaluator has decided of requests that differ in nothing that it asked for: most of a sample.</summary>
    private sealed class KnownDecisions(RuleEvaluator evaluator)
    {
        private readonly Dictionary<EdgeRequest, (int Status, int Rule)> _known = [];

        /// <summary>Null where the request could not be evaluated in time: once the budget is spent, or the rest would be no fair sample.</summary>
        /// <param name="request">The request.</param>
        /// <param name="kind">It without what differs from client to client of a country.</param>
        public (int Status, int Rule)? Of(EdgeRequest request, EdgeRequest kind)
        {
            if (evaluator.IsSpent)
            {
                return null;
            }

            if (_known.TryGetValue(kind, out var known))
            {
                return known;
            }

            if (evaluator.Decide(request, out var dependsOnClient) is not { } decision)
            {
                return null;
            }

            if (!dependsOnClient)
            {
                _known[kind] = decision;
            }

            return decision;
        }
    }

    private struct Tally
    {
        public int All;
        public int Changed;
        public int ErrorsBefore;
        public int ErrorsAfter;
    }
}

/// <summary>A part of the traffic. All shares are 0 to 1.</summary>
/// <param name="Name">A country's code, or a path.</param>
/// <param name="Share">Of all requests.</param>
/// <param name="Changed">Of its requests, those whose status changes.</param>
/// <param name="ErrorsBefore">Of its requests, those that are answered with 4xx or 5xx now.</param>
/// <param name="ErrorsAfter">And with the new version.</param>
public sealed record ImpactPart(string Name, double Share, double Changed, double ErrorsBefore, double ErrorsAfter);

/// <summary>Why statuses change.</summary>
/// <param name="Rule">The rule that decides; null where neither version has one that does.</param>
/// <param name="IsAfter">It is a rule of the new version; otherwise of the old one, and it does not decide any more.</param>
/// <param name="From">Status now.</param>
/// <param name="To">Status with the new version.</param>
/// <param name="Share">Of all requests, 0 to 1.</param>
/// <param name="Example">One of them, to try.</param>
public sealed record ImpactCause(MatchedRule? Rule, bool IsAfter, int From, int To, double Share, EdgeRequest Example);
