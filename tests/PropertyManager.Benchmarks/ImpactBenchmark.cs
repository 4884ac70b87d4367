using System.Diagnostics;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Benchmarks;

/// <summary>
/// What the Activate tab shows before an activation: two versions of 300 rules are compiled, a property's audience becomes 10,000 requests, and both
/// versions answer all of them. The floor is the same number of requests, made and counted by their path, without a rule.
/// </summary>
internal static class ImpactBenchmark
{
    private const int Runs = 9;

    private static readonly HostnameEntry[] Hostnames = [new("www.shop.example", "www.shop.example.edgekey.net")];

    private static readonly TrafficProfile Traffic = new(
        8000,
        new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["DE"] = 0.3,
            ["US"] = 0.3,
            ["FR"] = 0.2,
            ["JP"] = 0.1,
            ["BR"] = 0.1,
        },
        new(0.93, 0.05, 0.015, 0.005)
    );

    private static readonly AudienceRequest[] Audience =
    [
        .. Enumerable
            .Range(0, 40)
            .Select(i => new AudienceRequest(1 + (i % 7), $"/section-{i}/part-{i % 12}/item.{(i % 3 == 0 ? "js" : "html")}?page={i}")),
    ];

    public static Task<IReadOnlyList<Figure>> RunAsync()
    {
        var before = EvaluatorBenchmark.Tree();
        var after = before.Insert(
            RuleTreeEdits.DefaultRule,
            int.MaxValue,
            new Rule("Geo-block")
            {
                Criteria =
                [
                    new("userLocation", OptionSet.Parse("""{ "field": "COUNTRY", "matchOperator": "IS_ONE_OF", "countryValues": [ "JP" ] }""")),
                ],
                Behaviors = [new("denyAccess", OptionSet.Parse("""{ "enabled": true, "reason": "geo" }"""))],
            }
        );
        TrafficImpact? impact = null;
        var counted = 0;
        Action[] works =
        [
            () =>
                impact = TrafficImpact.Between(
                    new RuleEvaluator(before, Hostnames, EvaluationBudget.Unlimited),
                    new RuleEvaluator(after, Hostnames, EvaluationBudget.Unlimited),
                    Sample()
                ),
            () => counted += Sample().CountBy(request => request.Path, StringComparer.Ordinal).Count(),
        ];
        // The first time is what a person meets who looks at the first preview of a process.
        var first = Seconds(works[0]);
        var rounds = Enumerable.Range(0, Runs).Select(_ => works.Select(Seconds).Order().ToArray()).ToList();
        var whole = rounds.Select(round => round[^1]).Order().ToArray();
        var floor = rounds.Min(round => round[0]);
        Console.WriteLine(
            $"{before.Rules().Count()} rules, {impact!.Requests} requests of {Audience.Length} kinds, {impact.Changed:0.0 %} changed, {counted / Runs} paths; {Runs} runs\n"
        );
        return Task.FromResult<IReadOnlyList<Figure>>([
            new("impact of a version, the first in a process", first * 1000, "ms", Most: 500),
            new("impact of a version, median", whole[Runs / 2] * 1000, "ms", Most: 500),
            new("floor: the requests made and counted", floor * 1000, "ms"),
            new("in floors", whole[Runs / 2] / floor, "x"),
        ]);

        static IReadOnlyList<EdgeRequest> Sample() => TrafficAudience.Sample(Traffic, Audience, Hostnames, DateTimeOffset.UnixEpoch);
    }

    private static double Seconds(Action work)
    {
        var began = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
