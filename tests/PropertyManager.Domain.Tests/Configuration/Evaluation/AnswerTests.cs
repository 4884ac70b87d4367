using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Domain.Tests.Configuration.Evaluation;

/// <summary>Who answers, with what, and which rule decided.</summary>
public sealed class AnswerTests
{
    private static readonly string Deny = Edge.Item("denyAccess", """ "enabled": true, "reason": "r" """);
    private static readonly string Redirect = Edge.Item(
        "redirect",
        """ "destinationPath": "OTHER", "destinationPathOther": "/new", "responseCode": 301 """
    );
    private static readonly string Construct = Edge.Item("constructResponse", """ "enabled": true, "body": "b", "responseCode": 503 """);

    [Fact]
    public void Without_rules_the_origin_answers()
    {
        var answer = Edge.Answer(Edge.Get("/a?b=c") with { Origin = Edge.Origin(404) }, Edge.Item("origin", """ "hostname": "o.example" """));

        Assert.Equal((404, AnswerSource.Origin, null), (answer.Status, answer.Source, answer.DecidedBy));
        Assert.Equal(("o.example", "/a?b=c"), (answer.ForwardHost, answer.ForwardPath));
    }

    [Theory]
    [InlineData("www.shop.example", 200)]
    [InlineData("WWW.SHOP.EXAMPLE", 200)]
    [InlineData("a.wild.example", 200, "*.wild.example")]
    [InlineData("B.Wild.example", 200, "b.wild.example")]
    [InlineData("b.a.wild.example", 400)]
    [InlineData("wild.example", 400)]
    [InlineData("shop.example", 400)]
    public void A_host_that_is_not_the_propertys_is_not_served(string host, int status, string? hostname = "www.shop.example")
    {
        HostnameEntry[] hostnames = [new("www.shop.example", "e"), new("*.wild.example", "e"), new("b.wild.example", "e")];
        var evaluator = new RuleEvaluator(Trees.Parse("""{ "name": "default", "behaviors": [] }"""), hostnames, EvaluationBudget.Unlimited);
        var request = Edge.Get("/") with { Host = host };

        var answer = evaluator.Evaluate(request);

        Assert.Equal((status, status == 400), (answer.Status, answer.Source == AnswerSource.UnknownHost));
        Assert.Equal(status == 200 ? hostname : null, answer.Hostname);
        Assert.Equal((status, -1), evaluator.Decide(request));
    }

    [Fact]
    public void A_later_rule_takes_a_denial_back()
    {
        var rules =
            Edge.Rule("Office only", "", Deny)
            + ","
            + Edge.Rule("Open", Edge.Item("path", """ "values": [ "/open/*" ] """), Edge.Item("denyAccess", """ "enabled": false """));
        var evaluator = Edge.Evaluator("", rules);

        Assert.Equal((403, 1), evaluator.Decide(Edge.Get("/a")));
        Assert.Equal((200, -1), evaluator.Decide(Edge.Get("/open/a")));
        var denied = evaluator.Evaluate(Edge.Get("/a"));
        Assert.Equal(
            (AnswerSource.Denied, "/rules/children/0", "default / Office only"),
            (denied.Source, denied.DecidedBy?.Pointer, denied.DecidedBy?.Path)
        );
        Assert.Equal((null, null, CacheKind.Bypass), (denied.ForwardHost, denied.ForwardPath, denied.Cache.Kind));
    }

    [Theory]
    [InlineData("GET", "", 200)]
    [InlineData("HEAD", "", 200)]
    [InlineData("OPTIONS", "", 200)]
    [InlineData("POST", "", 403)]
    [InlineData("PUT", "", 501)]
    [InlineData("PATCH", "", 501)]
    [InlineData("DELETE", "", 501)]
    [InlineData("BREW", "", 501)]
    [InlineData("POST", "allowPost", 200)]
    [InlineData("PUT", "allowPut", 200)]
    [InlineData("PATCH", "allowPatch", 200)]
    [InlineData("DELETE", "allowDelete", 200)]
    [InlineData("PUT", "allowPost", 501)]
    public void Methods(string method, string behavior, int status)
    {
        var answer = Edge.Answer(Edge.Send(method, "/"), behavior.Length == 0 ? "" : Edge.Item(behavior, """ "enabled": true """));

        Assert.Equal((status, status == 200 ? AnswerSource.Origin : AnswerSource.MethodNotAllowed), (answer.Status, answer.Source));
        Assert.Null(answer.DecidedBy);
    }

