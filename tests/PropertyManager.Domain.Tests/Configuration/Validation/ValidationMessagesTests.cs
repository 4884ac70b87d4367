using PropertyManager.Domain.Configuration;
using static PropertyManager.Domain.Tests.Configuration.Validation.Validated;

namespace PropertyManager.Domain.Tests.Configuration.Validation;

/// <summary>What people read first, and how often they read the same.</summary>
public sealed class ValidationMessagesTests
{
    private static readonly string Circle = Of("redirect", """{ "destinationPath": "OTHER", "destinationPathOther": "/old/new" }""");
    private static readonly string Advanced = Of("advanced", """{ "xml": "" }""");

    [Fact]
    public void Rules_that_group_others_are_no_matter_and_a_circle_stands_out()
    {
        var groups = Enumerable
            .Range(0, 5)
            .Select(i => Rule($"Group {i}", "", "", string.Join(',', Enumerable.Range(0, 4).Select(j => Rule($"Setting {i}{j}", "", Works)))));

        // Of the settings of a group all but the last have no effect.
        var messages = Children([.. groups.Append(Rule("Old shop", Path("/old/*"), Circle))]).Where(m => m.Title != "A later rule takes its place");

        Assert.Equal("The redirect can go in circles", Assert.Single(messages).Title);
    }

    [Fact]
    public void Errors_come_first_then_what_more_requests_meet_then_what_none_notices()
    {
        var unknown = Of("cachng", "{}");
        var messages = Tree(
            Advanced,
            Rule("Deep", $"{Path("/old/*")}, {Path("/old/n*")}", Circle),
            Rule(
                "Any",
                $"{Path("/old/*")}, {Path("/old/*")}, {Path("/old/*")}",
                Circle.Replace("/old/new", "/old/newer", StringComparison.Ordinal),
                satisfy: "any"
            ),
            Rule("Group", "", Of("denyAccess", """{ "enabled": true }""")),
            Rule("Typo", Path("/a"), unknown)
        );

        Assert.Equal<(string, int)>(
            [
                ("Unknown behavior", 1),
                ("Every request is denied", 0),
                ("The redirect can go in circles", 1),
                ("Advanced metadata", ValidationMessage.NoRequest),
            ],
            [.. messages.Select(m => (m.Title, m.Criteria))]
        );
        Assert.Equal<string>(
            ["/rules/children/0/behaviors/0", "/rules/children/1/behaviors/0"],
            [.. messages[2].Places.Select(place => place.Pointer)]
        );
    }

    [Fact]
    public void The_same_of_several_rules_is_one_message_that_names_none_of_them()
    {
        var message = Assert.Single(Children([.. Enumerable.Range(0, 5).Select(i => Rule($"R{i}", Path($"/{i}"), ""))]));

        Assert.Equal((5, "The rule has neither behaviors nor rules below it."), (message.Count, message.Detail));
        Assert.Equal(("/rules/children/0", "default / R0"), (message.Pointer, message.RulePath));
        Assert.Equal("In 5 rules", message.Where);
        Assert.Equal($"{message.Detail} In 5 rules: default / R0, default / R1, default / R2, …", message.WholeDetail);
        Assert.Equal(new MessagePlace("/rules/children/4", "default / R4"), message.Others[^1]);
    }

    [Fact]
    public void A_message_of_one_rule_names_it()
    {
        var message = Assert.Single(Children(Rule("R", Path("/a"), "")));

        Assert.Equal("\"R\" has neither behaviors nor rules below it.", message.Detail);
        Assert.Equal((1, message.Detail), (message.Count, message.WholeDetail));
    }

    [Fact]
    public void Several_in_one_rule_are_places()
    {
        var variable = Of("rewriteUrl", """{ "behavior": "REWRITE", "targetUrl": "/{{user.PMUSER_X}}" }""");

        Assert.Equal("In 2 places", Assert.Single(Tree($"{variable}, {variable}"), m => m.Title == "Unknown variable").Where);
    }

    [Fact]
    public void What_several_checks_found_is_put_together()
    {
        static ValidationMessage Of(Severity severity, string title, string pointer, int criteria) =>
            new(severity, title, $"{title} of {pointer}", pointer) { DetailOfMany = title, Criteria = criteria };

        var first = ValidationMessages.Arrange([Of(Severity.Warning, "b", "/rules/children/1", 2), Of(Severity.Warning, "b", "/rules", 0)]);
        var all = ValidationMessages.Arrange([
            Of(Severity.Warning, "a", "/rules/children/0", 1),
            .. first,
            Of(Severity.Error, "c", "/rules/children/3", 3),
            Of(Severity.Warning, "b", "/rules/children/2", 1),
        ]);

        Assert.Equal<(string, int, int)>([("c", 1, 3), ("b", 3, 0), ("a", 1, 1)], [.. all.Select(m => (m.Title, m.Count, m.Criteria))]);
        Assert.Equal<string>(["/rules/children/1", "/rules", "/rules/children/2"], [.. all[1].Places.Select(place => place.Pointer)]);
    }

    [Theory]
    [InlineData("/rules", "/rules")]
    [InlineData("/rules/children", "/rules")]
    [InlineData("/rules/behaviors/0/options/ttl", "/rules")]
    [InlineData("/rules/children/12/children/0", "/rules/children/12/children/0")]
    [InlineData("/rules/children/1/criteria/0/options/children/5", "/rules/children/1")]
    [InlineData("/hostnames/3", "/hostnames/3")]
    public void A_place_knows_its_rule(string place, string rule) => Assert.Equal(rule, new MessagePlace(place, "").Rule);
}
