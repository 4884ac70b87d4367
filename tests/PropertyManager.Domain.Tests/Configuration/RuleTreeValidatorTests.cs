using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Tests.Configuration;

public sealed class RuleTreeValidatorTests
{
    private const string Origin = """{ "name": "origin", "options": { "originType": "CUSTOMER", "hostname": "origin.shop.example" } }""";
    private const string CpCode = """{ "name": "cpCode", "options": { "value": { "id": 12345, "name": "shop" } } }""";

    private static readonly HostnameEntry[] Hostnames = [new("www.shop.example", "www.shop.example.edgekey.net")];

    [Fact]
    public void A_good_tree_has_no_messages() => Assert.Empty(Validate(Tree("")));

    [Theory]
    [InlineData("""{ "name": "caching", "options": { "behavior": "MAX_AGE" } }""", "Caching without a time to live", "/options/ttl")]
    [InlineData(
        """{ "name": "caching", "options": { "behavior": "EXPIRES", "ttl": "1d" } }""",
        "Caching without a time to live",
        "/options/defaultTtl"
    )]
    [InlineData("""{ "name": "caching", "options": { "behavior": "MAX_AGE", "ttl": "soon" } }""", "The time to live cannot be read", "/options/ttl")]
    [InlineData("""{ "name": "redirect", "options": { "destinationPath": "SAME_AS_REQUEST" } }""", "The redirect leads back to itself", "")]
    [InlineData("""{ "name": "webApplicationFirewall", "options": {} }""", "The firewall has no configuration", "/options/firewallConfiguration")]
    [InlineData(
        """{ "name": "modifyOutgoingResponseHeader", "options": { "action": "ADD", "standardAddHeaderName": "OTHER" } }""",
        "The header has no name",
        "/options/customHeaderName"
    )]
    [InlineData("""{ "name": "rewriteUrl", "options": { "targetUrl": "/{{user.PMUSER_X}}" } }""", "Unknown variable", "")]
    public void A_behavior_that_cannot_work_is_an_error(string behavior, string title, string at)
    {
        var message = Assert.Single(Validate(Tree("," + behavior)));

        Assert.Equal((Severity.Error, title, "/rules/behaviors/2" + at), (message.Severity, message.Title, message.Pointer));
    }

    [Theory]
    [InlineData("""{ "name": "denyAccess", "options": { "enabled": true } }""", "Every request is denied")]
    [InlineData("""{ "name": "advanced", "options": { "xml": "" } }""", "Advanced metadata")]
    [InlineData("""{ "name": "cpCode", "options": { "value": { "id": 7 } } }""", "More than one cpCode")]
    [InlineData("""{ "name": "redirect", "options": { "destinationProtocol": "HTTPS" } }""", "The redirect can go in circles")]
    public void A_behavior_to_think_twice_about_is_a_warning(string behavior, string title)
    {
        var message = Assert.Single(Validate(Tree("," + behavior)));

        Assert.Equal((Severity.Warning, title), (message.Severity, message.Title));
    }

    [Theory]
    [InlineData("""{ "name": "denyAccess", "options": { "enabled": false } }""")]
    [InlineData("""{ "name": "caching", "options": { "behavior": "NO_STORE" } }""")]
    [InlineData("""{ "name": "caching", "options": { "behavior": "MAX_AGE", "ttl": "{{builtin.AK_PATH}}" } }""")]
    public void What_only_looks_alike_is_let_pass(string behavior) => Assert.Empty(Validate(Tree("," + behavior)));

    [Theory]
    [InlineData("""{ "name": "origin", "options": { "originType": "CUSTOMER" } }""", "The origin has no hostname")]
    [InlineData("""{ "name": "origin", "options": { "hostname": "WWW.shop.example" } }""", "The origin is the property itself")]
    [InlineData("""{ "name": "origin", "options": { "hostname": "www.shop.example.edgekey.net" } }""", "The origin is the property itself")]
    [InlineData(
        """{ "name": "origin", "options": { "hostname": "o.example", "forwardHostHeader": "CUSTOM" } }""",
        "The custom forward host header is empty"
    )]
    public void An_origin_that_cannot_be_reached_is_an_error(string origin, string title) =>
        Assert.Equal(title, Assert.Single(Validate($$"""{ "name": "default", "behaviors": [ {{origin}}, {{CpCode}} ] }""")).Title);

    [Fact]
    public void The_default_rule_needs_origin_and_CP_code_and_takes_no_criteria()
    {
        var messages = Validate(
            """{ "name": "default", "criteria": [ { "name": "path", "options": { "values": [ "/" ] } } ], "behaviors": [] , "children": [ { "name": "a", "behaviors": [] } ] }"""
        );

        Assert.Equal<string>(
            ["The default rule has no origin", "The default rule has no cpCode", "Criteria in the default rule", "The rule does nothing"],
            [.. messages.Select(m => m.Title)]
        );
        Assert.Equal("/rules/children/0", messages[^1].Pointer);
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("", """, "criteriaMustSatisfy": "any" """, true)]
    [InlineData("""{ "name": "path", "options": { "values": [ "/a" ] } }""", "", false)]
    public void What_the_default_rule_needs_may_stand_in_a_rule_that_always_applies(string criteria, string satisfy, bool always)
    {
        var messages = Validate(
            $$"""
            { "name": "default", "children": [ { "name": "Insight", "criteria": [ {{criteria}} ] {{satisfy}},
              "children": [ { "name": "Reports", "criteria": [], "behaviors": [ {{Origin}}, {{CpCode}} ] } ] } ] }
            """
        );

        Assert.Equal<string>(
            always ? [] : ["The default rule has no origin", "The default rule has no cpCode"],
            [.. messages.Where(m => m.Severity == Severity.Error).Select(m => m.Title)]
        );
    }