    [Fact]
    public void A_rule_that_refuses_a_method_is_named()
    {
        var rule = Edge.Rule("No options", "", Edge.Item("allowOptions", """ "enabled": false """));

        Assert.Equal((501, 1), Edge.Evaluator("", rule).Decide(Edge.Send("OPTIONS", "/")));
    }

    [Theory]
    [InlineData("deny,redirect", AnswerSource.Denied)]
    [InlineData("redirect,deny", AnswerSource.Denied)]
    [InlineData("construct,deny", AnswerSource.Denied)]
    [InlineData("redirect,construct", AnswerSource.Constructed)]
    [InlineData("construct,redirect", AnswerSource.Redirect)]
    public void Who_answers_first(string order, AnswerSource source)
    {
        var behaviors = string.Join(',', order.Split(',').Select(Behavior));

        Assert.Equal(source, Edge.Answer(Edge.Get("/"), behaviors).Source);
        Assert.Equal(source, Edge.Answer(Edge.Get("/"), "", Nested(order)).Source);
    }

    [Theory]
    [InlineData(""" "destinationProtocol": "HTTP" """, "http://www.shop.example/a/b?c=d")]
    [InlineData(""" "destinationHostname": "SUBDOMAIN", "destinationHostnameSubdomain": "m" """, "https://m.www.shop.example/a/b?c=d")]
    [InlineData(""" "destinationHostname": "SIBLING", "destinationHostnameSibling": "m" """, "https://m.shop.example/a/b?c=d")]
    [InlineData(""" "destinationHostname": "OTHER", "destinationHostnameOther": "x.example" """, "https://x.example/a/b?c=d")]
    [InlineData(""" "destinationPath": "OTHER", "destinationPathOther": "/n?x=1" """, "https://www.shop.example/n?x=1&c=d")]
    [InlineData(""" "destinationPath": "OTHER", "destinationPathOther": "/n", "queryString": "IGNORE" """, "https://www.shop.example/n")]
    [InlineData(""" "destinationPath": "OTHER", "destinationPathOther": "/{{builtin.AK_HOST}}" """, "https://www.shop.example/www.shop.example?c=d")]
    [InlineData(
        """ "destinationPath": "PREFIX_REQUEST", "destinationPathPrefix": "/p/", "destinationPathSuffixStatus": "SUFFIX", "destinationPathSuffix": ".x" """,
        "https://www.shop.example/p/a/b.x?c=d"
    )]
    public void Redirects(string options, string location)
    {
        var answer = Edge.Answer(Edge.Get("/a/b?c=d"), Edge.Item("redirect", options));

        Assert.Equal((302, AnswerSource.Redirect, location), (answer.Status, answer.Source, answer.Location));
    }

    [Theory]
    [InlineData("true", 308, "https://n.example/a")]
    [InlineData("false", 200, null)]
    public void Redirects_written_out(string enabled, int status, string? location)
    {
        var answer = Edge.Answer(
            Edge.Get("/a"),
            Edge.Item("redirectplus", $$$""" "enabled": {{{enabled}}}, "destination": "https://n.example{{builtin.AK_PATH}}", "responseCode": 308 """)
        );

        Assert.Equal((status, location), (answer.Status, answer.Location));
    }

    [Fact]
    public void A_constructed_response_can_be_taken_back_and_may_not_be_too_long()
    {
        Assert.Equal(503, Edge.Answer(Edge.Get("/"), Construct).Status);
        Assert.Equal(200, Edge.Answer(Edge.Get("/"), Construct + "," + Edge.Item("constructResponse", """ "enabled": false """)).Status);
        Assert.Equal(500, Edge.Answer(Edge.Get("/"), Edge.Item("constructResponse", $$""" "body": "{{new string('x', 2001)}}" """)).Status);
    }

