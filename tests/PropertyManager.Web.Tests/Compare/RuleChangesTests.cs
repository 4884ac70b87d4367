using AngleSharp.Dom;
using Bunit;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Comparison;
using PropertyManager.Web.Features.Compare;

namespace PropertyManager.Web.Tests.Compare;

/// <summary>The list of changed rules, between versions 4 and 5 of property 7.</summary>
public sealed class RuleChangesTests : BunitContext
{
    private static readonly Rule Images = new("Images")
    {
        Criteria = [new("fileExtension", OptionSet.Parse("""{"matchOperator":"IS_ONE_OF","values":["jpg","png","gif"]}"""))],
        Behaviors = [new("caching", OptionSet.Parse("""{"behavior":"MAX_AGE","ttl":"1d"}""")), new("gzipResponse", OptionSet.Empty)],
    };

    private static readonly Rule Api = new("API")
    {
        Criteria = [new("path", OptionSet.Parse("""{"matchOperator":"MATCHES_ONE_OF","values":["/api/*"]}"""))],
        Behaviors = [new("allowPost", OptionSet.Parse("""{"enabled":true}"""))],
    };

    [Fact]
    public void Trees_that_mean_the_same_have_no_difference()
    {
        var list = Show(Tree(Images), Tree(Images));

        Assert.Contains("No difference", list.Markup, StringComparison.Ordinal);
        Assert.Empty(list.FindAll("article"));
    }

    [Fact]
    public void Values_before_and_after_are_said_in_words()
    {
        var list = Show(
            Tree(Images),
            Tree(Images with { Behaviors = [new("caching", OptionSet.Parse("""{"behavior":"MAX_AGE","ttl":"7d"}""")), Images.Behaviors[1]] })
        );

        Assert.Equal("1 rule differs: 1 changed", list.Find(".summary").TextContent);
        var line = list.Find("dl > div");
        Assert.Equal(["Maximum age", "Before: 1 day", "After: 7 days"], Texts(line, "dt, del, ins"), StringComparer.Ordinal);
        Assert.Equal(["Caching"], Texts(list.Find("article"), ".name"), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("closed\\r\\nfor today", "closed\\nfor today", "carriage return, line feed | line feed")]
    [InlineData("a\\u00a0b", "a b", "no-break space | space")]
    [InlineData("closed", "open", " | ")]
    public void Values_that_look_the_same_show_how_they_differ(string before, string after, string signs)
    {
        var list = Show(Body(before), Body(after));

        Assert.Equal(signs, $"{Signs("del")} | {Signs("ins")}");

        string Signs(string part) =>
            string.Join(", ", list.FindAll($"dl {part} .pm-sign[role=img][title]").Select(sign => sign.GetAttribute("aria-label")));

        static RuleTree Body(string text) =>
            Tree(new Rule("Closed") { Behaviors = [new("constructResponse", OptionSet.Parse($$"""{"body":"{{text}}"}"""))] });
    }

    [Fact]
    public void Of_a_list_of_which_some_stays_only_what_came_and_went_is_said()
    {
        var other = new Criterion("fileExtension", OptionSet.Parse("""{"matchOperator":"IS_ONE_OF","values":["png","gif","webp"]}"""));

        var list = Show(Tree(Images), Tree(Images with { Criteria = [other] }));

        Assert.Equal(["Removed: jpg", "Added: webp"], Texts(list.Find("dl"), "del, ins"), StringComparer.Ordinal);
    }

    [Fact]
    public void What_came_went_moved_or_has_another_name_is_marked_and_counted()
    {
        var before = Tree(Api, Images, new Rule("Old") { Behaviors = [new("redirect", OptionSet.Empty)] });
        var after = Tree(Images with { Name = "Pictures" }, new Rule("New") { Behaviors = [new("denyAccess", OptionSet.Empty)], Children = [Api] });

        var list = Show(before, after);

        Assert.Equal("4 rules differ: 1 added, 1 removed, 1 moved, 1 renamed", list.Find(".summary").TextContent);
        Assert.Equal(
            ["Images → Pictures: Renamed", "Old: Removed", "New: Added", "API: Moved"],
            list.FindAll("article").Select(rule => $"{Text(rule.QuerySelector("h2")!)}: {string.Join(", ", Texts(rule, "header .badge"))}"),
            StringComparer.Ordinal
        );
        Assert.Equal("Moved from place 1 in Default Rule to place 1 in Default Rule › New", list.Find(".moved").TextContent);
    }

    [Fact]
    public void Of_several_behaviors_of_a_name_it_is_said_which_one_changed()
    {
        static Rule Headers(string value) =>
            Api with
            {
                Behaviors =
                [
                    Header("""{"standardModifyHeaderName":"CACHE_CONTROL","newHeaderValue":"a"}"""),
                    Header($$"""{"standardModifyHeaderName":"OTHER","customHeaderName":"X-Frame-Options","newHeaderValue":"{{value}}"}"""),
                ],
            };

        Assert.Equal(
            ["Modify Outgoing Response Header X-Frame-Options"],
            Texts(Show(Tree(Headers("DENY")), Tree(Headers("SAMEORIGIN"))).Find("article"), ".name"),
            StringComparer.Ordinal
        );

        static Behavior Header(string options) => new("modifyOutgoingResponseHeader", OptionSet.Parse(options));
    }

    [Fact]
    public void Each_rule_leads_to_where_it_can_be_seen()
    {
        var links = Show(Tree(Images, Api), Tree(Api with { Comments = "Owner: payments" }))
            .FindAll("header a")
            .Select(link => link.GetAttribute("href"));

        Assert.Equal(
            ["properties/prp_7/versions/4?rule=%2Frules%2Fchildren%2F0", "properties/prp_7/versions/5?rule=%2Frules%2Fchildren%2F0"],
            links,
            StringComparer.Ordinal
        );
    }

    [Fact]
    public void Of_many_changed_rules_the_first_are_shown_and_more_when_asked_for()
    {
        var list = Show(Tree(), Tree([.. Enumerable.Range(1, 130).Select(i => new Rule($"Rule {i}"))]));

        Assert.Equal(100, list.FindAll("article").Count);
        list.Find("button").Click();

        Assert.Equal(130, list.FindAll("article").Count);
        Assert.Empty(list.FindAll("button"));
    }

    private IRenderedComponent<RuleChanges> Show(RuleTree before, RuleTree after) =>
        Render<RuleChanges>(p =>
            p.Add(c => c.Changes, RuleTreeComparison.Between(before, after)).Add(c => c.PropertyId, 7).Add(c => c.Left, 4).Add(c => c.Right, 5)
        );

    private static RuleTree Tree(params Rule[] children) => new(new Rule("default") { Children = children });

    private static IEnumerable<string> Texts(IElement part, string selector) => part.QuerySelectorAll(selector).Select(Text);

    private static string Text(INode part) => string.Join(' ', part.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
