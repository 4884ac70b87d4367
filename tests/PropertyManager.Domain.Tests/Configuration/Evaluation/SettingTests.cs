using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Domain.Tests.Configuration.Evaluation;

/// <summary>Settings in words, variables, and what is left out.</summary>
public sealed class SettingTests
{
    [Theory]
    [InlineData("origin", """ "hostname": "o.example" """, "ask o.example")]
    [InlineData("cpCode", """ "value": { "id": 12, "name": "shop" } """, "12 shop")]
    [InlineData("caching", """ "behavior": "MAX_AGE", "ttl": "7d" """, "cache for 7d")]
    [InlineData("caching", """ "behavior": "NO_STORE" """, "never cache")]
    [InlineData("caching", """ "behavior": "BYPASS_CACHE" """, "pass through")]
    [InlineData("caching", """ "behavior": "EXPIRES", "defaultTtl": "1m" """, "cache as the origin says, or else for 1m")]
    [InlineData("denyAccess", """ "enabled": true, "reason": "bots" """, "deny with 403 (bots)")]
    [InlineData("denyAccess", """ "enabled": false """, "allow")]
    [InlineData("constructResponse", """ "responseCode": 404 """, "answer 404")]
    [InlineData("constructResponse", """ "enabled": false, "responseCode": 404 """, "off")]
    [InlineData("redirect", """ "destinationProtocol": "HTTP", "responseCode": 301 """, "send to http://www.shop.example/a with 301")]
    [InlineData("tieredDistribution", """ "enabled": true, "tieredDistributionMap": "CH2" """, "on, tiered distribution map CH2")]
    [InlineData("tieredDistribution", """ "enabled": false, "tieredDistributionMap": "CH2" """, "off")]
    [InlineData("gzipResponse", """ "behavior": "ORIGIN_RESPONSE" """, "origin response")]
    [InlineData("http2", """ "enabled": "" """, "on")]
    [InlineData("http3", """ "enable": true """, "on")]
    [InlineData("timeout", """ "value": "5s" """, "5s")]
    [InlineData("report", """ "logEdgeIP": true, "logCookies": "OFF" """, "log cookies OFF, log edge ip yes")]
    [InlineData("prefreshCache", """ "enabled": true, "prefreshval": 90 """, "on, prefreshval 90")]
    [InlineData("webApplicationFirewall", """ "firewallConfiguration": { "configId": 1, "name": "retail" } """, "firewall configuration retail")]
    [InlineData("sureRoute", """ "enabled": true, "type": "PERFORMANCE", "forceSslForward": false """, "on, type PERFORMANCE, force ssl forward no")]
    [InlineData("verifyTokenAuthorization", """ "location": "COOKIE", "key": "aabb" """, "location COOKIE")]
    [InlineData("advanced", """ "xml": "<a/>" """, "metadata written by hand")]
    public void In_words(string name, string options, string words)
    {
        var setting = Assert.Single(Edge.Answer(Edge.Get("/a"), Edge.Item(name, options)).Settings);

        Assert.Equal((name, words, "/rules"), (setting.Name, setting.Value, setting.Rule.Pointer));
    }

    [Fact]
    public void The_last_rule_that_sets_one_is_named_and_the_order_is_that_of_the_first()
    {
        var settings = Edge.Answer(
            Edge.Get("/"),
            Edge.Item("caching", """ "ttl": "1d" """) + "," + Edge.Item("http2"),
            Edge.Rule("Short", "", Edge.Item("caching", """ "ttl": "1m" """))
        ).Settings;

        Assert.Equal("caching | http2", string.Join(" | ", settings.Select(setting => setting.Name)));
        Assert.Equal(("cache for 1m", "default / Short"), (settings[0].Value, settings[0].Rule.Path));
    }

    [Fact]
    public void Children_are_tried_only_where_their_parent_matches()
    {
        var child = Edge.Rule("In", "", Edge.Item("denyAccess"));
        var rules = Edge.Rule("Out", Edge.Item("path", """ "values": [ "/a" ] """), "", child);

        Assert.Equal(
            "default | default / Out | default / Out / In",
            string.Join(" | ", Edge.Answer(Edge.Get("/a"), "", rules).Matched.Select(rule => rule.Path))
        );
        Assert.Equal("default", string.Join(" | ", Edge.Answer(Edge.Get("/b"), "", rules).Matched.Select(rule => rule.Path)));
        Assert.Equal((200, -1), Edge.Evaluator("", rules).Decide(Edge.Get("/b")));
    }

    [Theory]
    [InlineData("all", "/a.png", true)]
    [InlineData("all", "/b.png", false)]
    [InlineData("any", "/b.png", true)]
    [InlineData("any", "/b.gif", false)]
    public void Criteria_go_together(string satisfy, string path, bool holds)
    {
        var criteria = Edge.Item("path", """ "values": [ "/a*" ] """) + "," + Edge.Item("fileExtension", """ "values": [ "png" ] """);

        Assert.Equal(holds ? 403 : 200, Edge.Answer(Edge.Get(path), "", Edge.Rule("r", criteria, Edge.Item("denyAccess"), "", satisfy)).Status);
    }

