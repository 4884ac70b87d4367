using System.Diagnostics;
using System.Net;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Benchmarks;

/// <summary>
/// A tree of 300 rules deciding mixed requests on one core. Beside it, from the same run, two floors: as many dictionary look-ups a request as there
/// are rules, which a machine that asks each rule one question would stand on, and a single look-up.
/// </summary>
internal static class EvaluatorBenchmark
{
    private const int Rules = 300;
    private const int Requests = 100_000;
    private const int Runs = 9;

    private static readonly string[] Extensions = ["css", "js", "png", "jpg", "svg", "woff2", "html", "json", "mp4", ""];
    private static readonly string[] Countries = ["DE", "US", "FR", "JP", "BR", "IN"];

    public static Task<IReadOnlyList<Figure>> RunAsync()
    {
        var evaluator = new RuleEvaluator(Tree(), [new("www.shop.example", "www.shop.example.edgekey.net")], EvaluationBudget.Unlimited);
        var requests = Enumerable.Range(0, Requests).Select(Request).ToArray();

        var statuses = new Dictionary<int, int>();
        foreach (var request in requests)
        {
            var status = evaluator.Decide(request)!.Value.Status;
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }
        var matched = requests.Take(1000).Average(request => evaluator.Evaluate(request).Matched.Count);
        Console.WriteLine(
            $"{Rules} rules, {Requests} requests, {matched:0.#} rules match one; statuses {string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}"))}; fastest of {Runs} runs\n"
        );

        var checksum = 0L;
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var request in requests)
            checksum += evaluator.Decide(request)!.Value.Status;
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Requests;

        string[] keys = [.. Enumerable.Range(0, Rules).Select(i => $"/section-{i}/index.html")];
        var paths = keys.Index().ToDictionary(key => key.Item, key => key.Index, StringComparer.Ordinal);
        Action[] works =
        [
            () =>
            {
                foreach (var request in requests)
                    checksum += evaluator.Decide(request)!.Value.Rule;
            },
            () =>
            {
                for (var i = 0; i < Requests; i++)
                    foreach (var key in keys)
                        checksum += paths[key];
            },
            () =>
            {
                for (var i = 0; i < Requests; i++)
                    checksum += paths[keys[i % Rules]];
            },
            () =>
            {
                foreach (var request in requests)
                    checksum += evaluator.Evaluate(request).Status;
            },
        ];
        // Turn about, so that whatever else the machine does meanwhile falls on all of them; the fastest run is the one that had the core to itself.
        var rounds = Enumerable.Range(0, Runs).Select(_ => works.Select(Seconds).ToArray()).ToList();
        var (decide, many, one, evaluate) = (Fastest(0), Fastest(1), Fastest(2), Fastest(3));
        double Fastest(int work) => rounds.Min(round => round[work]);
        if (checksum == 0)
            throw new InvalidOperationException("Nothing was decided.");
        return Task.FromResult<IReadOnlyList<Figure>>([
            new("requests decided on one core", Requests / decide, "1/s", Least: 100_000),
            new("one decision", decide / Requests * 1e6, "µs"),
            new($"floor: {Rules} dictionary look-ups", many / Requests * 1e6, "µs"),
            new("floor: one dictionary look-up", one / Requests * 1e6, "µs"),
            new($"one decision in floors of {Rules}", decide / many, "x"),
            new("one decision in floors of one", decide / one, "x"),
            new("allocated for one decision", allocated, "B"),
            new("requests evaluated with trace on one core", Requests / evaluate, "1/s"),
        ]);
    }

    /// <summary>In groups of ten below a rule for a section, as people write them, with the kinds of criteria and behaviors of the demo's trees.</summary>
    internal static RuleTree Tree()
    {
        var groups = Enumerable.Range(0, (Rules - 1) / 10).Select(Group).ToList();
        var left = Rules - 1 - groups.Sum(group => 1 + group.Children.Count);
        groups.AddRange(Enumerable.Range(0, left).Select(i => Leaf(groups.Count, i)));
        return new RuleTree(
            new Rule("default")
            {
                Behaviors =
                [
                    Do("origin", """{ "originType": "CUSTOMER", "hostname": "origin.shop.example" }"""),
                    Do("cpCode", """{ "value": { "id": 12345 } }"""),
                    Do("caching", """{ "behavior": "NO_STORE" }"""),
                    Do("allowPost", """{ "enabled": true }"""),
                ],
                Children = groups,
            }
        );
    }

    /// <summary>Every second section is open to all paths, so that its rules are all asked.</summary>
    private static Rule Group(int number) =>
        new($"Section {number}")
        {
            Criteria =
            [
                When("path", $$"""{ "matchOperator": "MATCHES_ONE_OF", "values": [ "{{(number % 2 == 0 ? "/*" : $"/section-{number}/*")}}" ] }"""),
            ],
            Children = [.. Enumerable.Range(0, 9).Select(i => Leaf(number, i))],
        };

    private static Rule Leaf(int group, int number)
    {
        var path = When(
            "path",
            $$"""{ "values": [ "/section-{{group}}/part-{{number}}/*", "*/legacy-{{number}}/*" ], "matchCaseSensitive": false }"""
        );
        var (criteria, behavior) = number switch
        {
            0 => ([When("fileExtension", """{ "values": [ "css", "js", "png", "jpg", "svg", "woff2" ] }""")], Caching),
            1 => ([path, When("requestMethod", """{ "value": "POST" }""")], Do("denyAccess", """{ "enabled": true, "reason": "x" }""")),
            2 => ([path, When("userLocation", """{ "field": "COUNTRY", "countryValues": [ "DE", "FR" ] }""")], Header),
            3 => ([When("requestHeader", """{ "headerName": "X-Staff", "matchOperator": "EXISTS" }"""), path], Header),
            4 => ([path], Do("redirect", """{ "destinationPath": "OTHER", "destinationPathOther": "/", "responseCode": 301 }""")),
            5 => ([When("requestCookie", """{ "cookieName": "session", "matchOperator": "EXISTS" }"""), path], Caching),
            6 => ([When("queryStringParameter", """{ "parameterName": "preview", "values": [ "1" ] }"""), path], Caching),
            7 => ([When("matchResponseCode", """{ "values": [ "503" ] }"""), path], Do("failAction", """{ "enabled": true }""")),
            _ => ((Criterion[])[path], Caching),
        };
        return new Rule($"Rule {number}") { Criteria = criteria, Behaviors = [behavior] };
    }

    private static Behavior Caching => Do("caching", """{ "behavior": "MAX_AGE", "ttl": "7d" }""");

    private static Behavior Header =>
        Do("modifyOutgoingResponseHeader", """{ "action": "MODIFY", "customHeaderName": "X-Section", "newHeaderValue": "{{builtin.AK_PATH}}" }""");

    private static Criterion When(string name, string options) => new(name, OptionSet.Parse(options));

    private static Behavior Do(string name, string options) => new(name, OptionSet.Parse(options));

    internal static EdgeRequest Request(int number)
    {
        var random = new Random(number);
        var extension = Extensions[random.Next(Extensions.Length)];
        var path = $"/section-{random.Next(40)}/part-{random.Next(12)}/item-{number}{(extension.Length == 0 ? "" : $".{extension}")}";
        var headers = new List<KeyValuePair<string, string>>
        {
            new("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"),
            new("Accept", "*/*"),
            new("Accept-Encoding", "gzip, br"),
        };
        if (random.Next(3) == 0)
            headers.Add(new("Cookie", "theme=dark; session=abc; lang=de"));
        var post = random.Next(10) == 0;
        return new EdgeRequest(post ? "POST" : "GET", "https", "www.shop.example", path, random.Next(4) == 0 ? "page=2&preview=1" : "")
        {
            Headers = headers,
            Client = new EdgeClient(new IPAddress(random.Next()), Countries[random.Next(Countries.Length)], "EU"),
            Draw = random.NextDouble(),
            Origin = random.Next(50) == 0 ? new OriginAnswer(503, []) : OriginAnswer.Ok,
        };
    }

    private static double Seconds(Action work)
    {
        var began = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