    [Theory]
    [InlineData("/v/a?t=exp=1748866000~acl=/v/*~hmac=" + Tokens.Good, 200)]
    [InlineData("/v/a?t=exp%3D1748866000%7Eacl%3D/v/*%7Ehmac%3D" + Tokens.Good, 200)]
    [InlineData("/v/a?t=exp=1748860000~acl=/v/*~hmac=" + Tokens.Old, 403)]
    [InlineData("/v/a?x=1&t=exp=1748866000~hmac=" + Tokens.OfUrl, 403)]
    [InlineData("/v/a", 403)]
    public void A_bad_token_is_refused(string url, int status)
    {
        var verify = Edge.Item("verifyTokenAuthorization", """ "location": "QUERY_STRING", "locationId": "t", "key": "AABB" """);

        Assert.Equal((status, status == 403 ? 0 : -1), Edge.Evaluator(verify).Decide(Edge.Get(url)));
    }

    [Theory]
    [InlineData("/v/a?x=1&t=exp=1748866000~hmac=" + Tokens.OfUrl, 200)]
    [InlineData("/v/a?x=2&t=exp=1748866000~hmac=" + Tokens.OfUrl, 403)]
    public void A_token_may_sign_the_url(string url, int status)
    {
        var verify = Edge.Item("verifyTokenAuthorization", """ "location": "QUERY_STRING", "locationId": "t", "key": "aabb", "salt": "s" """);

        Assert.Equal(status, Edge.Evaluator(verify).Decide(Edge.Get(url))?.Status);
    }

    [Fact]
    public void Protected_segments_need_a_token()
    {
        var protect = Edge.Item("segmentedContentProtection", """ "enabled": true, "key": "aabb" """);

        Assert.Equal(403, Edge.Answer(Edge.Get("/v/a"), protect).Status);
        Assert.Equal(200, Edge.Answer(Edge.Get("/v/a?hdnts=exp=1748866000~acl=/v/*~hmac=" + Tokens.Good), protect).Status);
        Assert.Equal(200, Edge.Answer(Edge.Get("/v/a"), protect + "," + Edge.Item("segmentedContentProtection", """ "enabled": false """)).Status);
    }

    [Theory]
    [InlineData(""" "actionType": "SERVE_STALE" """, 200, "o.example", "/a?b=c", null)]
    [InlineData(""" "actionType": "RECREATED_CO", "contentHostname": "alt.example" """, 200, "alt.example", "/a?b=c", null)]
    [InlineData(
        """ "actionType": "RECREATED_CEX", "cexHostname": "alt.example", "cexCustomPath": true, "cexPath": "/sorry" """,
        200,
        "alt.example",
        "/sorry",
        null
    )]
    [InlineData(
        """ "actionType": "RECREATED_NS", "netStorageHostname": { "downloadDomainName": "ns.example" }, "netStoragePath": "/s", "statusCode": 503 """,
        503,
        "ns.example",
        "/s",
        null
    )]
    [InlineData(
        """ "actionType": "REDIRECT", "redirectHostnameType": "ALTERNATE", "redirectHostname": "alt.example", "preserveQueryString": true """,
        302,
        "o.example",
        "/a?b=c",
        "https://alt.example/a?b=c"
    )]
    [InlineData(
        """ "actionType": "REDIRECT", "redirectCustomPath": true, "redirectPath": "/sorry", "redirectMethod": 301, "modifyProtocol": true, "protocol": "HTTP" """,
        301,
        "o.example",
        "/a?b=c",
        "http://www.shop.example/sorry"
    )]
    [InlineData(""" "actionType": "DYNAMIC", "saasSuffix": "s.example" """, 302, "o.example", "/a?b=c", "https://s.example/a")]
    public void Failover(string options, int status, string host, string path, string? location)
    {
        var origin = Edge.Item("origin", """ "hostname": "o.example" """);
        var rule = Edge.Rule("When down", Edge.Item("matchResponseCode", """ "values": [ "503" ] """), Edge.Item("failAction", options));
        var evaluator = Edge.Evaluator(origin, rule);

        var answer = evaluator.Evaluate(Edge.Get("/a?b=c") with { Origin = Edge.Origin(503) });

        Assert.Equal((status, AnswerSource.Failover, "default / When down"), (answer.Status, answer.Source, answer.DecidedBy?.Path));
        Assert.Equal((host, path, location), (answer.ForwardHost, answer.ForwardPath, answer.Location));
        Assert.Equal((200, -1), evaluator.Decide(Edge.Get("/a")));
    }

