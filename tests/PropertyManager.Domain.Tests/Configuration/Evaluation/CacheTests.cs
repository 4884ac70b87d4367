using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Domain.Tests.Configuration.Evaluation;

/// <summary>What is kept, how long, by which key, and where it is fetched from.</summary>
public sealed class CacheTests
{
    private const string Origin = """{ "name": "origin", "options": { "hostname": "o.example", "cacheKeyHostname": "ORIGIN_HOSTNAME" } }""";

    [Theory]
    [InlineData(""" "behavior": "MAX_AGE", "ttl": "7d" """, "", CacheKind.Cached, 604_800)]
    [InlineData(""" "behavior": "MAX_AGE", "ttl": "90S" """, "no-store", CacheKind.Cached, 90)]
    [InlineData(""" "behavior": "NO_STORE" """, "max-age=5", CacheKind.NoStore, null)]
    [InlineData(""" "behavior": "BYPASS_CACHE" """, "max-age=5", CacheKind.Bypass, null)]
    [InlineData(""" "behavior": "CACHE_CONTROL", "defaultTtl": "1m" """, "public, max-age=5", CacheKind.ByOrigin, 5)]
    [InlineData(""" "behavior": "CACHE_CONTROL", "defaultTtl": "1m" """, "public", CacheKind.ByOrigin, 60)]
    [InlineData(""" "behavior": "CACHE_CONTROL", "defaultTtl": "1m" """, "no-cache", CacheKind.ByOrigin, 0)]
    [InlineData(""" "behavior": "CACHE_CONTROL_AND_EXPIRES", "defaultTtl": "1m" """, "private", CacheKind.NoStore, null)]
    [InlineData(""" "behavior": "EXPIRES", "defaultTtl": "1m" """, "max-age=5", CacheKind.ByOrigin, 3600)]
    [InlineData(""" "behavior": "MAX_AGE", "ttl": "{{user.PMUSER_T}}" """, "", CacheKind.Cached, 120)]
    public void Time_to_live(string options, string control, CacheKind kind, int? seconds)
    {
        var request = Edge.Get("/") with { Origin = Edge.Origin(200, ("Cache-Control", control), ("Expires", "Mon, 02 Jun 2025 13:00:00 GMT")) };

        var cache = Edge.Answer(request, Edge.Item("caching", options), variables: """{ "name": "PMUSER_T", "value": "2m" }""").Cache;

        Assert.Equal((kind, seconds), (cache.Kind, (int?)cache.Ttl?.TotalSeconds));
    }

    [Theory]
    [InlineData("POST", 200, "", CacheKind.Bypass, null)]
    [InlineData("POST", 200, "cachePost", CacheKind.Cached, 60)]
    [InlineData("GET", 301, "", CacheKind.Cached, 60)]
    [InlineData("GET", 302, "", CacheKind.Bypass, null)]
    [InlineData("GET", 302, "cacheRedirect", CacheKind.Cached, 60)]
    [InlineData("GET", 404, "", CacheKind.Cached, 10)]
    [InlineData("GET", 503, "cacheError", CacheKind.Cached, 5)]
    public void Methods_and_statuses(string method, int status, string behavior, CacheKind kind, int? seconds)
    {
        var behaviors = Edge.Item("allowPost") + "," + Edge.Item("caching", """ "ttl": "1m" """);
        behaviors += behavior.Length == 0 ? "" : "," + Edge.Item(behavior, """ "enabled": "true", "ttl": "5s" """);

        var cache = Edge.Answer(Edge.Send(method, "/") with { Origin = Edge.Origin(status) }, behaviors).Cache;

        Assert.Equal((kind, seconds), (cache.Kind, (int?)cache.Ttl?.TotalSeconds));
    }

    [Theory]
    [InlineData("Accept-Encoding", false, CacheKind.Cached)]
    [InlineData("User-Agent", false, CacheKind.NoStore)]
    [InlineData("User-Agent", true, CacheKind.Cached)]
    public void What_varies_is_not_kept_unless_vary_is_ignored(string vary, bool removes, CacheKind kind)
    {
        var behaviors =
            Edge.Item("caching", """ "ttl": "1m" """) + "," + Edge.Item("removeVary", $$""" "enabled": {{(removes ? "true" : "false")}} """);

        Assert.Equal(kind, Edge.Answer(Edge.Get("/") with { Origin = Edge.Origin(200, ("Vary", vary)) }, behaviors).Cache.Kind);
    }

    [Fact]
    public void Incoming_headers_that_a_rule_changes_decide_what_is_kept()
    {
        var change = Edge.Item(
            "modifyIncomingResponseHeader",
            """ "action": "MODIFY", "standardModifyHeaderName": "CACHE_CONTROL", "newHeaderValue": "max-age=9" """
        );
        var request = Edge.Get("/") with { Origin = Edge.Origin(200, ("Cache-Control", "no-store")) };

        var cache = Edge.Answer(request, Edge.Item("caching", """ "behavior": "CACHE_CONTROL" """) + "," + change).Cache;

        Assert.Equal((CacheKind.ByOrigin, 9), (cache.Kind, (int?)cache.Ttl?.TotalSeconds));
    }

