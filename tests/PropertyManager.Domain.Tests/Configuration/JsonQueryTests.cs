using System.Text.Json;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Domain.Configuration.Search;

namespace PropertyManager.Domain.Tests.Configuration;

public sealed class JsonQueryTests
{
    private const string Tree = """
        {"rules":{"name":"default","options":{"is_secure":true},
         "variables":[{"name":"PMUSER_A","value":"1"}],"criteria":[],
         "behaviors":[{"name":"origin","options":{"hostname":"o.example","ports":[80,443],"value":{"id":12345}}},{"name":"gzipResponse","options":{"behavior":"ALWAYS"}}],
         "children":[{"name":"a/b","criteria":[{"name":"path","options":{"values":["/a","/b"]}}],"behaviors":[{"name":"gzipResponse","options":{"behavior":"NEVER","level":3}}],"children":[]}]}}
        """;

    [Theory]
    [InlineData("$", "/rules")]
    [InlineData("$.rules", "/rules")]
    [InlineData("$.name", "/rules/name")]
    [InlineData("$['options'].is_secure", "/rules/options/is_secure")]
    [InlineData("$.variables[*].name", "/rules/variables/0/name")]
    [InlineData("$.criteria", "/rules/criteria")]
    [InlineData("$.behaviors[0].options.hostname", "/rules/behaviors/0/options/hostname")]
    [InlineData("$.children[*].behaviors[?(@.name == 'gzipResponse')].options.level", "/rules/children/0/behaviors/0/options/level")]
    [InlineData("$.rules.children[?(@.name == 'a/b')].name", "/rules/children/0/name")]
    [InlineData("$..children[*].criteria[?(@.name == 'path')].options.values[?(@ != '/a')]", "/rules/children/0/criteria/0/options/values/1")]
    [InlineData("$..children..rules", "")]
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
    [InlineData("$.options[?(@.is_secure == true)]", "/rules/options")]
    [InlineData("$.options[?(@.is_secure != true)]", "")]
    [InlineData("$.rules[?(@.is_secure == true)]", "")]
    [InlineData("$[?(@.name == 'default')].name", "/rules/name")]
    [InlineData("$.behaviors[?(@.name == 'origin')].options[?(@.hostname == 'o.example')].hostname", "/rules/behaviors/0/options/hostname")]
    [InlineData("$..behaviors[*].options[?(@.hostname == 'o.example')]", "/rules/behaviors/0/options")]
    [InlineData("$..behaviors[*].options[?(@.behavior != 'NEVER')].behavior", "/rules/behaviors/1/options/behavior")]
    [InlineData("$..behaviors[?(@.name == 'origin')].options.value[?(@.id == 12345)].id", "/rules/behaviors/0/options/value/id")]
    [InlineData("$..behaviors[?(@.name == 'origin')].options.value[?(@.id == 1)].id", "")]
    [InlineData("$..[?(@.name == 'a/b')]", "/rules/children/0")]
    [InlineData("$..[?(@.name)].name[0]", "")]
    [InlineData("$..[?(@ == '/b')]", "/rules/children/0/criteria/0/options/values/1")]
    [InlineData("$..options[?(@.level)]", "/rules/children/0/behaviors/0/options")]
    [InlineData("$..behaviors[?(@.name =~ /gzip.*/)].name", "/rules/behaviors/1/name /rules/children/0/behaviors/0/name")]
    [InlineData("$..behaviors[?(@.name =~ /gzip/)].name", "")]
    [InlineData("$..behaviors[?(@.name =~ /GZIP.*/)].name", "")]
    [InlineData("$..behaviors[?(@.name=~/GZIP.*|no/i)].name", "/rules/behaviors/1/name /rules/children/0/behaviors/0/name")]
    [InlineData("$..behaviors[*].options[?(@.hostname =~ /o\\.exampl[e]/)].hostname", "/rules/behaviors/0/options/hostname")]
    [InlineData("$..behaviors[*].options[?(@.hostname =~ /o\\.\\.example/ || @.level =~ /3/)]", "")]
    [InlineData("$..values[?(@ =~ /\\/B/i)]", "/rules/children/0/criteria/0/options/values/1")]
    [InlineData("$..behaviors[?(@.name in ['origin', \"caching\"])].name", "/rules/behaviors/0/name")]
    [InlineData("$..behaviors[?(@.name nin ['origin','caching'])].name", "/rules/behaviors/1/name /rules/children/0/behaviors/0/name")]
    [InlineData("$..behaviors[?(@.options.level in [1, 2, 3])].name", "/rules/children/0/behaviors/0/name")]
    [InlineData("$..behaviors[?(@.options.level in [])].name", "")]
    [InlineData("$.behaviors[?(@.options.level nin [3])].name", "/rules/behaviors/0/name /rules/behaviors/1/name")]
    [InlineData("$..behaviors[?(443 in @.options.ports)].name", "/rules/behaviors/0/name")]
    [InlineData("$..behaviors[?(@.options.ports anyof [443, 8443])].name", "/rules/behaviors/0/name")]
    [InlineData("$..behaviors[?(@.options.ports subsetof [80, 443, 8443] && @.options.ports)].name", "/rules/behaviors/0/name")]
    [InlineData("$..behaviors[?(@.options.ports subsetof [80] && @.options.ports)].name", "")]
    [InlineData("$.behaviors[?(@.options.ports noneof [80])].name", "/rules/behaviors/1/name")]
    [InlineData("$..[?(@.criteria[?(@.name == 'path')])].name", "/rules/children/0/name")]
    [InlineData("$..[?(@.behaviors[?(@.name == 'gzipResponse' && @.options.level)])].criteria[*].name", "/rules/children/0/criteria/0/name")]
    [InlineData("$..[?(@.behaviors[*].name anyof ['origin'])].name", "/rules/name")]
    [InlineData("$..[?('/a' in @.criteria[*].options.values[*])].name", "/rules/children/0/name")]
    [InlineData("$..[?(@.children.*)].name", "/rules/name")]
    [InlineData("$.nothing..name", "")]
    [InlineData("$.rules.name[0]", "")]
    public void Places_are_picked(string query, string pointers)
    {
        var found = Parse(query).Find(JsonElement.Parse(Tree), EvaluationBudget.Unlimited);

        Assert.Equal(pointers, string.Join(' ', found!));
    }

