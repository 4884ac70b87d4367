using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Tests.Configuration;

public sealed class RuleTreeEditsTests
{
    private static readonly RuleTree Tree = new(
        Named("default", Named("a", Named("a1"), Named("a2")), Named("b"), Named("c", Named("c1", Named("c11"))))
    );

    [Theory]
    [InlineData("/rules", "default")]
    [InlineData("/rules/children/0/children/1", "a2")]
    [InlineData("/rules/children/2/children/0/children/0", "c11")]
    [InlineData("/rules/children/3", null)]
    [InlineData("/rules/children/x", null)]
    [InlineData("/rules/children/-1", null)]
    [InlineData("/rules/behaviors/0", null)]
    [InlineData("/hostnames", null)]
    public void Finds_the_rule_at_a_place(string place, string? name) => Assert.Equal(name, Tree.At(place)?.Name);

    [Theory]
    [InlineData("/rules/children/0", "/rules", 2, "default(b a(a1 a2) c(c1(c11)))", "/rules/children/1")]
    [InlineData("/rules/children/0", "/rules", 9, "default(b c(c1(c11)) a(a1 a2))", "/rules/children/2")]
    [InlineData("/rules/children/2", "/rules", 0, "default(c(c1(c11)) a(a1 a2) b)", "/rules/children/0")]
    [InlineData("/rules/children/1", "/rules/children/0", 1, "default(a(a1 b a2) c(c1(c11)))", "/rules/children/0/children/1")]
    [InlineData("/rules/children/0/children/0", "/rules", 0, "default(a1 a(a2) b c(c1(c11)))", "/rules/children/0")]
    [InlineData("/rules/children/0", "/rules/children/2/children/0", 0, "default(b c(c1(a(a1 a2) c11)))", "/rules/children/1/children/0/children/0")]
    [InlineData("/rules/children/2/children/0/children/0", "/rules/children/2", 0, "default(a(a1 a2) b c(c11 c1))", "/rules/children/2/children/0")]
    [InlineData("/rules/children/2", "/rules/children/2/children/0", 0, "default(a(a1 a2) b c(c1(c11)))", "/rules/children/2")]
    [InlineData("/rules/children/1", "/rules", 1, "default(a(a1 a2) b c(c1(c11)))", "/rules/children/1")]
    [InlineData("/rules/children/1", "/rules", 2, "default(a(a1 a2) b c(c1(c11)))", "/rules/children/1")]
    [InlineData("/rules", "/rules/children/1", 0, "default(a(a1 a2) b c(c1(c11)))", "/rules")]
    public void Moves_a_rule_with_all_below_it(string place, string parent, int index, string after, string stands)
    {
        var (tree, at) = Tree.Move(place, parent, index);

        Assert.Equal((after, stands), (Text(tree.Default), at));
        Assert.Equal("default(a(a1 a2) b c(c1(c11)))", Text(Tree.Default));
    }

    [Fact]
    public void Any_move_keeps_every_rule_and_says_where_it_stands()
    {
        var places = Tree.Rules().Select(rule => rule.Pointer).ToList();
        foreach (var (place, parent, index) in places.SelectMany(p => places.SelectMany(q => Enumerable.Range(0, 4).Select(i => (p, q, i)))))
        {
            var (tree, at) = Tree.Move(place, parent, index);

            Assert.Equal(Tree.At(place), tree.At(at));
            Assert.Equal(
                Tree.Rules().Select(rule => rule.Rule.Name).Order(StringComparer.Ordinal),
                tree.Rules().Select(rule => rule.Rule.Name).Order(StringComparer.Ordinal)
            );
        }
    }

    [Fact]
    public void Puts_in_takes_out_and_changes()
    {
        Assert.Equal("default(a(a1 a2) n b c(c1(c11)))", Text(Tree.Insert("/rules", 1, Named("n")).Default));
        Assert.Equal("default(a(a1 a2) b)", Text(Tree.Remove("/rules/children/2").Default));
        Assert.Same(Tree, Tree.Remove("/rules"));
        Assert.Same(Tree, Tree.Remove("/rules/children/7"));
        Assert.Equal("default(a(a1 x) b c(c1(c11)))", Text(Tree.Change("/rules/children/0/children/1", rule => rule with { Name = "x" }).Default));
    }

    private static Rule Named(string name, params Rule[] children) => new(name) { Children = children };

    private static string Text(Rule rule) => rule.Children.Count == 0 ? rule.Name : $"{rule.Name}({string.Join(' ', rule.Children.Select(Text))})";
}