    [Theory]
    [InlineData("", "o.example/A/b?z=1&a=2&Utm=3")]
    [InlineData(""" "behavior": "INCLUDE_ALL_ALPHABETIZE_ORDER" """, "o.example/A/b?Utm=3&a=2&z=1")]
    [InlineData(""" "behavior": "IGNORE_ALL" """, "o.example/A/b")]
    [InlineData(""" "behavior": "INCLUDE", "parameters": [ "z", "a" ] """, "o.example/A/b?a=2&z=1")]
    [InlineData(""" "behavior": "IGNORE", "parameters": [ "Ut" ] """, "o.example/A/b?Utm=3&a=2&z=1")]
    [InlineData(""" "behavior": "IGNORE", "parameters": [ "Ut" ], "exactMatch": false """, "o.example/A/b?a=2&z=1")]
    public void Key(string options, string key)
    {
        var behaviors = Origin + (options.Length == 0 ? "" : "," + Edge.Item("cacheKeyQueryParams", options));

        Assert.Equal(key, Edge.Answer(Edge.Get("/A/b?z=1&a=2&Utm=3"), behaviors).Cache.Key);
    }

    [Fact]
    public void Parameters_that_are_removed_reach_neither_the_origin_nor_the_key()
    {
        var answer = Edge.Answer(
            Edge.Get("/a?z=1&utm_source=x&a=2&utm_source=y"),
            Origin + "," + Edge.Item("removeQueryParameter", """ "parameters": [ "utm_source" ] """)
        );

        Assert.EndsWith("/a?z=1&a=2", answer.Cache.Key, StringComparison.Ordinal);
        Assert.Equal("/a?z=1&a=2", answer.ForwardPath);
        Assert.Empty(answer.NotEvaluated);
    }

    [Fact]
    public void Key_without_case_with_a_cookie_and_of_the_requests_host()
    {
        var behaviors =
            Edge.Item("cacheKeyIgnoreCase", """ "enabled": true """)
            + ","
            + Edge.Item("cacheId", """ "rule": "INCLUDE_COOKIES", "includeValue": true, "elements": [ "tier" ] """);

        Assert.Equal("www.shop.example/a?b=c tier=Gold", Edge.Answer(Edge.Get("/A?B=C", ("Cookie", "x=1; tier=Gold")), behaviors).Cache.Key);
    }

    [Theory]
    [InlineData("rewriteUrl", """ "behavior": "REPLACE", "match": "/a/", "targetPath": "/x/" """, "/x/b/a/c?q=1")]
    [InlineData("rewriteUrl", """ "behavior": "REPLACE", "match": "/a/", "targetPath": "/x/", "matchMultiple": true """, "/x/b/x/c?q=1")]
    [InlineData("rewriteUrl", """ "behavior": "REMOVE", "match": "/a/" """, "/b/a/c?q=1")]
    [InlineData("rewriteUrl", """ "behavior": "REWRITE", "targetUrl": "/n?x=2" """, "/n?x=2&q=1")]
    [InlineData("rewriteUrl", """ "behavior": "REWRITE", "targetUrl": "/n", "keepQueryString": false """, "/n")]
    [InlineData("rewriteUrl", """ "behavior": "PREPEND", "targetPathPrepend": "/p/" """, "/p/a/b/a/c?q=1")]
    [InlineData("rewriteUrl", """ "behavior": "REGEX_REPLACE", "matchRegex": "/(b)/a", "targetRegex": "/$1$1" """, "/a/bb/c?q=1")]
    [InlineData("rewriteUrl", """ "behavior": "REPLACE", "match": "/none/", "targetPath": "/x/" """, "/a/b/a/c?q=1")]
    [InlineData("baseDirectory", """ "value": "/base/" """, "/base/a/b/a/c?q=1")]
    public void What_the_origin_is_asked_for(string name, string options, string asked)
    {
        var answer = Edge.Answer(Edge.Get("/a/b/a/c?q=1"), Origin + "," + Edge.Item(name, options));

        Assert.Equal((asked, "o.example" + asked), (answer.ForwardPath, answer.Cache.Key));
    }

    [Theory]
    [InlineData(""" "originType": "NET_STORAGE", "netStorage": { "downloadDomainName": "ns.example" } """, "ns.example")]
    [InlineData(""" "hostname": "{{builtin.AK_CLIENT_COUNTRY_CODE}}.o.example" """, "DE.o.example")]
    [InlineData("", null)]
    public void Where_it_comes_from(string options, string? host) =>
        Assert.Equal(host, Edge.Answer(Edge.Get("/"), Edge.Item("origin", options)).ForwardHost);
}
