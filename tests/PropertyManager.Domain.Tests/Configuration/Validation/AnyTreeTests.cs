using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Tests.Configuration.Validation;

/// <summary>The validator takes whatever people and machines put into a tree.</summary>
public sealed class AnyTreeTests
{
    private static readonly HostnameEntry[] Hostnames = [new("www.shop.example", "www.shop.example.edgekey.net")];

    private static readonly string[] Values =
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

    [Fact]
    public void Any_tree_gets_its_messages_and_none_twice() =>
        Prop.ForAll(Gen.OneOf(Trees.Any, Described(3).Select(rule => new RuleTree(rule))).ToArbitrary(), Check)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_large_tree_takes_time_in_proportion()
    {
        // As large as a tree may be, and everything in it of the kind that is compared with everything else.
        var paths = string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"/p{i}/*\""));
        var criterion = new Criterion("path", OptionSet.Parse($$"""{ "matchOperator": "MATCHES_ONE_OF", "values": [ {{paths}} ] }"""));
        var behavior = new Behavior("caching", OptionSet.Parse("""{ "behavior": "MAX_AGE", "ttl": "1d" }"""));
        var rule = new Rule("r") { Criteria = [criterion, criterion, criterion], Behaviors = [behavior, behavior] };
        var tree = new RuleTree(new Rule("default") { Children = [.. Enumerable.Repeat(rule, RuleTreeJson.MaxRules - 1)] });
        var watch = Stopwatch.StartNew();

        Assert.NotEmpty(RuleTreeValidator.Validate(tree, Hostnames));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
    }

    private static bool Check(RuleTree tree)
    {
        var messages = RuleTreeValidator.Validate(tree, Hostnames);
        return messages.Count == messages.Distinct().Count() && messages.All(m => m.Title.Length > 0 && m.Detail.Length > 0);
    }

    private static Gen<OptionSet> OptionsOf(CatalogItem item) =>
        item.Options.Count == 0
            ? Gen.Constant(OptionSet.Empty)
            : Gen.Elements(item.Options.AsEnumerable())
                .SelectMany(option =>
                    Gen.OneOf(
                            Gen.Elements(Values),
                            Gen.Elements(option.Choices.Select(choice => $"\"{choice.Value}\"").Append(option.Default?.GetRawText() ?? "null"))
                        )
                        .Select(value => $"\"{option.Name}\":{value}")
                )
                .ListOf()
                .Select(fields => OptionSet.Parse($"{{{string.Join(',', fields.DistinctBy(f => f.Split(':')[0], StringComparer.Ordinal))}}}"));

    private static Gen<Rule> Described(int levels) =>
        from criteria in Gen.Elements(RuleCatalog.Criteria.Values)
            .SelectMany(item => OptionsOf(item).Select(o => new Criterion(item.Name, o)))
            .ListOf(3)
        from behaviors in Gen.Elements(RuleCatalog.Behaviors.Values)
            .SelectMany(item => OptionsOf(item).Select(o => new Behavior(item.Name, o)))
            .ListOf(4)
        from any in Gen.Elements(CriteriaMustSatisfy.All, CriteriaMustSatisfy.Any)
        from children in levels == 1 ? Gen.Constant(new List<Rule>()) : Described(levels - 1).ListOf(3)
        select new Rule("r")
        {
            CriteriaMustSatisfy = any,
            Criteria = criteria,
            Behaviors = behaviors,
            Children = children,
        };
}