    [Theory]
    [InlineData(200, AnswerSource.Origin)]
    [InlineData(404, AnswerSource.Origin)]
    [InlineData(500, AnswerSource.Failover)]
    public void Failover_without_a_condition_acts_on_server_errors(int origin, AnswerSource source) =>
        Assert.Equal(source, Edge.Answer(Edge.Get("/") with { Origin = Edge.Origin(origin) }, Edge.Item("failAction")).Source);

    [Fact]
    public void The_response_of_a_request_that_the_edge_answers_is_the_edges()
    {
        var rules =
            Edge.Rule("On 200", Edge.Item("matchResponseCode", """ "values": [ "200" ] """), Construct)
            + ","
            + Edge.Rule("On 403", Edge.Item("matchResponseCode", """ "values": [ "403" ] """), Edge.Item("http2"))
            + ","
            + Edge.Rule("Deny", Edge.Item("path", """ "values": [ "/secret" ] """), Deny);
        var evaluator = Edge.Evaluator("", rules);

        Assert.Equal(
            "default | default / On 403 | default / Deny",
            string.Join(" | ", evaluator.Evaluate(Edge.Get("/secret")).Matched.Select(rule => rule.Path))
        );
        Assert.Equal((503, 1), evaluator.Decide(Edge.Get("/")));
    }

    [Fact]
    public void A_rule_about_the_response_cannot_let_a_refused_request_through()
    {
        var back = Edge.Rule(
            "On 403",
            Edge.Item("matchResponseCode", """ "values": [ "403" ] """),
            Edge.Item("denyAccess", """ "enabled": false """)
        );

        var answer = Edge.Answer(Edge.Get("/"), Deny, back);

        Assert.Equal((403, AnswerSource.Denied, null), (answer.Status, answer.Source, answer.ForwardHost));
    }

    [Fact]
    public void A_rule_below_one_about_the_response_is_tried_with_it()
    {
        var below = Edge.Rule("All", "", Deny);
        var rules = Edge.Rule("On 404", Edge.Item("matchResponseCode", """ "values": [ "404" ] """), "", below);
        var evaluator = Edge.Evaluator("", rules);

        Assert.Equal((403, 2), evaluator.Decide(Edge.Get("/") with { Origin = Edge.Origin(404) }));
        Assert.Equal(
            "o.example",
            Edge.Evaluator(Edge.Item("origin", """ "hostname": "o.example" """), rules)
                .Evaluate(Edge.Get("/") with { Origin = Edge.Origin(404) })
                .ForwardHost
        );
        Assert.Equal((200, -1), evaluator.Decide(Edge.Get("/")));
    }

    [Fact]
    public void Deciding_alone_sees_incoming_headers_as_rules_change_them()
    {
        var behaviors =
            Edge.Item("caching", """ "behavior": "CACHE_CONTROL", "defaultTtl": "1d" """)
            + ","
            + Edge.Item(
                "modifyIncomingResponseHeader",
                """ "action": "MODIFY", "customHeaderName": "Cache-Control", "newHeaderValue": "no-store" """
            );
        var rule = Edge.Rule("Kept nowhere", Edge.Item("cacheability", """ "value": "NO_STORE" """), Deny);

        Assert.Equal((403, 1), Edge.Evaluator(behaviors, rule).Decide(Edge.Get("/")));
    }

    [Fact]
    public void A_later_rule_about_the_request_wins_over_an_earlier_one_about_the_response()
    {
        var rules =
            Edge.Rule("On 200", Edge.Item("matchResponseCode", """ "values": [ "200" ] """), Edge.Item("caching", """ "behavior": "NO_STORE" """))
            + ","
            + Edge.Rule("Images", Edge.Item("path", """ "values": [ "/i" ] """), Edge.Item("caching", """ "ttl": "1d" """));

        Assert.Equal(CacheKind.Cached, Edge.Answer(Edge.Get("/i"), "", rules).Cache.Kind);
        Assert.Equal(CacheKind.NoStore, Edge.Answer(Edge.Get("/j"), "", rules).Cache.Kind);
    }

    private static string Nested(string order) => string.Join(',', order.Split(',').Select((name, i) => Edge.Rule($"r{i}", "", Behavior(name))));

    private static string Behavior(string name) =>
        name == "deny" ? Deny
        : name == "redirect" ? Redirect
        : Construct;
}
