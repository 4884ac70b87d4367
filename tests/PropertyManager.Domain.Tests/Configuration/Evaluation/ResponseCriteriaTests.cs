using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Domain.Tests.Configuration.Evaluation;

public sealed class ResponseCriteriaTests
{
    private const string Token = "t=exp=1748866000~acl=/v/*~hmac=";
    private const string MaxAge = """{ "name": "caching", "options": { "behavior": "MAX_AGE", "ttl": "1d" } }""";

    [Theory]
    [InlineData(""" "values": [ "404", "410" ] """, 404, true)]
    [InlineData(""" "values": [ 404 ] """, 404, true)]
    [InlineData(""" "values": [ "404", "410" ] """, 200, false)]
    [InlineData(""" "matchOperator": "IS_NOT_ONE_OF", "values": [ "404" ] """, 200, true)]
    [InlineData(""" "matchOperator": "IS_BETWEEN", "lowerBound": 500, "upperBound": 504 """, 504, true)]
    [InlineData(""" "matchOperator": "IS_BETWEEN", "lowerBound": "500", "upperBound": 504 """, 505, false)]
    [InlineData(""" "matchOperator": "IS_NOT_BETWEEN", "lowerBound": 500, "upperBound": 504 """, 499, true)]
    public void Status(string options, int status, bool holds) =>
        Assert.Equal(holds, Edge.Matches(Edge.Get("/") with { Origin = Edge.Origin(status) }, "matchResponseCode", options));

    [Theory]
    [InlineData(""" "values": [ "text/*" ], "matchWildcard": true """, "text/html; charset=utf-8", true)]
    [InlineData(""" "values": [ "text/*" ] """, "text/html", false)]
    [InlineData(""" "values": [ "application/json" ] """, "Application/JSON; charset=utf-8", true)]
    [InlineData(""" "values": [ "application/json" ], "matchCaseSensitive": true """, "Application/JSON", false)]
    [InlineData(""" "matchOperator": "IS_NOT_ONE_OF", "values": [ "image/png" ] """, "text/html", true)]
    public void Content_type(string options, string type, bool holds) =>
        Assert.Equal(holds, Edge.Matches(Edge.Get("/") with { Origin = Edge.Origin(200, ("content-type", type)) }, "contentType", options));

    [Theory]
    [InlineData(""" "headerName": "X-Size", "matchOperator": "EXISTS" """, true)]
    [InlineData(""" "headerName": "X-None", "matchOperator": "EXISTS" """, false)]
    [InlineData(""" "headerName": "X-None", "matchOperator": "DOES_NOT_EXIST" """, true)]
    [InlineData(""" "headerName": "x-size", "values": [ "12" ] """, true)]
    [InlineData(""" "headerName": "X-Size", "matchOperator": "IS_NOT_ONE_OF", "values": [ "12" ] """, false)]
    [InlineData(""" "headerName": "X-Size", "matchOperator": "IS_MORE_THAN", "lowerBound": 11 """, true)]
    [InlineData(""" "headerName": "X-Size", "matchOperator": "IS_LESS_THAN", "upperBound": 12 """, false)]
    [InlineData(""" "headerName": "X-Size", "matchOperator": "IS_BETWEEN", "lowerBound": 12, "upperBound": 13 """, true)]
    public void Response_header(string options, bool holds) =>
        Assert.Equal(holds, Edge.Matches(Edge.Get("/") with { Origin = Edge.Origin(200, ("X-Size", "12")) }, "responseHeader", options));

    [Fact]
    public void Origin_timeout_is_a_504()
    {
        var late = Edge.Get("/") with { Origin = OriginAnswer.Ok with { TimedOut = true } };

        Assert.True(Edge.Matches(late, "originTimeout", """ "matchOperator": "ORIGIN_TIMED_OUT" """));
        Assert.True(Edge.Matches(late, "matchResponseCode", """ "values": [ "504" ] """));
        Assert.False(Edge.Matches(Edge.Get("/"), "originTimeout", """ "matchOperator": "ORIGIN_TIMED_OUT" """));
        Assert.Equal(504, Edge.Answer(late, "").Status);
    }

    [Theory]
    [InlineData(""" "behavior": "NO_STORE" """, "NO_STORE", true)]
    [InlineData(""" "behavior": "BYPASS_CACHE" """, "BYPASS_CACHE", true)]
    [InlineData(""" "behavior": "MAX_AGE", "ttl": "1d" """, "CACHEABLE", true)]
    [InlineData(""" "behavior": "MAX_AGE", "ttl": "1d" """, "NO_STORE", false)]
    [InlineData(""" "behavior": "CACHE_CONTROL", "defaultTtl": "1d" """, "NO_STORE", true)]
    public void Cacheability_looks_at_the_rules_before_it(string caching, string value, bool holds)
    {
        var request = Edge.Get("/") with { Origin = Edge.Origin(200, ("Cache-Control", "no-store")) };

        Assert.Equal(holds, Edge.Matches(request, "cacheability", $$""" "value": "{{value}}" """, Edge.Item("caching", caching)));
        Assert.Equal(
            !holds,
            Edge.Matches(request, "cacheability", $$""" "matchOperator": "IS_NOT", "value": "{{value}}" """, Edge.Item("caching", caching))
        );
    }

