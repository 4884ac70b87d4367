using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Domain.Tests.Configuration.Evaluation;

public sealed class TrafficImpactTests
{
    private static readonly HostnameEntry[] Hostnames = [new("www.shop.example", "www.edgekey.net")];

    private static readonly TrafficProfile Traffic = new(
        2000,
        new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["US"] = 0.6,
            ["DE"] = 0.3,
            ["GB"] = 0.1,
        },
        new(0.9, 0.06, 0.03, 0.01)
    );

    private static readonly AudienceRequest[] Audience = [new(3, "/"), new(1, "/api/cart?id=1") { Country = "DE" }];

    [Fact]
    public void The_sample_has_the_shares_of_the_audience_and_is_always_the_same()
    {
        var sample = Sample();

        Assert.Equal(TrafficAudience.SampleSize, sample.Count);
        Assert.Equal(0.25, ShareOf(request => request is { Path: "/api/cart", Query: "id=1", Client.Country: "DE" }), 0.001);
        Assert.Equal(0.25 + (0.75 * 0.3), ShareOf(request => request.Client.Country == "DE"), 0.005);
        Assert.Equal(0.9, ShareOf(request => request.Origin.Status == 200), 0.005);
        Assert.Equal(0.01, ShareOf(request => request.Origin.Status == 503), 0.002);
        Assert.Equal(0.5, ShareOf(request => request.Draw < 0.5), 0.005);
        // Independent of one another: a twentieth of the German requests draws low, as of all.
        Assert.Equal(0.05, sample.Where(request => request.Client.Country == "GB").Average(request => request.Draw < 0.05 ? 1 : 0), 0.02);
        Assert.Equal(sample.Select(request => request.Draw), Sample().Select(request => request.Draw));

        double ShareOf(Func<EdgeRequest, bool> kind) => sample.Count(kind) / (double)sample.Count;
    }

    [Fact]
    public void Without_an_audience_the_front_page_of_each_hostname_is_asked_for_and_without_hostnames_nothing()
    {
        HostnameEntry[] two = [.. Hostnames, new("img.shop.example", "img.edgekey.net")];

        var sample = TrafficAudience.Sample(Traffic, [], two, default, 100);

        Assert.Equal(50, sample.Count(request => request is { Host: "img.shop.example", Path: "/" }));
        Assert.Empty(TrafficAudience.Sample(Traffic, [], [], default));
        Assert.Empty(TrafficAudience.Sample(Traffic, [new(0, "/")], two, default));
    }

    [Fact]
    public void A_wildcard_is_asked_for_by_a_host_that_it_stands_for()
    {
        HostnameEntry[] two = [new("*.shop.example", "e"), new("www.shop.example", "e")];

        string[] Hosts(params AudienceRequest[] audience) =>
            [
                .. TrafficAudience
                    .Sample(Traffic, audience, two, default, 100)
                    .Select(request => request.Host)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ];

        Assert.Equal<string>(["www.shop.example", "www1.shop.example"], Hosts());
        Assert.Equal<string>(["www1.shop.example"], Hosts(new AudienceRequest(1, "/")));
        Assert.Equal<string>(["www1.shop.example"], Hosts(new AudienceRequest(1, "/") { Host = "*.shop.example" }));
        Assert.Equal<string>(["rome.shop.example"], Hosts(new AudienceRequest(1, "/") { Host = "rome.shop.example" }));
    }

    [Fact]
    public void A_version_has_no_impact_against_itself()
    {
        var impact = TrafficImpact.Between(Version(), Version(), Sample());

        Assert.Equal(0, impact.Changed);
        Assert.Empty(impact.Causes);
        Assert.Equal(impact.Before, impact.After);
        Assert.Equal((0.9, 0.03), (Math.Round(impact.Before.Ok2xx, 2), Math.Round(impact.Before.ClientError4xx, 2)));
    }

    [Fact]
    public void A_geo_block_is_seen_by_class_country_path_and_rule()
    {
        var impact = TrafficImpact.Between(Version(), Version(GeoBlock("DE")), Sample());

        Assert.Equal(0.475, impact.Changed, 0.01);
        Assert.Equal(0.475 + (0.525 * 0.03), impact.After.ClientError4xx, 0.01);
        Assert.Equal(1, impact.After.Ok2xx + impact.After.Redirect3xx + impact.After.ClientError4xx + impact.After.ServerError5xx, 1e-9);
        Assert.Equal(("DE", 1.0, 1.0), (impact.ByCountry[0].Name, impact.ByCountry[0].Changed, impact.ByCountry[0].ErrorsAfter));
        Assert.Equal((0, 0), (impact.ByCountry[1].Changed, impact.ByCountry[2].Changed));
        Assert.Equal(("/api/cart", 1.0), (impact.ByPath[0].Name, impact.ByPath[0].Changed));
        var cause = impact.Causes[0];
        Assert.Equal(("default / Geo-block", true, 200, 403), (cause.Rule?.Path, cause.IsAfter, cause.From, cause.To));
        Assert.Equal("DE", cause.Example.Client.Country);
    }

    [Fact]
    public void Taking_a_rule_away_names_the_rule_that_does_not_decide_any_more()
    {
        var cause = TrafficImpact.Between(Version(GeoBlock("DE")), Version(), Sample()).Causes[0];

        Assert.Equal(("default / Geo-block", false, 403, 200), (cause.Rule?.Path, cause.IsAfter, cause.From, cause.To));
    }

    [Theory]
    [InlineData("random", """ "bucket": 30 """)]
    [InlineData("bucket", """ "percentage": 30 """)]
    [InlineData("clientIp", """ "values": [ "198.18.0.0/21" ] """)]
    [InlineData("clientIp", """ "values": [ "198.18.0.0/21" ], "useHeaders": true """)]
    [InlineData("regularExpression", """ "matchString": "{{builtin.AK_CLIENT_IP}}", "regex": "[02468]$" """)]
    [InlineData("regularExpression", """ "matchString": "{{builtin.AK_CLIENT_REAL_IP}}", "regex": "[02468]$" """)]
    [InlineData("matchVariable", """ "variableName": "PMUSER_DRAWN", "matchOperator": "IS_GREATER_THAN", "variableExpression": "69" """)]
    public void What_asks_for_address_or_draw_is_evaluated_for_each_request(string name, string options)
    {
        var drawn = new Behavior(
            "setVariable",
            OptionSet.Parse(
                """{ "variableName": "PMUSER_DRAWN", "valueSource": "GENERATE", "generator": "RAND", "minRandomNumber": 0, "maxRandomNumber": 99 }"""
            )
        );
        var deny = new Rule("Some")
        {
            Criteria = [new(name, OptionSet.Parse($"{{{options}}}"))],
            Behaviors = [new("denyAccess", OptionSet.Parse("""{ "enabled": true, "reason": "some" }"""))],
        };
        var tree = new RuleTree(
            new Rule("default")
            {
                // Elsewhere it would be asked for by this, too.
                Behaviors = name == "matchVariable" ? [drawn] : [],
                Variables = [OptionSet.Parse("""{ "name": "PMUSER_DRAWN", "value": "", "description": "", "hidden": false, "sensitive": false }""")],
                Children = [deny],
            }
        );
        var each = Sample().Count(request => After().Decide(request) is (403, _));

        var impact = TrafficImpact.Between(Version(), After(), Sample());

        Assert.InRange(each, TrafficAudience.SampleSize / 5, TrafficAudience.SampleSize * 3 / 5);
        Assert.Equal((double)each / TrafficAudience.SampleSize, impact.Changed, 1e-9);

        RuleEvaluator After() => new(tree, Hostnames, EvaluationBudget.Unlimited);
    }

    [Fact]
    public void Requests_that_differ_in_nothing_that_is_asked_for_are_evaluated_once()
    {
        var asked = 0;
        // The budget is asked before each evaluation, and once for each request beside it.
        var budget = new EvaluationBudget(() => ++asked < 0);
        var tree = new RuleTree(new Rule("default") { Children = [GeoBlock("DE")] });

        TrafficImpact.Between(Version(), new RuleEvaluator(tree, Hostnames, budget), Sample());

        Assert.InRange(asked, TrafficAudience.SampleSize, TrafficAudience.SampleSize * 11 / 10);
    }

    [Fact]
    public void Nothing_counts_once_the_budget_is_spent()
    {
        var asked = 0;
        var budget = new EvaluationBudget(() => ++asked > 3000);

        var impact = TrafficImpact.Between(Version(), new RuleEvaluator(new RuleTree(new Rule("default")), Hostnames, budget), Sample());

        Assert.InRange(impact.Evaluated, 1, 3000);
    }

    private static IReadOnlyList<EdgeRequest> Sample() => TrafficAudience.Sample(Traffic, Audience, Hostnames, DateTimeOffset.UnixEpoch);

    private static RuleEvaluator Version(params Rule[] children) =>
        new(new RuleTree(new Rule("default") { Children = children }), Hostnames, EvaluationBudget.Unlimited);

    private static Rule GeoBlock(string country) =>
        new("Geo-block")
        {
            Criteria =
            [
                new(
                    "userLocation",
                    OptionSet.Parse($$"""{ "field": "COUNTRY", "matchOperator": "IS_ONE_OF", "countryValues": [ "{{country}}" ] }""")
                ),
            ],
            Behaviors = [new("denyAccess", OptionSet.Parse("""{ "enabled": true, "reason": "geo" }"""))],
        };
}