    [Theory]
    [InlineData(true, true, "/rules/children/0/behaviors/0")]
    [InlineData(false, true, "/rules/children/0/behaviors/0")]
    [InlineData(true, false, null)]
    public void Of_the_rules_that_always_apply_the_last_that_denies_or_allows_decides(bool above, bool below, string? denied)
    {
        static string Deny(bool enabled) => $$"""{ "name": "denyAccess", "options": { "enabled": {{(enabled ? "true" : "false")}} } }""";
        var messages = Validate(
            $$"""
            { "name": "default", "behaviors": [ {{Origin}}, {{CpCode}}, {{Deny(above)}} ],
              "children": [ { "name": "Closed", "behaviors": [ {{Deny(below)}} ] } ] }
            """
        );

        Assert.Equal(denied, messages.SingleOrDefault(m => m.Title == "Every request is denied")?.Pointer);
    }

    [Fact]
    public void The_default_rule_is_named_default()
    {
        var message = Assert.Single(Validate($$"""{ "name": "Default", "behaviors": [ {{Origin}}, {{CpCode}} ] }"""));

        Assert.Equal(("/rules/name", Severity.Error), (message.Pointer, message.Severity));
    }

    [Fact]
    public void Rules_below_are_checked_where_they_stand()
    {
        const string same = """{ "name": "Same", "behaviors": [ { "name": "prefetch", "options": {} } ] }""";
        const string empty =
            """{ "name": "E", "criteria": [ { "name": "path", "options": { "matchOperator": "MATCHES_ONE_OF", "values": [] } } ], "behaviors": [ { "name": "prefetch" } ] }""";
        var messages = Validate(
            $$"""{ "name": "default", "behaviors": [ {{Origin}}, {{CpCode}} ], "children": [ {{same}}, {{same}}, {{empty}} ] }"""
        );

        Assert.Equal<string>(["/rules/children/2/criteria/0/options/values", "/rules/children"], [.. messages.Select(m => m.Pointer)]);
    }

    [Theory]
    [InlineData("userLocation", """{ "matchOperator": "IS_ONE_OF", "field": "COUNTRY", "countryValues": [ "DE" ], "regionValues": [] }""", null)]
    [InlineData("userLocation", """{ "matchOperator": "IS_ONE_OF", "field": "COUNTRY", "countryValues": [] }""", "countryValues")]
    [InlineData("hostname", """{ "matchOperator": "IS_NOT_ONE_OF" }""", "values")]
    [InlineData("matchVariable", """{ "variableName": "PMUSER_X", "matchOperator": "IS", "variableExpression": "on" }""", null)]
    [InlineData("matchVariable", """{ "variableName": "PMUSER_X", "matchOperator": "IS_ONE_OF", "variableExpression": "on" }""", "variableValues")]
    [InlineData("requestHeader", """{ "matchOperator": "EXISTS", "headerName": "X-A", "values": [] }""", null)]
    public void A_criterion_needs_something_to_compare_with(string name, string options, string? list)
    {
        var criterion = $$"""{ "name": "{{name}}", "options": {{options}} }""";
        var messages = Validate(
            $$"""
            { "name": "default", "behaviors": [ {{Origin}}, {{CpCode}} ],
              "children": [ { "name": "a", "criteria": [ {{criterion}} ], "behaviors": [ { "name": "prefetch" } ] } ] }
            """
        );

        Assert.Equal(list is null ? null : $"/rules/children/0/criteria/0/options/{list}", messages.SingleOrDefault()?.Pointer);
    }

    [Fact]
    public void A_version_without_hostnames_cannot_be_activated() =>
        Assert.Equal("/hostnames", Assert.Single(RuleTreeValidator.Validate(Trees.Parse(Tree("")), [])).Pointer);

    [Fact]
    public void A_declared_variable_may_be_used() =>
        Assert.Empty(
            Validate(
                $$$"""
                { "name": "default", "variables": [ { "name": "PMUSER_X", "value": "" } ],
                  "behaviors": [ {{{Origin}}}, {{{CpCode}}}, { "name": "rewriteUrl", "options": { "targetUrl": "/{{user.PMUSER_X}}" } } ] }
                """
            )
        );

    [Fact]
    public void Advanced_metadata_is_found_at_any_level()
    {
        var tree = Trees.Parse(
            """{ "name": "default", "children": [ { "name": "a", "children": [ { "name": "b", "behaviors": [ { "name": "advanced" } ] } ] } ] }"""
        );

        Assert.True(RuleTreeFacts.UsesAdvancedMetadata(tree));
        Assert.False(RuleTreeFacts.UsesAdvancedMetadata(Trees.Parse(Tree(""))));
    }

    private static IReadOnlyList<ValidationMessage> Validate(string rule) => RuleTreeValidator.Validate(Trees.Parse(rule), Hostnames);

    private static string Tree(string behaviors) => $$"""{ "name": "default", "behaviors": [ {{Origin}}, {{CpCode}} {{behaviors}} ] }""";
}
