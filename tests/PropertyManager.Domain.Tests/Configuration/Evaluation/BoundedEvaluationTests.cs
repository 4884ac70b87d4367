using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Domain.Configuration.Search;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Domain.Tests.Configuration.Evaluation;

/// <summary>What an evaluation may cost, and what it says where it did not get through.</summary>
public sealed class BoundedEvaluationTests
{
    /// <summary>No engine gets through a long path with it.</summary>
    private const string Slow = "^(([a-z/]{0,60}){0,60}){0,60}zz$";

    private static readonly string LongPath = "/" + string.Concat(Enumerable.Repeat("abcdefghij/", 12));

    private static readonly HostnameEntry[] Hostnames = [new("www.shop.example", "www.edgekey.net")];

    private static readonly TrafficProfile Traffic = new(
        2000,
        new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["US"] = 0.5,
            ["DE"] = 0.3,
            ["GB"] = 0.2,
        },
        new(0.9, 0.06, 0.03, 0.01)
    );

    private static readonly AudienceRequest[] Audience = [new(1, "/a"), new(2, "/b"), new(3, "/c"), new(4, "/d")];

    public static TheoryData<string, string> Expressions =>
        new()
        {
            { Edge.Item("regularExpression", $$""" "matchString": "{{LongPath}}", "regex": "{{Slow}}" """), Edge.Item("denyAccess") },
            {
                "",
                Edge.Item(
                    "setVariable",
                    $$""" "variableName": "A", "variableValue": "{{LongPath}}", "transform": "SUBSTITUTE", "regex": "{{Slow}}" """
                )
            },
            {
                "",
                Edge.Item(
                    "modifyIncomingResponseHeader",
                    $$""" "action": "ADD", "customHeaderName": "Cache-Control", "headerValue": "{{LongPath}}" """
                )
                    + ","
                    + Edge.Item(
                        "modifyIncomingResponseHeader",
                        $$""" "action": "REGEX", "customHeaderName": "Cache-Control", "regexHeaderMatch": "{{Slow}}" """
                    )
            },
            { "", Edge.Item("rewriteUrl", $$""" "behavior": "REGEX_REPLACE", "matchRegex": "{{Slow}}" """) },
        };

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_that_takes_too_fillergives_no_answer_and_names_its_place(string criteria, string behaviors)
    {
        var evaluator = Edge.Evaluator("", Edge.Rule("r", criteria, behaviors));

        for (var i = 0; i < 5; i++)
        {
            var answer = evaluator.Evaluate(Edge.Get(LongPath));
            Assert.Equal((AnswerSource.NotEvaluated, 0), (answer.Source, answer.Status));
            Assert.StartsWith("/rules/children/0/", answer.Stopped?.Pointer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_slow_expression_is_unknown_for_many_requests_and_not_taken_for_no_match()
    {
        var rule = Edge.Rule(
            "r",
            Edge.Item("path", """ "values": [ "/slow/*" ] """)
                + ","
                + Edge.Item("regularExpression", $$""" "matchString": "{{LongPath}}", "regex": "{{Slow}}" """),
            Edge.Item("denyAccess")
        );
        var evaluator = Edge.Evaluator("", rule);

        Assert.Null(evaluator.Decide(Edge.Get("/slow/a")));
        Assert.Equal((200, -1), evaluator.Decide(Edge.Get("/quick")));
        Assert.Equal("/rules/children/0/criteria/1/options/regex", evaluator.TooSlow?.Pointer);
    }

    [Fact]
    public void An_expression_that_took_too_long_three_times_is_not_run_any_more()
    {
        var clock = Stopwatch.StartNew();
        // Three runs take a fraction of a second, one for each request would take 40 s.
        var budget = new EvaluationBudget(() => clock.Elapsed > TimeSpan.FromSeconds(10));
        var expression = Edge.Item("regularExpression", $$""" "matchString": "{{LongPath}}", "regex": "{{Slow}}" """);
        var evaluator = Edge.Evaluator("", Edge.Rule("r", expression, Edge.Item("denyAccess")), budget: budget);

        for (var i = 0; i < 1_000; i++)
        {
            Assert.Null(evaluator.Decide(Edge.Get("/a")));
        }

        Assert.False(budget.IsSpent);
    }

    [Fact]
    public void A_nested_repetition_that_an_automaton_takes_seconds_for_is_stopped_too()
    {
        // Within the size limit of the framework's automaton, which looks at the clock every thousand characters only.
        var expression = Edge.Item("regularExpression", """ "matchString": "{{builtin.AK_PATH}}", "regex": "^(([a-z/]{0,10}){0,10}){0,10}zz$" """);

        Assert.Null(Edge.Evaluator("", Edge.Rule("r", expression, Edge.Item("denyAccess"))).Decide(Edge.Get(LongPath)));
    }

    [Fact]
    public void With_the_budget_spent_nothing_is_compiled_and_nothing_evaluated()
    {
        var asked = 0;
        var spent = new EvaluationBudget(() => ++asked > 0);
        var expression = Edge.Item("regularExpression", """ "matchString": "{{builtin.AK_PATH}}", "regex": "a" """);
        var evaluator = Edge.Evaluator("", Edge.Rule("r", expression, Edge.Item("denyAccess")), budget: spent);

        Assert.Null(evaluator.Decide(Edge.Get("/a")));
        Assert.Equal(AnswerSource.NotEvaluated, evaluator.Evaluate(Edge.Get("/a")).Source);
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData("criteria")]
    [InlineData("behaviors")]
    [InlineData("patterns")]
    public void The_budget_ends_an_evaluation_in_the_middle_of_a_request(string what)
    {
        const int many = 2_000;
        var (isReady, asked) = (false, 0);
        var budget = new EvaluationBudget(() => isReady && ++asked > 3);
        var pattern = $"\"*{new string('?', 70)}!*\"";
        var rule = what switch
        {
            "criteria" => Edge.Rule("r", Repeat(Edge.Item("requestMethod", """ "value": "GET" """)), Edge.Item("denyAccess")),
            "behaviors" => Edge.Rule("r", "", Repeat(Edge.Item("allowPost"))),
            _ => Edge.Rule("r", Edge.Item("path", $$""" "values": [ {{Repeat(pattern)}} ] """), Edge.Item("denyAccess")),
        };
        var evaluator = Edge.Evaluator("", rule, budget: budget);
        isReady = true;

        Assert.Null(evaluator.Decide(Edge.Get(LongPath)));
        Assert.Equal(4, asked);

        static string Repeat(string item) => string.Join(',', Enumerable.Repeat(item, many));
    }

    [Fact]
    public void An_impact_over_budget_is_of_the_requests_that_were_evaluated()
    {
        var requests = Sample();
        var looks = 0;
        // Both versions look once a request, and once more at the first of each kind.
        var budget = new EvaluationBudget(() => looks++ >= 2 * 1200 + 4);

        var impact = TrafficImpact.Between(Version(budget), Version(budget, Denies("/d")), requests);

        Assert.InRange(impact.Evaluated, 1100, 1200);
        Assert.Equal((TrafficAudience.SampleSize, impact.Evaluated / 10_000.0), (impact.Requests, impact.EvaluatedShare));
        Assert.Equal(0.4, impact.Changed, 0.01);
        Assert.Equal(1, impact.After.Ok2xx + impact.After.Redirect3xx + impact.After.ClientError4xx + impact.After.ServerError5xx, 1e-9);
        Assert.Equal(0.93 * 0.4 + 0.03, impact.After.ClientError4xx, 0.03);
    }

    [Fact]
    public void A_request_that_an_expression_takes_too_fillerfor_counts_for_neither_version()
    {
        var slow = new Rule("Slow")
        {
            Criteria =
            [
                new("path", OptionSet.Parse("""{ "values": [ "/d" ] }""")),
                new("regularExpression", OptionSet.Parse($$"""{ "matchString": "{{LongPath}}", "regex": "{{Slow}}" }""")),
            ],
            Behaviors = [new("denyAccess", OptionSet.Parse("{}"))],
        };

        var impact = TrafficImpact.Between(Version(EvaluationBudget.Unlimited), Version(EvaluationBudget.Unlimited, slow), Sample());

        Assert.Equal((0.6, 0), (impact.EvaluatedShare, impact.Changed));
        Assert.Equal("/rules/children/0/criteria/1/options/regex", Assert.Single(impact.TooSlow).Pointer);
        Assert.Equal(["/c", "/b", "/a"], impact.ByPath.Select(part => part.Name), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(3333)]
    public void The_first_requests_of_the_sample_are_a_fair_sample_of_all(int first)
    {
        var all = Sample();
        var some = all.Take(first).ToList();
        // Of 100 draws at random a share of 0.4 would be off by 0.05; evenly spread ones are closer.
        var off = 0.5 / Math.Sqrt(first);

        foreach (var path in new[] { "/a", "/b", "/c", "/d" })
        {
            AssertShare(request => request.Path == path);
            AssertShare(request => request.Path == path && request.Client.Country == "DE");
        }

        AssertShare(request => request.Client.Country == "US");
        AssertShare(request => request.Origin.Status == 304);
        AssertShare(request => request.Draw < 0.5);

        void AssertShare(Func<EdgeRequest, bool> kind) =>
            Assert.Equal(all.Count(kind) / (double)all.Count, some.Count(kind) / (double)some.Count, off);
    }

    [Fact]
    public void Texts_that_grow_are_cut_while_they_are_made()
    {
        var filler = new string('b', 60_000);
        var behaviors =
            Edge.Item("setVariable", $$""" "variableName": "A", "variableValue": "{{new string('a', 9_000)}}" """)
            + ","
            + Edge.Item("setVariable", $$""" "variableName": "A", "variableValue": "{{Repeat(20_000)}}" """)
            + ","
            + Edge.Item(
                "setVariable",
                $$""" "variableName": "A", "variableValue": "{{Repeat(3)}}", "transform": "SUBSTITUTE", "regex": "a", "replacement": "{{filler}}", "globalSubstitution": true """
            )
            + ","
            + Edge.Item("rewriteUrl", $$""" "behavior": "REPLACE", "match": "a", "targetPath": "{{filler}}", "matchMultiple": true """);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var answer = Edge.Answer(Edge.Get("/" + new string('a', 2000)), behaviors);

        Assert.Null(answer.Stopped?.Message);
        Assert.InRange(answer.ForwardPath!.Length, 8_000, 8_193);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);

        static string Repeat(int times) => string.Concat(Enumerable.Repeat("{{user.A}}", times));
    }

    [Fact]
    public void A_tree_that_makes_text_without_end_is_not_evaluated()
    {
        var add = Edge.Item("modifyIncomingResponseHeader", """ "action": "ADD", "customHeaderName": "X", "headerValue": "{{user.A}}{{user.A}}" """);
        var behaviors =
            Edge.Item("setVariable", $$""" "variableName": "A", "variableValue": "{{new string('a', 8_000)}}" """)
            + ","
            + string.Join(',', Enumerable.Repeat(add, 3_000));

        Assert.Contains("16,000,000", Edge.Answer(Edge.Get("/"), behaviors).Stopped?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$..[?(@.name =~ /^(([a-z]{0,60}){0,60}){0,60}zz$/)]")]
    [InlineData("$..[?(!(@.name =~ /(?=a)(a+)+!/))]")]
    public void A_search_by_an_expression_that_takes_too_fillerfinds_nothing_to_say(string query)
    {
        var tree = JsonElement.Parse($$$"""{"rules":{"name":"{{{new string('a', 120)}}}"}}""");

        Assert.Null(JsonQuery.Parse(query).Query!.Find(tree, EvaluationBudget.Unlimited));
    }

    [Fact]
    public void A_search_ends_with_its_budget()
    {
        var tree = JsonElement.Parse(
            "{\"rules\":[" + string.Join(',', Enumerable.Range(0, 5000).Select(i => i.ToString(CultureInfo.InvariantCulture))) + "]}"
        );
        var query = JsonQuery.Parse("$..[?(@ > 3)]").Query!;
        var asked = 0;

        Assert.Null(query.Find(tree, new EvaluationBudget(() => ++asked > 2)));
        Assert.Equal(3, asked);
    }

    private static IReadOnlyList<EdgeRequest> Sample() => TrafficAudience.Sample(Traffic, Audience, Hostnames, DateTimeOffset.UnixEpoch);

    private static RuleEvaluator Version(EvaluationBudget budget, params Rule[] children) =>
        new(new RuleTree(new Rule("default") { Children = children }), Hostnames, budget);

    private static Rule Denies(string path) =>
        new("Deny")
        {
            Criteria = [new("path", OptionSet.Parse($$"""{ "values": [ "{{path}}" ] }"""))],
            Behaviors = [new("denyAccess", OptionSet.Parse("{}"))],
        };
}
