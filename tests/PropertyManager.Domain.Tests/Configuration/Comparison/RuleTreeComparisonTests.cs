using System.Globalization;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Comparison;

namespace PropertyManager.Domain.Tests.Configuration.Comparison;

public sealed class RuleTreeComparisonTests
{
    private static readonly Rule Images = Leaf("Images", "image/*");
    private static readonly Rule Scripts = Leaf("Scripts", "*.js") with
    {
        Behaviors = [new("caching", OptionSet.Parse("""{"ttl":"1d"}""")), new("gzipResponse", OptionSet.Empty)],
    };
    private static readonly Rule Api = Leaf("API", "/api/*") with { Behaviors = [new("allowPost", OptionSet.Empty)] };
    private static readonly Rule Redirect = Leaf("Redirect", "/old") with { Behaviors = [new("redirect", OptionSet.Empty)] };

    [Fact]
    public void A_rule_that_is_inserted_at_the_top_moves_no_other()
    {
        var change = Assert.Single(Between(Root(Images, Scripts, Api), Root(Redirect, Images, Scripts, Api)));

        Assert.True(change is { IsAdded: true, After.Pointer: "/rules/children/0" });
    }

    [Fact]
    public void Of_rules_in_another_order_as_few_as_possible_are_moved()
    {
        var change = Assert.Single(Between(Root(Images, Scripts, Api, Redirect), Root(Redirect, Images, Scripts, Api)));

        Assert.True(change is { IsMoved: true, IsChanged: false, Before.Index: 3, After.Index: 0 });
        Assert.Equal("Redirect", change.Place.Rule.Name);
    }

    [Fact]
    public void Rules_that_are_put_into_a_new_one_are_moved_and_not_new()
    {
        var changes = Between(Root(Images, Scripts, Api), Root(new Rule("Static") { Children = [Images, Scripts] }, Api));

        Assert.Equal(["added Static", "moved Images", "moved Scripts"], Told(changes), StringComparer.Ordinal);
        Assert.Equal(["default", "Static"], changes[1].After!.Above, StringComparer.Ordinal);
    }

    [Fact]
    public void A_rule_can_be_moved_into_one_that_was_in_it()
    {
        var before = Root(new Rule("Outer") { Criteria = Images.Criteria, Children = [Scripts] });
        var after = Root(Scripts with { Children = [new Rule("Outer") { Criteria = Images.Criteria }] });

        var changes = RuleTreeComparison.Between(before, after);

        Assert.True(RuleTreeComparison.Same(changes.ApplyTo(before), after));
        Assert.Equal(["moved Scripts", "moved Outer"], Told(changes.Rules), StringComparer.Ordinal);
    }

    [Fact]
    public void A_rule_under_another_name_is_the_same_rule_when_it_is_mostly_the_same()
    {
        var pictures = Images with { Name = "Pictures", Behaviors = [new("caching", OptionSet.Parse("""{"ttl":"7d","behavior":"MAX_AGE"}"""))] };

        var change = Assert.Single(Between(Root(Images, Api), Root(pictures, Api)));

        Assert.Equal(new Changed<string>("Images", "Pictures"), change.Name);
        Assert.Equal("ttl", Assert.Single(Assert.Single(change.Behaviors).Options).Name);
        Assert.Equal(["removed Images", "added Redirect"], Told(Between(Root(Images, Api), Root(Redirect, Api))), StringComparer.Ordinal);
    }

    [Fact]
    public void A_removed_rule_stands_where_it_was_and_what_was_in_it_is_told_too()
    {
        var group = new Rule("Static") { Children = [Images, Scripts] };

        var changes = Between(Root(Api, group, Redirect), Root(Api, Redirect with { Comments = "kept" }, Images));

        Assert.Equal(["removed Static", "removed Scripts", "changed Redirect", "moved Images"], Told(changes), StringComparer.Ordinal);
    }

