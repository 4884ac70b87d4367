using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Tests.Configuration;

/// <summary>Rule trees for tests: random ones, and small ones written by hand.</summary>
internal static class Trees
{
    private static readonly string[] Behaviors =
    [
        "origin",
        "cpCode",
        "caching",
        "denyAccess",
        "redirect",
        "modifyOutgoingResponseHeader",
        "gzipResponse",
        "corsSupport",
        "webApplicationFirewall",
        "advanced",
        "somethingNew",
    ];

    private static readonly string[] Criteria = ["path", "fileExtension", "userLocation", "requestHeader", "hostname", "somethingNew"];

    private static readonly string[] OptionNames =
    [
        "behavior",
        "ttl",
        "values",
        "enabled",
        "xml",
        "action",
        "a b",
        "",
        "name",
        "result",
        "matchOperator",
    ];

    private static readonly string[] Words =
    [
        "",
        "a b",
        "<&>\"'",
        "\u0000\u0007\uFFFE",
        "😀 ü 漢",
        "{{user.PMUSER_X}}",
        "\r\n\t",
        "<match:uri.ext value=\"a\"/>",
        "</configs>",
        "]]>",
    ];

    private static readonly string[] AnyValues =
    [
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1e400",
        "2.5",
        "99999999999999999999",
        "\"\"",
        "\"*\"",
        "\"/a*?\"",
        "\"Set-Cookie\"",
        "\"{{user.PMUSER_X}}\"",
        "\"OTHER\"",
        "\"MAX_AGE\"",
        "\"{{builtin.\"",
        "[]",
        "[ \"a\", \"/b\", \"*\" ]",
        "[ 1, null, {}, [ [] ] ]",
        "{}",
        "{ \"id\": \"x\", \"a\": [ {} ] }",
        "\"http://[\"",
        "\"https://www.shop.example\"",
    ];

    private static Gen<string> Word =>
        Gen.OneOf(Gen.Elements(Words), Gen.Elements("default", "Static images", "x/~y", "7d", "MAX_AGE", "IS_NOT_ONE_OF"));

    private static Gen<string> Json =>
        Gen.OneOf(
            Word.Select(Quote),
            Gen.Elements("true", "false", "null", "1", "-2.50", "1e3", "{}", "[]"),
            Word.ListOf().Select(words => $"[{string.Join(',', words.Select(Quote))}]"),
            Word.Select(word => $$"""{ "id": 5, "deep": [ { "a": {{Quote(word)}} }, [ 1 ] ] }""")
        );

    private static Gen<OptionSet> Options =>
        Gen.Elements(OptionNames)
            .Zip(Json)
            .ListOf()
            .Select(fields =>
                OptionSet.Parse(
                    $"{{{string.Join(',', fields.DistinctBy(f => f.Item1, StringComparer.Ordinal).Select(f => $"{Quote(f.Item1)}:{f.Item2}"))}}}"
                )
            );

    private static Gen<OptionSet> Extra => Gen.Elements(OptionSet.Empty, OptionSet.Parse("""{ "uuid": "5c1e", "locked": true }"""));

    /// <summary>Random trees of up to three levels, with whatever people and machines put into strings.</summary>
    public static Gen<RuleTree> Any => RuleOf(3).Select(rule => new RuleTree(rule, rule.Comments));

    /// <summary>Random trees of up to three levels of what the catalog describes, with values of every kind, right and wrong.</summary>
    public static Gen<RuleTree> Described => DescribedRule(3).Select(rule => new RuleTree(rule));

    /// <summary>The tree of a JSON text of the test's own.</summary>
    public static RuleTree Parse(string json) =>
        RuleTreeJson.Parse(json).Value ?? throw new ArgumentException("The test's tree has problems.", nameof(json));

    private static Gen<Rule> RuleOf(int levels) =>
        from name in Word
        from comments in Gen.OneOf(Word, Gen.Constant((string?)null!))
        from any in Gen.Elements(CriteriaMustSatisfy.All, CriteriaMustSatisfy.Any)
        from criteria in Gen.Elements(Criteria).Zip(Options).Zip(Extra).ListOf(3)
        from behaviors in Gen.Elements(Behaviors).Zip(Options).Zip(Extra).ListOf(3)
        from children in levels == 1 ? Gen.Constant(new List<Rule>()) : RuleOf(levels - 1).ListOf(2)
        from options in Options
        from extra in Extra
        select new Rule(string.IsNullOrWhiteSpace(name) ? "default" : name)
        {
            Comments = comments,
            CriteriaMustSatisfy = any,
            Criteria = [.. criteria.Select(c => new Criterion(c.Item1.Item1, c.Item1.Item2) { Extra = c.Item2 })],
            Behaviors = [.. behaviors.Select(b => new Behavior(b.Item1.Item1, b.Item1.Item2) { Extra = b.Item2 })],
            Children = children,
            Options = options,
            Extra = extra,
        };

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static Gen<OptionSet> OptionsOf(CatalogItem item) =>
        item.Options.Count == 0
            ? Gen.Constant(OptionSet.Empty)
            : Gen.Elements(item.Options.AsEnumerable())
                .SelectMany(option =>
                    Gen.OneOf(
                            Gen.Elements(AnyValues),
                            Gen.Elements(option.Choices.Select(choice => $"\"{choice.Value}\"").Append(option.Default?.GetRawText() ?? "null"))
                        )
                        .Select(value => $"\"{option.Name}\":{value}")
                )
                .ListOf()
                .Select(fields => OptionSet.Parse($"{{{string.Join(',', fields.DistinctBy(f => f.Split(':')[0], StringComparer.Ordinal))}}}"));

    private static Gen<Rule> DescribedRule(int levels) =>
        from criteria in Gen.Elements(RuleCatalog.Criteria.Values)
            .SelectMany(item => OptionsOf(item).Select(o => new Criterion(item.Name, o)))
            .ListOf(3)
        from behaviors in Gen.Elements(RuleCatalog.Behaviors.Values)
            .SelectMany(item => OptionsOf(item).Select(o => new Behavior(item.Name, o)))
            .ListOf(4)
        from any in Gen.Elements(CriteriaMustSatisfy.All, CriteriaMustSatisfy.Any)
        from children in levels == 1 ? Gen.Constant(new List<Rule>()) : DescribedRule(levels - 1).ListOf(3)
        select new Rule("r")
        {
            CriteriaMustSatisfy = any,
            Criteria = criteria,
            Behaviors = behaviors,
            Children = children,
        };
}