    [Theory]
    [InlineData(""" "valueSource": "EXPRESSION", "variableValue": "{{builtin.AK_SCHEME}}/{{user.PMUSER_B}}" """, "https/b0")]
    [InlineData(""" "valueSource": "EXTRACT", "extractLocation": "CLIENT_REQUEST_HEADER", "headerName": "X-H" """, "Hé")]
    [InlineData(""" "valueSource": "EXTRACT", "extractLocation": "COOKIE", "cookieName": "c" """, "v")]
    [InlineData(""" "valueSource": "EXTRACT", "extractLocation": "QUERY_STRING", "queryParameterName": "q" """, "a%20b")]
    [InlineData(""" "valueSource": "EXTRACT", "extractLocation": "PATH_COMPONENT_OFFSET", "pathComponentOffset": "2" """, "two")]
    [InlineData(""" "valueSource": "EXTRACT", "extractLocation": "PATH_COMPONENT_OFFSET", "pathComponentOffset": "-1" """, "x.txt")]
    [InlineData(""" "valueSource": "EXTRACT", "extractLocation": "EDGESCAPE", "locationId": "COUNTRY_CODE" """, "DE")]
    [InlineData(""" "valueSource": "GENERATE", "generator": "RAND", "minRandomNumber": 0, "maxRandomNumber": 99 """, "25")]
    [InlineData(""" "variableValue": "aBc", "transform": "UPPER" """, "ABC")]
    [InlineData(""" "variableValue": "aBc", "transform": "LOWER" """, "abc")]
    [InlineData(""" "variableValue": " a  b ", "transform": "TRIM" """, "a  b")]
    [InlineData(""" "variableValue": " a  b ", "transform": "COMPRESS_WHITESPACE" """, "a b")]
    [InlineData(""" "variableValue": " a  b ", "transform": "REMOVE_WHITESPACE" """, "ab")]
    [InlineData(""" "variableValue": "abc", "transform": "STRING_LENGTH" """, "3")]
    [InlineData(""" "variableValue": "abc", "transform": "STRING_INDEX", "subString": "c" """, "2")]
    [InlineData(""" "variableValue": "abcde", "transform": "SUBSTRING", "startIndex": 1, "endIndex": 3 """, "bc")]
    [InlineData(""" "variableValue": "abcde", "transform": "SUBSTRING", "startIndex": 3 """, "de")]
    [InlineData(""" "variableValue": "abab", "transform": "SUBSTITUTE", "regex": "a", "replacement": "x" """, "xbab")]
    [InlineData(""" "variableValue": "abab", "transform": "SUBSTITUTE", "regex": "a", "replacement": "x", "globalSubstitution": true """, "xbxb")]
    [InlineData(""" "variableValue": "a b", "transform": "URL_ENCODE" """, "a%20b")]
    [InlineData(""" "variableValue": "a%20b", "transform": "URL_DECODE" """, "a b")]
    [InlineData(""" "variableValue": "ab", "transform": "BASE_64_ENCODE" """, "YWI=")]
    [InlineData(""" "variableValue": "YWI=", "transform": "BASE_64_DECODE" """, "ab")]
    [InlineData(""" "variableValue": "255", "transform": "DECIMAL_TO_HEX" """, "ff")]
    [InlineData(""" "variableValue": "ff", "transform": "HEX_TO_DECIMAL" """, "255")]
    [InlineData(""" "variableValue": "7", "transform": "MODULO", "operandOne": "4" """, "3")]
    [InlineData(""" "variableValue": "7", "transform": "SUBTRACT", "operandOne": "{{user.PMUSER_N}}" """, "2")]
    [InlineData(""" "variableValue": "7", "transform": "DIVIDE", "operandOne": "0" """, "a0")]
    [InlineData(""" "variableValue": "x", "transform": "ADD", "operandOne": "1" """, "a0")]
    public void Variables(string options, string value)
    {
        const string Declared =
            """{ "name": "PMUSER_A", "value": "a0" }, { "name": "PMUSER_B", "value": "b0" }, { "name": "PMUSER_N", "value": "5" }""";
        var show = Edge.Item("modifyOutgoingResponseHeader", """ "action": "ADD", "customHeaderName": "X", "headerValue": "{{user.PMUSER_A}}" """);
        var request = Edge.Get("/one/two/x.txt?q=a%20b", ("X-H", "Hé"), ("Cookie", "c=v"));

        var answer = Edge.Answer(request, Edge.Item("setVariable", $$""" "variableName": "PMUSER_A", {{options}} """) + "," + show, "", Declared);

        Assert.Empty(answer.Notes);
        Assert.Equal(value, Assert.Single(answer.ResponseHeaders).Value);
    }