    [Theory]
    [InlineData("client-request", "IS", true)]
    [InlineData("client-response", "IS", true)]
    [InlineData("forward-request", "IS", true)]
    [InlineData("cache-hit", "IS", false)]
    [InlineData("cache-hit", "IS_NOT", true)]
    public void Stage(string stage, string name, bool holds) =>
        Assert.Equal(holds, Edge.Matches(Edge.Get("/"), "metadataStage", $$""" "matchOperator": "{{name}}", "value": "{{stage}}" """));

    [Fact]
    public void The_forward_stage_is_not_passed_where_the_edge_answers() =>
        Assert.False(Edge.Matches(Edge.Get("/"), "metadataStage", """ "value": "forward-request" """, Edge.Item("denyAccess")));

    [Theory]
    [InlineData(""" "matchOperator": "IS", "variableExpression": "On" """, true)]
    [InlineData(""" "matchOperator": "IS", "variableExpression": "on" """, false)]
    [InlineData(""" "matchOperator": "IS", "variableExpression": "on", "matchCaseSensitive": false """, true)]
    [InlineData(""" "matchOperator": "IS", "variableExpression": "{{user.PMUSER_A}}" """, true)]
    [InlineData(""" "matchOperator": "IS_NOT", "variableExpression": "Off" """, true)]
    [InlineData(""" "matchOperator": "IS_ONE_OF", "variableValues": [ "O*" ], "matchWildcard": true """, true)]
    [InlineData(""" "matchOperator": "IS_ONE_OF", "variableValues": [ "O*" ] """, false)]
    [InlineData(""" "matchOperator": "IS_NOT_ONE_OF", "variableValues": [ "On" ] """, false)]
    [InlineData(""" "matchOperator": "IS_EMPTY" """, false)]
    [InlineData(""" "matchOperator": "IS_NOT_EMPTY" """, true)]
    [InlineData(""" "matchOperator": "IS_GREATER_THAN", "variableExpression": "1" """, false)]
    public void Variable_as_text(string options, bool holds) => Assert.Equal(holds, Variable("On", options));

    [Theory]
    [InlineData(""" "matchOperator": "IS_BETWEEN", "lowerBound": "5", "upperBound": "9" """, true)]
    [InlineData(""" "matchOperator": "IS_NOT_BETWEEN", "lowerBound": "5", "upperBound": "9" """, false)]
    [InlineData(""" "matchOperator": "IS_GREATER_THAN", "variableExpression": "7" """, false)]
    [InlineData(""" "matchOperator": "IS_GREATER_THAN_OR_EQUAL_TO", "variableExpression": "7" """, true)]
    [InlineData(""" "matchOperator": "IS_LESS_THAN", "variableExpression": "8" """, true)]
    [InlineData(""" "matchOperator": "IS_LESS_THAN_OR_EQUAL_TO", "variableExpression": "6" """, false)]
    public void Variable_as_number(string options, bool holds) => Assert.Equal(holds, Variable("7", options));

    [Theory]
    [InlineData("DIVIDE", "0", true)]
    [InlineData("DIVIDE", "2", false)]
    public void Variable_error(string transform, string operand, bool failed)
    {
        var set = Edge.Item(
            "setVariable",
            $$""" "variableName": "PMUSER_N", "variableValue": "8", "transform": "{{transform}}", "operandOne": "{{operand}}" """
        );

        Assert.Equal(failed, Edge.Matches(Edge.Get("/"), "variableError", """ "variableNames": [ "PMUSER_N" ], "result": true """, set));
        Assert.Equal(!failed, Edge.Matches(Edge.Get("/"), "variableError", """ "variableNames": [ "PMUSER_N" ], "result": false """, set));
    }

    [Theory]
    [InlineData("/v/a?" + Token + Tokens.Good, "IS_SUCCESS", true)]
    [InlineData("/v/a?" + Token + Tokens.Good, "IS_ANY_FAILURE", false)]
    [InlineData("/w/a?" + Token + Tokens.Good, "IS_ANY_FAILURE", true)]
    [InlineData("/v/a?" + Token + Tokens.Good + "0", "IS_ANY_FAILURE", true)]
    [InlineData("/v/a", "IS_SUCCESS", false)]
    [InlineData("/v/a?t=x", "IS_ANY_FAILURE", true)]
    [InlineData("/v/a?t=exp=1748860000~acl=/v/*~hmac=" + Tokens.Old, "IS_CUSTOM_FAILURE", true)]
    [InlineData("/v/a?" + Token + "00", "IS_CUSTOM_FAILURE", false)]
    public void Token_authorization(string url, string name, bool holds)
    {
        var verify = Edge.Item(
            "verifyTokenAuthorization",
            """ "location": "QUERY_STRING", "locationId": "t", "key": "aabb", "failureResponse": false """
        );
        var options = $$""" "matchOperator": "{{name}}", "statusList": [ "EXPIRED_TOKEN" ] """;

        Assert.Equal(holds, Edge.Matches(Edge.Get(url), "tokenAuthorization", options, verify));
        Assert.False(Edge.Matches(Edge.Get(url), "tokenAuthorization", options, MaxAge));
    }

    private static bool Variable(string value, string options)
    {
        var set = Edge.Item("setVariable", $$""" "variableName": "PMUSER_A", "valueSource": "EXPRESSION", "variableValue": "{{value}}" """);
        return Edge.Matches(Edge.Get("/"), "matchVariable", $$""" "variableName": "PMUSER_A", {{options}} """, set);
    }
}
