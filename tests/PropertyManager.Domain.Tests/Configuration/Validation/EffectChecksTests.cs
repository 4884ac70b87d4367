using PropertyManager.Domain.Configuration;
using static PropertyManager.Domain.Tests.Configuration.Validation.Validated;

namespace PropertyManager.Domain.Tests.Configuration.Validation;

/// <summary>What rules do to each other and to themselves: shadows, circles, cookies in the cache.</summary>
public sealed class EffectChecksTests
{
    private static readonly string Day = Of("caching", """{ "behavior": "MAX_AGE", "ttl": "1d" }""");
    private static readonly string Hour = Of("caching", """{ "behavior": "MAX_AGE", "ttl": "1h" }""");
    private static readonly string Cookie = Of("responseHeader", """{ "headerName": "set-cookie", "matchOperator": "EXISTS" }""");

    private static readonly string AddCookie = Of(
        "modifyOutgoingResponseHeader",
        """{ "action": "ADD", "standardAddHeaderName": "OTHER", "customHeaderName": "Set-Cookie", "headerValue": "a=b" }"""
    );

    [Fact]
    public void An_earlier_rule_whose_behavior_is_set_again_under_the_same_criteria_has_no_effect()
    {
        var other = Of("path", """{ "values": [   "/a" ], "matchOperator": "MATCHES_ONE_OF" }""");
        var message = Assert.Single(Children(Rule("A", Path("/a"), $"{Day}, {Works}"), Rule("B", Path("/b"), Hour), Rule("C", other, Hour)));

        Assert.Equal((Severity.Warning, "A later rule takes its place"), (message.Severity, message.Title));
        Assert.Equal(("/rules/children/0", "default / A"), (message.Pointer, message.RulePath));
        Assert.StartsWith("caching of \"A\" has no effect: \"C\"", message.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_rule_without_criteria_sets_it_for_all() =>
        Assert.Equal<string>(
            ["/rules/children/0", "/rules/children/1"],
            [
                .. Assert
                    .Single(Children(Rule("A", Path("/a"), Day), Rule("B", Path("/b"), Day), Rule("C", "", Hour)))
                    .Places.Select(place => place.Pointer),
            ]
        );

    [Fact]
    public void Rules_that_differ_in_criteria_or_behaviors_keep_their_effect()
    {
        var variable = Of("matchVariable", """{ "variableName": "PMUSER_X", "matchOperator": "IS", "variableExpression": "1" }""");
        string both = $"{Path("/a")}, {Path("/a*")}";

        Assert.Empty(Children(Rule("A", Path("/a"), Day), Rule("B", Path("/b"), Hour)));
        Assert.Empty(Children(Rule("A", Path("/a"), Day), Rule("B", Path("/a"), Of("gzipResponse", """{ "behavior": "NEVER" }"""))));
        Assert.Empty(Children(Rule("A", both, Day), Rule("B", both, Hour, satisfy: "any")));
        Assert.Empty(Children(Rule("A", variable, Day), Rule("B", variable, Hour))); // it may have changed in between
        Assert.Empty(Children(Rule("A", Path("/a"), AddedHeader), Rule("B", Path("/a"), AddedHeader)));
    }

    private static string AddedHeader => Of("modifyOutgoingResponseHeader", """{ "customHeaderName": "X-A", "headerValue": "1" }""");

    [Theory]
    [InlineData("/old/*", """{ "destinationPath": "OTHER", "destinationPathOther": "/old/new" }""", true)]
    [InlineData(
        "/old/*",
        """{ "destinationPath": "OTHER", "destinationPathOther": "/old/new?x=1", "destinationHostname": "OTHER", "destinationHostnameOther": "img.shop.example" }""",
        true
    )]
    [InlineData("/old/*", """{ "destinationPath": "OTHER", "destinationPathOther": "/new" }""", false)]
    [InlineData("/old/*", """{ "destinationPath": "OTHER", "destinationPathOther": "/old/{{builtin.AK_HOST}}" }""", false)]
    [InlineData(
        "/old/*",
        """{ "destinationPath": "OTHER", "destinationPathOther": "/old/new", "destinationHostname": "OTHER", "destinationHostnameOther": "www.other.example" }""",
        false
    )]
    [InlineData("/old/*", """{ "destinationPath": "PREFIX_REQUEST", "destinationPathPrefix": "/x" }""", false)]
    [InlineData("/old/*", """{ "destinationProtocol": "HTTPS" }""", true)]
    [InlineData("/old/*", """{ "destinationHostname": "OTHER", "destinationHostnameOther": "www.shop.example" }""", true)]
    [InlineData("/old/*", """{ "destinationHostname": "SUBDOMAIN", "destinationHostnameSubdomain": "m" }""", false)]
    public void A_redirect_that_meets_itself_goes_in_circles(string path, string options, bool circles)
    {
        var messages = Children(Rule("A", Path(path), Of("redirect", options)));

        Assert.Equal<string>(circles ? ["The redirect can go in circles"] : [], [.. messages.Select(m => m.Title)]);
        Assert.All(messages, message => Assert.Equal((Severity.Warning, "/rules/children/0/behaviors/0"), (message.Severity, message.Pointer)));
    }

    [Theory]
    [InlineData("dcv.partner.example", "", false)]
    [InlineData("dcv.partner.example", "dcv.partner.example", true)]
    [InlineData("dcv.partner.example", "www.shop.example", false)]
    [InlineData(null, "", true)]
    public void Before_hostnames_are_known_only_the_requests_own_host_is_met_again(string? to, string asked, bool circles)
    {
        var host = asked.Length == 0 ? "" : "," + Of("hostname", $$"""{ "matchOperator": "IS_ONE_OF", "values": [ "{{asked}}" ] }""");
        var redirect = to is null
            ? """{ "destinationPath": "OTHER", "destinationPathOther": "/.well-known/b" }"""
            : $$"""{ "destinationHostname": "OTHER", "destinationHostnameOther": "{{to}}" }""";
        var rule = Rule("Validation", Path("/.well-known/*") + host, Of("redirect", redirect));

        var messages = RuleTreeValidator.Validate(Trees.Parse($$"""{ "name": "default", "children": [ {{rule}} ] }"""), []);

        Assert.Equal(circles, messages.Any(m => m.Title == "The redirect can go in circles"));
    }

    [Theory]
    [InlineData("requestProtocol", """{ "value": "HTTP" }""", false)]
    [InlineData("requestProtocol", """{ "value": "HTTPS" }""", true)]
    [InlineData("requestMethod", """{ "matchOperator": "IS", "value": "POST" }""", false)]
    [InlineData("requestMethod", """{ "matchOperator": "IS", "value": "GET" }""", true)]
    [InlineData("requestCookie", """{ "cookieName": "a", "matchOperator": "EXISTS" }""", true)]
    [InlineData("random", """{ "bucket": 50 }""", false)]
    [InlineData("hostname", """{ "values": [ "www.shop.example" ] }""", true)]
    [InlineData("fileExtension", """{ "values": [ "html" ] }""", true)]
    public void Whether_it_meets_itself_depends_on_all_criteria_up_to_the_default_rule(string name, string options, bool circles)
    {
        var redirect = Of("redirect", """{ "destinationProtocol": "HTTPS" }""");

        Assert.Equal(circles ? 1 : 0, Children(Rule("A", Of(name, options), redirect)).Count);
        Assert.Equal(circles ? 1 : 0, Children(Rule("A", Of(name, options), "", Rule("B", Path("/a"), redirect))).Count);
    }

    [Theory]
    [InlineData("""{ "destination": "/a/b" }""", true)]
    [InlineData("""{ "destination": "https://www.shop.example/a/b?c" }""", true)]
    [InlineData("""{ "destination": "https://www.other.example/a/b" }""", false)]
    [InlineData("""{ "destination": "/a/b", "enabled": false }""", false)]
    [InlineData("""{ "destination": "/b" }""", false)]
    public void A_redirect_by_a_whole_address_can_too(string options, bool circles) =>
        Assert.Equal(circles ? 1 : 0, Children(Rule("A", Path("/a/*"), Of("redirectplus", options))).Count);

    [Fact]
    public void Answers_that_set_cookies_are_not_to_be_kept()
    {
        var own = Assert.Single(Children(Rule("A", Cookie, Day)));
        Assert.Equal((Severity.Warning, "Answers with cookies are cached", "/rules/children/0/behaviors/0"), (own.Severity, own.Title, own.Pointer));

        Assert.Equal("default / A / B", Assert.Single(Children(Rule("A", Cookie, "", Rule("B", Path("/a"), Day)))).RulePath);
        Assert.Equal("/rules/children/0/behaviors/0", Assert.Single(Tree(Day, Rule("A", Path("/a"), AddCookie))).Pointer);
    }

    [Fact]
    public void Cookies_that_are_not_kept_are_no_matter()
    {
        var noStore = Of("caching", """{ "behavior": "NO_STORE" }""");
        var without = Of("responseHeader", """{ "headerName": "Set-Cookie", "matchOperator": "DOES_NOT_EXIST" }""");

        Assert.Empty(Children(Rule("A", Cookie, noStore)));
        Assert.Empty(Children(Rule("A", without, Day)));
        Assert.Empty(Children(Rule("A", Path("/a"), AddCookie)));
        Assert.Empty(Tree(Day, Rule("A", Path("/a"), $"{noStore}, {AddCookie}")));
    }
}
