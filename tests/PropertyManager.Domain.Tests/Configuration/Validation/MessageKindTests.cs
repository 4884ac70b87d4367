using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Tests.Configuration.Validation;

/// <summary>Programs tell what is missing from what is empty by the name that the public API has for it.</summary>
public sealed class MessageKindTests
{
    [Theory]
    [InlineData("origin", """{ "originType": "CUSTOMER" }""", "hostname", "attribute_required")]
    [InlineData("origin", """{ "originType": "CUSTOMER", "hostname": null }""", "hostname", "attribute_required")]
    [InlineData("origin", """{ "originType": "CUSTOMER", "hostname": "" }""", "hostname", "option_empty")]
    [InlineData("origin", """{ "hostname": "a.example", "forwardHostHeader": "CUSTOM" }""", "customForwardHostHeader", "attribute_required")]
    [InlineData(
        "origin",
        """{ "hostname": "a.example", "forwardHostHeader": "CUSTOM", "customForwardHostHeader": " " }""",
        "customForwardHostHeader",
        "option_empty"
    )]
    [InlineData("cpCode", "{}", "value", "attribute_required")]
    [InlineData("cpCode", """{ "value": {} }""", "value", "option_empty")]
    [InlineData("cpCode", """{ "value": "" }""", "value", "option_empty")]
    [InlineData("cpCode", """{ "value": { "name": "Shop" } }""", "value", "attribute_required")]
    [InlineData("cpCode", """{ "value": { "id": 0 } }""", "value", null)]
    [InlineData("caching", """{ "behavior": "MAX_AGE" }""", "ttl", "attribute_required")]
    [InlineData("caching", """{ "behavior": "MAX_AGE", "ttl": "" }""", "ttl", "option_empty")]
    [InlineData("caching", """{ "behavior": "MAX_AGE", "ttl": "soon" }""", "ttl", null)]
    [InlineData("webApplicationFirewall", "{}", "firewallConfiguration", "attribute_required")]
    [InlineData("webApplicationFirewall", """{ "firewallConfiguration": {} }""", "firewallConfiguration", "option_empty")]
    [InlineData("sureRoute", """{ "enabled": true, "type": "CUSTOM_MAP", "customMap": "" }""", "customMap", "option_empty")]
    [InlineData("caching", """{ "behavior": "NO_STORE", "tll": "1d" }""", "tll", "unknown_attribute")]
    public void Of_a_behavior(string name, string options, string option, string? kind) =>
        Assert.Equal(
            kind,
            Of(new Rule("default") { Behaviors = [new Behavior(name, OptionSet.Parse(options))] }, $"/rules/behaviors/0/options/{option}")
        );

    [Theory]
    [InlineData("path", """{ "matchOperator": "MATCHES_ONE_OF" }""", "values", "attribute_required")]
    [InlineData("path", """{ "matchOperator": "MATCHES_ONE_OF", "values": [] }""", "values", "option_empty")]
    [InlineData("deviceCharacteristicsOfOurs", """{ "matchOperator": "IS_ONE_OF", "list": [] }""", "list", "option_empty")]
    [InlineData("deviceCharacteristicsOfOurs", """{ "matchOperator": "IS_ONE_OF" }""", "values", "attribute_required")]
    public void Of_a_criterion(string name, string options, string option, string kind) =>
        Assert.Equal(
            kind,
            Of(
                new Rule("default") { Children = [new Rule("child") { Criteria = [new Criterion(name, OptionSet.Parse(options))] }] },
                $"/rules/children/0/criteria/0/options/{option}"
            )
        );

    private static string? Of(Rule rule, string pointer) =>
        Assert.Single(RuleTreeValidator.Validate(new RuleTree(rule), []), message => message.Pointer == pointer).Kind;
}