    [Fact]
    public void Each_field_of_a_rule_is_told_with_its_value_before_and_after()
    {
        var before = Images with
        {
            Comments = "old",
            Extra = OptionSet.Parse("""{"uuid":"1","criteriaLocked":true,"customOverride":1}"""),
            Options = OptionSet.Parse("""{"a":1}"""),
        };
        var after = Images with
        {
            CriteriaMustSatisfy = CriteriaMustSatisfy.Any,
            Extra = OptionSet.Parse("""{"uuid":"2","criteriaLocked":false,"customOverride":2}"""),
            Options = OptionSet.Parse("""{"b":1}"""),
            Variables = [OptionSet.Parse("""{"name":"PMUSER_A","value":"x"}""")],
        };

        var change = Assert.Single(Between(Root(before), Root(after)));

        Assert.Equal(new Changed<string?>("old", null), change.Comments);
        Assert.Equal(new Changed<CriteriaMustSatisfy>(CriteriaMustSatisfy.All, CriteriaMustSatisfy.Any), change.CriteriaMustSatisfy);
        Assert.Equal(["customOverride: 1 → 2"], Told(change.Extra), StringComparer.Ordinal);
        Assert.Equal(["a: 1 → ", "b:  → 1"], Told(change.Options), StringComparer.Ordinal);
        Assert.Equal("PMUSER_A", Assert.Single(change.Variables, item => item.IsAdded).Item.Name);
    }

    [Fact]
    public void Behaviors_are_added_removed_moved_and_changed_and_of_several_of_a_name_the_most_alike_is_the_same()
    {
        var before = Leaf("Headers", "/") with
        {
            Behaviors = [Header("X-A", "1"), Header("X-B", "2"), Header("X-C", "3"), new("gzipResponse", OptionSet.Empty)],
        };
        var after = before with
        {
            Behaviors = [new("gzipResponse", OptionSet.Empty), Header("X-B", "2"), Header("X-C", "4"), new("http2", OptionSet.Empty)],
        };

        var change = Assert.Single(Between(Root(before), Root(after)));

        Assert.Collection(
            change.Behaviors,
            removed => Assert.True(removed is { IsRemoved: true, Before.Index: 0 }),
            moved => Assert.True(moved is { IsMoved: true, IsChanged: false, Before.Index: 3, After.Index: 0 }),
            changed => Assert.Equal(["value: 3 → 4"], Told(changed.Options), StringComparer.Ordinal),
            added => Assert.True(added is { IsAdded: true, After.Index: 3, Item.Name: "http2" })
        );
    }

    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("-2.50", "-25e-1", true)]
    [InlineData("0.0", "-0", true)]
    [InlineData("100", "1E+2", true)]
    [InlineData("12345678901234567890", "12345678901234567891", false)]
    [InlineData("1", "-1", false)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("[]", "{}", true)] // either is nothing
    [InlineData("[{}]", "[]", false)]
    [InlineData("null", "[]", false)]
    [InlineData("\"ab\"", "\"a\\u0062\"", true)]
    [InlineData("""{"a":1,"b":[]}""", """{"c":{},"a":1}""", true)]
    public void Values_are_the_same_by_what_they_say(string one, string other, bool same)
    {
        var trees = new[] { one, other }.Select(value => Root(Images with { Options = OptionSet.Parse($$"""{"x":{{value}}}""") })).ToList();

        Assert.Equal(same, RuleTreeComparison.Same(trees[0], trees[1]));
        Assert.Equal(same, RuleTreeComparison.Between(trees[0], trees[1]).IsEmpty);
    }

    [Fact]
    public void Changes_of_another_tree_are_not_made()
    {
        var changes = RuleTreeComparison.Between(Root(Images, Api), Root(Images));

        Assert.Throws<ArgumentException>(() => changes.ApplyTo(Root(Images)));
    }

    private static IReadOnlyList<RuleChange> Between(RuleTree before, RuleTree after) => RuleTreeComparison.Between(before, after).Rules;

    private static RuleTree Root(params Rule[] children) => new(new Rule("default") { Children = children });

    private static Rule Leaf(string name, string path) =>
        new(name)
        {
            Criteria = [new("path", OptionSet.Parse($$"""{"values":["{{path}}"]}"""))],
            Behaviors = [new("caching", OptionSet.Parse("""{"ttl":"1d","behavior":"MAX_AGE"}"""))],
        };

    private static Behavior Header(string name, string value) =>
        new("modifyOutgoingResponseHeader", OptionSet.Parse($$"""{"customHeaderName":"{{name}}","value":"{{value}}","action":"ADD"}"""));

    private static IEnumerable<string> Told(IEnumerable<RuleChange> changes) =>
        changes.Select(change =>
            (
                change.IsAdded ? "added "
                : change.IsRemoved ? "removed "
                : change.IsMoved ? "moved "
                : "changed "
            ) + change.Place.Rule.Name
        );

    private static IEnumerable<string> Told(IEnumerable<OptionChange> options) =>
        options.Select(option => string.Create(CultureInfo.InvariantCulture, $"{option.Name}: {option.Before} → {option.After}"));
}
