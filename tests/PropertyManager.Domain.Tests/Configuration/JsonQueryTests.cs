using System.Text.Json;
using PropertyManager.Domain.Configuration.Search;

namespace PropertyManager.Domain.Tests.Configuration;

public sealed class JsonQueryTests
{
    private const string Tree = """
        {"rules":{"name":"default","options":{"is_secure":true},
         "behaviors":[{"name":"origin","options":{"hostname":"o.example","ports":[80,443]}},{"name":"gzipResponse","options":{"behavior":"ALWAYS"}}],
         "children":[{"name":"a/b","behaviors":[{"name":"gzipResponse","options":{"behavior":"NEVER","level":3}}],"children":[]}]}}
        """;

    [Theory]
    [InlineData("$", "")]
    [InlineData("$.rules.name", "/rules/name")]
    [InlineData("$['rules'][\"options\"]", "/rules/options")]
    [InlineData("$.rules.behaviors[1]", "/rules/behaviors/1")]
    [InlineData("$.rules.behaviors[-1].name", "/rules/behaviors/1/name")]
    [InlineData("$.rules.behaviors[*].name", "/rules/behaviors/0/name /rules/behaviors/1/name")]
    [InlineData("$.rules.options.*", "/rules/options/is_secure")]
    [InlineData("$..level", "/rules/children/0/behaviors/0/options/level")]
    [InlineData("$..behaviors[?(@.name == \"gzipResponse\")]", "/rules/behaviors/1 /rules/children/0/behaviors/0")]
    [InlineData("$..behaviors[?(@.name == 'gzipResponse' && @.options.behavior != 'NEVER')]", "/rules/behaviors/1")]
    [InlineData("$..behaviors[?(@.name=='origin'||@.options.level>=3)].options", "/rules/behaviors/0/options /rules/children/0/behaviors/0/options")]
    [InlineData("$..behaviors[?(@.options.level)]", "/rules/children/0/behaviors/0")]
    [InlineData("$..behaviors[?(!(@.options.level) && !@.options.behavior)]", "/rules/behaviors/0")]
    [InlineData("$..behaviors[?(@.options.ports[1] == 443)].name", "/rules/behaviors/0/name")]
    [InlineData("$..behaviors[?(@['name'] == \"origin\")].options.ports[?(@ < 100)]", "/rules/behaviors/0/options/ports/0")]
    [InlineData("$.rules[?(@.is_secure == true)]", "/rules/options")]
    [InlineData("$..[?(@.name == 'a/b')]", "/rules/children/0")]
    [InlineData("$.nothing..name", "")]
    [InlineData("$.rules.name[0]", "")]
    public void Places_are_picked(string query, string pointers)
    {
        var found = Parse(query).Find(JsonElement.Parse(Tree));

        Assert.Equal(pointers, string.Join(' ', found!));
    }

    [Theory]
    [InlineData("", "begins with $")]
    [InlineData("rules", "begins with $")]
    [InlineData("$rules", "a dot or a bracket")]
    [InlineData("$.", "a name is missing")]
    [InlineData("$.a[0:2]", "ranges")]
    [InlineData("$.a[0,1]", "ranges")]
    [InlineData("$.a[?(@.b =~ /x/)]", "patterns are not possible")]
    [InlineData("$.a[?(@.length() > 2)]", "functions are not possible")]
    [InlineData("$.a[?(@.b == )]", "compares @")]
    [InlineData("$.a[?(@.b == 'x']", "bracket is not closed")]
    [InlineData("$.a['b", "quote is not closed")]
    [InlineData("$.a[?(@.b == 1e999)]", "compares @")]
    [InlineData("$.a[?(@.*.b == 1)]", "no wildcards")]
    public void What_is_not_understood_is_named(string query, string why) =>
        Assert.Contains(why, JsonQuery.Parse(query).Problem!, StringComparison.Ordinal);

    [Fact]
    public void A_query_is_neither_long_nor_deep()
    {
        Assert.NotNull(JsonQuery.Parse("$" + new string('.', JsonQuery.MaxLength)).Problem);
        Assert.NotNull(JsonQuery.Parse($"$[?({new string('!', 500)}@.a)]").Problem);
        Assert.NotNull(JsonQuery.Parse($"$[?({new string('(', 400)}@.a{new string(')', 400)})]").Problem);
    }

    [Fact]
    public void A_query_that_looks_at_everything_again_and_again_finds_nothing_to_say()
    {
        var wide = JsonElement.Parse($"[{string.Join(',', Enumerable.Repeat("[1,2,3,4,5,6,7,8,9,10]", 1000))}]");

        Assert.NotNull(Parse("$..*").Find(wide));
        Assert.Null(Parse("$" + string.Concat(Enumerable.Repeat("..*", 100)) + "..nothing[*]").Find(Nested(200)));
    }

    private static JsonElement Nested(int depth)
    {
        using var document = JsonDocument.Parse(
            string.Concat(Enumerable.Repeat("[1,", depth)) + "1" + new string(']', depth),
            new JsonDocumentOptions { MaxDepth = 300 }
        );
        return document.RootElement.Clone();
    }

    private static JsonQuery Parse(string query)
    {
        var (parsed, problem) = JsonQuery.Parse(query);
        Assert.True(problem is null, problem);
        return parsed!;
    }
}