    [Theory]
    [InlineData("", "begins with $")]
    [InlineData("rules", "begins with $")]
    [InlineData("$rules", "a dot or a bracket")]
    [InlineData("$.", "a name is missing")]
    [InlineData("$.a[0:2]", "ranges")]
    [InlineData("$.a[0,1]", "ranges")]
    [InlineData("$.a[?(@.b =~ 'x')]", "between slashes")]
    [InlineData("$.a[?(@.b =~ /x)]", "not closed")]
    [InlineData("$.a[?(@.b =~ /(x/)]", "no regular expression")]
    [InlineData("$.a[?(@.b = 'x')]", "compared with one of")]
    [InlineData("$.a[?(@.b size 2)]", "compared with one of")]
    [InlineData("$.a[?(1)]", "compared with one of")]
    [InlineData("$.a[?(@.b in ['x')]", "list is not closed")]
    [InlineData("$.a[?(@.b in [@.c])]", "a list has")]
    [InlineData("$.a[?(@.b in [[1]])]", "a list has")]
    [InlineData("$.a[?(@..b == 1)]", "at every depth")]
    [InlineData("$.a[?(@.length() > 2)]", "functions are not possible")]
    [InlineData("$.a[?(@.b == )]", "compares @")]
    [InlineData("$.a[?(@.b == 'x']", "bracket is not closed")]
    [InlineData("$.a['b", "quote is not closed")]
    [InlineData("$.a[?(@.b == 1e999)]", "compares @")]
    public void What_is_not_understood_is_named(string query, string why) =>
        Assert.Contains(why, JsonQuery.Parse(query).Problem!, StringComparison.Ordinal);

    [Fact]
    public void Where_there_are_no_rules_nothing_is_found()
    {
        Assert.Empty(Parse("$").Find(JsonElement.Parse("""{"name":"x"}"""), EvaluationBudget.Unlimited)!);
        Assert.Empty(Parse("$..name").Find(JsonElement.Parse("[]"), EvaluationBudget.Unlimited)!);
    }

    [Fact]
    public void A_query_is_neither_long_nor_deep()
    {
        Assert.NotNull(JsonQuery.Parse("$" + new string('.', JsonQuery.MaxLength)).Problem);
        Assert.NotNull(JsonQuery.Parse($"$[?({new string('!', 500)}@.a)]").Problem);
        Assert.NotNull(JsonQuery.Parse($"$[?({new string('(', 400)}@.a{new string(')', 400)})]").Problem);
        Assert.NotNull(
            JsonQuery.Parse("$" + string.Concat(Enumerable.Repeat("[?(@", 100)) + ".a" + string.Concat(Enumerable.Repeat(")]", 100))).Problem
        );
    }

    [Fact]
    public void A_query_that_looks_at_everything_again_and_again_finds_nothing_to_say()
    {
        var wide = JsonElement.Parse($$"""{"rules":[{{string.Join(',', Enumerable.Repeat("[1,2,3,4,5,6,7,8,9,10]", 1000))}}]}""");

        Assert.NotNull(Parse("$..*").Find(wide, EvaluationBudget.Unlimited));
        Assert.Null(Parse("$" + string.Concat(Enumerable.Repeat("..*", 100)) + "..nothing[*]").Find(Nested(200), EvaluationBudget.Unlimited));
    }

    private static JsonElement Nested(int depth)
    {
        using var document = JsonDocument.Parse(
            "{\"rules\":" + string.Concat(Enumerable.Repeat("[1,", depth)) + "1" + new string(']', depth) + "}",
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