    [Theory]
    [InlineData("AK_URL", "/d/f.txt?q=1")]
    [InlineData("AK_BASE_URL", "/d/")]
    [InlineData("AK_FILENAME", "f.txt")]
    [InlineData("AK_EXTENSION", "txt")]
    [InlineData("AK_DOMAIN", "shop.example")]
    [InlineData("AK_QUERY", "q=1")]
    [InlineData("AK_METHOD", "GET")]
    [InlineData("AK_CLIENT_IP", "203.0.113.5")]
    [InlineData("AK_CLIENT_REAL_IP", "198.51.100.7")]
    [InlineData("AK_CURRENT_TIME", "1748865600")]
    [InlineData("AK_CPCODE", "12")]
    [InlineData("AKA_PM_CACHEABLE_OBJECT", "false")]
    [InlineData("AK_NONE", "")]
    public void Built_in_variables(string name, string value)
    {
        var behaviors =
            Edge.Item("cpCode", """ "value": { "id": 12 } """)
            + ","
            + Edge.Item("caching", """ "behavior": "NO_STORE" """)
            + ","
            + Edge.Item("modifyOutgoingResponseHeader", $$$""" "customHeaderName": "X", "headerValue": "[{{builtin.{{{name}}}}}]" """);

        var answer = Edge.Answer(Edge.Get("/d/f.txt?q=1", ("X-Forwarded-For", "203.0.113.5, 10.1.1.1")), behaviors);

        Assert.Equal($"[{value}]", Assert.Single(answer.ResponseHeaders).Value);
        Assert.Equal(name == "AK_NONE" ? 1 : 0, answer.Notes.Count);
    }

    [Fact]
    public void What_is_not_evaluated_is_named_once_where_it_was_met()
    {
        var rules =
            Edge.Rule("a", Edge.Item("matchAdvanced"), Edge.Item("advanced"))
            + ","
            + Edge.Rule("b", "", Edge.Item("edgeRedirector") + "," + Edge.Item("newOne") + "," + Edge.Item("newOne"))
            + ","
            + Edge.Rule("c", Edge.Item("path", """ "values": [ "/x" ] """), Edge.Item("notMet"));

        Assert.Equal(["matchAdvanced", "edgeRedirector", "newOne"], Edge.Answer(Edge.Get("/"), "", rules).NotEvaluated);
    }

    [Theory]
    [InlineData("path", """ "values": 7.5e1, "matchCaseSensitive": "maybe" """, "/options/matchCaseSensitive")]
    [InlineData("path", """ "matchOperator": "DOES_NOT_MATCH_ONE_OF" """, "/options/values")]
    [InlineData("path", """ "matchOperator": "LIKES", "values": [ "/a" ] """, "/options/matchOperator")]
    [InlineData("path", """ "matchOperator": [ 1 ], "values": [ "/a" ] """, "/options/matchOperator")]
    [InlineData("path", """ "values": [] """, "/options/values")]
    [InlineData("fileExtension", """ "matchOperator": "IS_NOT_ONE_OF", "values": [ {} ] """, "/options/values")]
    [InlineData("clientIp", """ "matchOperator": "IS_NOT_ONE_OF", "values": [ "1.2.3.0/33" ] """, "/options/values")]
    [InlineData("regularExpression", """ "matchString": "a", "regex": "(" """, "/options/regex")]
    [InlineData("time", """ "beginDate": "soon" """, "/options/beginDate")]
    [InlineData("bucket", """ "percentage": "all" """, "/options/percentage")]
    public void A_criterion_that_cannot_be_read_never_matches(string name, string options, string at)
    {
        var evaluator = Edge.Evaluator("", Edge.Rule("r", Edge.Item(name, options), Edge.Item("denyAccess")));

        Assert.Equal(200, evaluator.Decide(Edge.Get("/"))?.Status);
        Assert.Equal("/rules/children/0/criteria/0" + at, Assert.Single(evaluator.Notes).Pointer);
    }

    [Theory]
    [InlineData("denyAccess", """ "enabled": "perhaps" """, "/options/enabled")]
    [InlineData("constructResponse", """ "responseCode": 99 """, "/options/responseCode")]
    [InlineData("redirect", """ "responseCode": 200 """, "/options/responseCode")]
    [InlineData("redirectplus", "", "/options/destination")]
    [InlineData("verifyTokenAuthorization", """ "key": "xyz" """, "/options/key")]
    [InlineData("caching", """ "ttl": "soon" """, "/options/ttl")]
    [InlineData("setVariable", """ "variableName": "A", "transform": "ENCRYPT" """, "/options/transform")]
    public void A_behavior_that_cannot_be_read_does_not_act(string name, string options, string at)
    {
        var answer = Edge.Answer(Edge.Get("/"), Edge.Item(name, options));

        Assert.Equal((200, AnswerSource.Origin), (answer.Status, answer.Source));
        Assert.Empty(answer.Settings);
        Assert.Equal("/rules/behaviors/0" + at, Assert.Single(answer.Notes).Pointer);
    }
}
