using PropertyManager.Domain.Configuration;
using static PropertyManager.Domain.Tests.Configuration.Validation.Validated;

namespace PropertyManager.Domain.Tests.Configuration.Validation;

public sealed class MatchChecksTests
{
    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Criteria_that_exclude_each_other_never_match(string above, string below)
    {
        var inOneRule = Assert.Single(Never(Children(Rule("A", $"{above}, {below}", Works))));
        Assert.Equal((Severity.Warning, "/rules/children/0/criteria/1", "default / A"), (inOneRule.Severity, inOneRule.Pointer, inOneRule.RulePath));

        var inTwo = Assert.Single(Never(Children(Rule("A", above, Works, Rule("B", below, Works)))));
        Assert.Equal(("/rules/children/0/children/0/criteria/0", "default / A / B"), (inTwo.Pointer, inTwo.RulePath));
    }

    public static TheoryData<string, string> Contradictions =>
        new()
        {
            { Path("/a"), Path("/b") },
            { Path("/a/*"), Path("/b/*") },
            { Path("/a/*"), Path("/b/c") },
            { Path("/a"), Of("path", """{ "matchOperator": "DOES_NOT_MATCH_ONE_OF", "values": [ "/A", "/b" ] }""") },
            { Path("/a/1"), Of("path", """{ "matchOperator": "DOES_NOT_MATCH_ONE_OF", "values": [ "/a/*" ] }""") },
            { Method("POST"), Method("GET") },
            { Of("requestProtocol", """{ "value": "HTTP" }"""), Of("requestProtocol", """{ "value": "HTTPS" }""") },
            { Countries("DE"), Countries("FR\", \"IT") },
            { Of("fileExtension", """{ "values": [ "css" ] }"""), Of("fileExtension", """{ "values": [ "js" ] }""") },
            { Status("IS_BETWEEN", """ "lowerBound": 500, "upperBound": 504 """), Status("IS_ONE_OF", """ "values": [ "404" ] """) },
            { Header("EXISTS", "X-A"), Header("DOES_NOT_EXIST", "x-a") },
        };

    [Theory]
    [MemberData(nameof(Compatible))]
    public void Criteria_that_one_request_can_meet_are_let_pass(string above, string below) =>
        Assert.Empty(Never(Children(Rule("A", above, Works, Rule("B", below, Works)))));

    public static TheoryData<string, string> Compatible =>
        new()
        {
            { Path("/a"), Path("/A") },
            { Path("/a/*"), Path("*.css") },
            { Path("/a/*"), Path("/a/b") },
            { Path("/a/*"), Of("path", """{ "matchOperator": "DOES_NOT_MATCH_ONE_OF", "values": [ "/a/b*" ] }""") },
            { Path("/a"), Path("/{{builtin.AK_HOST}}") },
            { Path("/a"), Of("path", """{ "matchOperator": "DOES_NOT_MATCH_ONE_OF", "values": [ "/A" ], "matchCaseSensitive": true }""") },
            { Countries("DE"), Countries("FR\", \"DE") },
            { Method("POST"), Of("requestMethod", """{ "matchOperator": "IS_NOT", "value": "GET" }""") },
            {
                Status("IS_BETWEEN", """ "lowerBound": 400, "upperBound": 499 """),
                Status("IS_NOT_BETWEEN", """ "lowerBound": 404, "upperBound": 404 """)
            },
            { Header("EXISTS", "X-A"), Header("DOES_NOT_EXIST", "X-B") },
            { Of("userAgent", """{ "values": [ "a" ] }"""), Of("userAgent", """{ "values": [ "b" ] }""") },
        };

    [Theory]
    [InlineData("hostname", """{ "values": [ "www.other.example" ] }""", true)]
    [InlineData("hostname", """{ "matchOperator": "IS_NOT_ONE_OF", "values": [ "www.shop.example", "*.SHOP.example" ] }""", true)]
    [InlineData("hostname", """{ "values": [ "www.other.example", "IMG.shop.example" ] }""", false)]
    [InlineData("hostname", """{ "values": [ "img.*" ] }""", false)]
    [InlineData("bucket", """{ "percentage": 0 }""", true)]
    [InlineData("bucket", """{ "percentage": 1 }""", false)]
    [InlineData("random", """{ "bucket": 0 }""", true)]
    [InlineData("matchResponseCode", """{ "matchOperator": "IS_BETWEEN", "lowerBound": 504, "upperBound": 500 }""", true)]
    public void A_criterion_can_be_impossible_by_itself(string name, string options, bool never) =>
        Assert.Equal(never, Never(Criterion(name, options)).Count == 1);

    [Fact]
    public void Of_several_that_are_enough_each_has_to_fail()
    {
        var one = Rule("B", $"{Path("/b")}, {Path("/a/x")}", Works, satisfy: "any");
        var none = Rule("C", $"{Path("/b")}, {Path("/c")}", Works, satisfy: "any");
        var either = Rule("D", $"{Path("/b")}, {Path("/a/y")}", "", Rule("E", Path("/c"), Works), satisfy: "any");

        Assert.Equal<string>(
            ["/rules/children/0/children/1/criteria"],
            [.. Never(Children(Rule("A", Path("/a/*"), Works, $"{one}, {none}"))).Select(m => m.Pointer)]
        );
        Assert.Empty(Never(Children(either))); // what is enough above is not what is needed below
    }

    [Fact]
    public void Below_a_rule_that_never_matches_it_is_not_said_again()
    {
        var below = Rule("B", Path("/b"), Works, Rule("C", Path("/c"), Works));

        Assert.Equal("default / A / B", Assert.Single(Never(Children(Rule("A", Path("/a"), Works, below)))).RulePath);
    }

    private static List<ValidationMessage> Never(IEnumerable<ValidationMessage> messages) =>
        [.. messages.Where(message => message.Title == "The rule can never match")];

    private static string Method(string value) => Of("requestMethod", $$"""{ "matchOperator": "IS", "value": "{{value}}" }""");

    private static string Countries(string values) =>
        Of("userLocation", $$"""{ "field": "COUNTRY", "matchOperator": "IS_ONE_OF", "countryValues": [ "{{values}}" ] }""");

    private static string Status(string relation, string rest) => Of("matchResponseCode", $$"""{ "matchOperator": "{{relation}}", {{rest}} }""");

    private static string Header(string relation, string name) =>
        Of("requestHeader", $$"""{ "matchOperator": "{{relation}}", "headerName": "{{name}}" }""");
}
