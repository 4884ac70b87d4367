using System.Net;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Domain.Tests.Configuration.Evaluation;

/// <summary>Small trees and requests for tests of the evaluator.</summary>
internal static class Edge
{
    /// <summary>When test requests arrive.</summary>
    public static readonly DateTimeOffset Now = new(2025, 6, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A request for an URL without scheme and host: <c>/a/b.html?c=d</c>.</summary>
    public static EdgeRequest Get(string url, params (string Name, string Value)[] headers) => Send("GET", url, headers);

    /// <summary>The same with another method.</summary>
    public static EdgeRequest Send(string method, string url, params (string Name, string Value)[] headers)
    {
        var mark = url.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (url, "") : (url[..mark], url[(mark + 1)..]);
        return new EdgeRequest(method, "https", "www.shop.example", path, query)
        {
            Headers = Pairs(headers),
            Client = new EdgeClient(IPAddress.Parse("198.51.100.7"), "DE", "EU", "BY", 3320),
            Time = Now,
            Draw = 0.25,
        };
    }

    /// <summary>What an origin answers.</summary>
    public static OriginAnswer Origin(int status, params (string Name, string Value)[] headers) => new(status, Pairs(headers));

    /// <summary>The evaluator of a default rule with these behaviors and children, for any host.</summary>
    public static RuleEvaluator Evaluator(string behaviors, string children = "", string variables = "", EvaluationBudget? budget = null) =>
        new(
            Trees.Parse($$"""{ "name": "default", "variables": [ {{variables}} ], "behaviors": [ {{behaviors}} ], "children": [ {{children}} ] }"""),
            [],
            budget ?? EvaluationBudget.Unlimited
        );

    /// <summary>What the default rule's behaviors make of a request.</summary>
    public static EdgeAnswer Answer(EdgeRequest request, string behaviors, string children = "", string variables = "") =>
        Evaluator(behaviors, children, variables).Evaluate(request);

    /// <summary>A rule.</summary>
    public static string Rule(string name, string criteria, string behaviors, string children = "", string satisfy = "all") =>
        $$"""
            { "name": "{{name}}", "criteriaMustSatisfy": "{{satisfy}}", "criteria": [ {{criteria}} ], "behaviors": [ {{behaviors}} ],
              "children": [ {{children}} ] }
            """;

    /// <summary>A criterion or behavior.</summary>
    public static string Item(string name, string options = "") => $$"""{ "name": "{{name}}", "options": { {{options}} } }""";

    /// <summary>Whether a rule with one criterion matches.</summary>
    public static bool Matches(EdgeRequest request, string name, string options, string before = "")
    {
        var evaluator = Evaluator(before, Rule("tried", Item(name, options), Item("http2")));
        Assert.Empty(evaluator.Notes);
        return evaluator.Evaluate(request).Matched.Any(rule => rule.Path == "default / tried");
    }

    private static KeyValuePair<string, string>[] Pairs((string Name, string Value)[] headers) =>
        [.. headers.Select(header => KeyValuePair.Create(header.Name, header.Value))];
}
