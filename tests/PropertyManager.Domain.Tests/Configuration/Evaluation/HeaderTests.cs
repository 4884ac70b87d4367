using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Domain.Tests.Configuration.Evaluation;

/// <summary>Headers on the way to the client.</summary>
public sealed class HeaderTests
{
    [Theory]
    [InlineData(""" "action": "ADD", "customHeaderName": "X-A", "headerValue": "{{builtin.AK_HOST}}" """, "X-A=www.shop.example")]
    [InlineData(""" "action": "ADD", "customHeaderName": "x-old", "headerValue": "2" """, "x-old=1|x-old=2")]
    [InlineData(""" "action": "MODIFY", "customHeaderName": "X-Old", "newHeaderValue": "2" """, "X-Old=2")]
    [InlineData(""" "action": "DELETE", "standardDeleteHeaderName": "CONTENT_TYPE" """, "Content-Type=")]
    [InlineData(""" "action": "REGEX", "customHeaderName": "X-Old", "regexHeaderMatch": "[0-9]", "regexHeaderReplace": "n" """, "X-Old=n")]
    public void A_rule_changes_one(string options, string expected) =>
        Assert.Equal(expected, Headers(Edge.Get("/"), Edge.Item("modifyOutgoingResponseHeader", options)));

    [Fact]
    public void Changes_add_up_in_the_order_of_the_rules()
    {
        var set = Edge.Item("modifyOutgoingResponseHeader", """ "action": "MODIFY", "customHeaderName": "X-A", "newHeaderValue": "1" """);
        var add = Edge.Item("modifyOutgoingResponseHeader", """ "action": "ADD", "customHeaderName": "X-A", "headerValue": "2" """);
        var incoming = Edge.Item("modifyIncomingResponseHeader", """ "action": "DELETE", "customHeaderName": "X-Old" """);

        Assert.Equal("X-Old=|X-A=1|X-A=2", Headers(Edge.Get("/"), $"{set},{add},{incoming}"));
        Assert.Equal("X-A=1", Headers(Edge.Get("/"), $"{add},{set}"));
    }

    [Fact]
    public void Headers_of_requests_are_settings_only()
    {
        var answer = Edge.Answer(
            Edge.Get("/"),
            Edge.Item("modifyIncomingRequestHeader", """ "action": "ADD", "customHeaderName": "X-A", "headerValue": "1" """)
        );

        Assert.Empty(answer.ResponseHeaders);
        Assert.Equal(("modifyIncomingRequestHeader X-A", "add \"1\""), (answer.Settings[0].Name, answer.Settings[0].Value));
    }

    [Theory]
    [InlineData(""" "behavior": "BUST" """, "Cache-Control=max-age=0, no-cache, no-store|Expires=Mon, 02 Jun 2025 12:00:00 GMT|Pragma=no-cache")]
    [InlineData(""" "behavior": "NONE" """, "Cache-Control=|Expires=|Pragma=")]
    [InlineData(""" "behavior": "MUST_REVALIDATE" """, "Cache-Control=no-cache|Expires=")]
    [InlineData(""" "behavior": "TUNNEL_ORIGIN" """, "")]
    [InlineData(""" "behavior": "ALLOW", "allowBehavior": "LESSER", "sendHeaders": "CACHE_CONTROL" """, "Cache-Control=max-age=60")]
    [InlineData(""" "behavior": "ALLOW", "allowBehavior": "GREATER", "sendHeaders": "CACHE_CONTROL" """, "Cache-Control=max-age=3600")]
    [InlineData(
        """ "behavior": "ALLOW", "allowBehavior": "FROM_VALUE", "ttl": "1d", "sendPrivate": true """,
        "Cache-Control=private, max-age=86400|Expires=Tue, 03 Jun 2025 12:00:00 GMT"
    )]
    [InlineData(""" "behavior": "ALLOW", "allowBehavior": "PASS_ORIGIN" """, "")]
    public void Clients_are_told_how_long(string options, string expected)
    {
        var request = Edge.Get("/") with { Origin = Edge.Origin(200, ("Cache-Control", "max-age=60")) };

        Assert.Equal(expected, Headers(request, Edge.Item("caching", """ "ttl": "1h" """) + "," + Edge.Item("downstreamCache", options)));
    }

    [Theory]
    [InlineData("https", "Strict-Transport-Security=max-age=86400 ; includeSubDomains", 200)]
    [InlineData("http", "", 301)]
    public void Strict_transport(string scheme, string expected, int status)
    {
        var behavior = Edge.Item(
            "httpStrictTransportSecurity",
            """ "enable": true, "maxAge": "ONE_DAY", "includeSubDomains": true, "redirect": true """
        );
        var request = Edge.Get("/a?b") with { Scheme = scheme };

        Assert.Equal(expected, Headers(request, behavior));
        Assert.Equal(status, Edge.Answer(request, behavior).Status);
        Assert.Equal(status == 301 ? "https://www.shop.example/a?b" : null, Edge.Answer(request, behavior).Location);
    }

    [Theory]
    [InlineData("GET", "https://a.example", "Access-Control-Allow-Origin=https://a.example|Access-Control-Expose-Headers=X-Id")]
    [InlineData("GET", "https://b.example", "")]
    [InlineData(
        "OPTIONS",
        "https://a.example",
        "Access-Control-Allow-Origin=https://a.example|Access-Control-Allow-Methods=GET, PUT|Access-Control-Allow-Headers=X-B|Access-Control-Max-Age=600"
    )]
    public void Other_sites_are_told_what_they_may(string method, string origin, string expected)
    {
        var behavior = Edge.Item(
            "corsSupport",
            """
            "allowOrigins": "SPECIFIED", "origins": [ "https://a.*" ], "allowHeaders": "SPECIFIED", "headers": [ "X-B" ], "methods": [ "GET", "PUT" ],
            "exposeHeaders": [ "X-Id" ], "preflightMaxAge": "10m"
            """
        );

        Assert.Equal(expected, Headers(Edge.Send(method, "/", ("Origin", origin), ("Access-Control-Request-Method", "PUT")), behavior));
    }

    private static string Headers(EdgeRequest request, string behaviors)
    {
        var origin = request.Origin == OriginAnswer.Ok ? Edge.Origin(200, ("X-Old", "1"), ("Content-Type", "text/html")) : request.Origin;
        var answer = Edge.Answer(request with { Origin = origin }, behaviors);
        Assert.Empty(answer.Notes);
        return string.Join('|', answer.ResponseHeaders.Select(header => $"{header.Key}={header.Value}"));
    }
}
