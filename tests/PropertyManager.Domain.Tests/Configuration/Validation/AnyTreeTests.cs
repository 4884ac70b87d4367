using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Tests.Configuration.Validation;

/// <summary>The validator takes whatever people and machines put into a tree.</summary>
public sealed class AnyTreeTests
{
    private static readonly HostnameEntry[] Hostnames = [new("www.shop.example", "www.shop.example.edgekey.net")];

    [Fact]
    public void Any_tree_gets_its_messages_and_none_twice() =>
        Prop.ForAll(Gen.OneOf(Trees.Any, Trees.Described).ToArbitrary(), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

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

    [Fact]
    public void Of_very_many_errors_a_thousand_are_kept_and_the_others_are_not_looked_for()
    {
        var options = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"o{i}\":1"));
        var tree = new RuleTree(new Rule("default") { Behaviors = [new Behavior("caching", OptionSet.Parse($"{{{options}}}"))] });
        RuleTreeValidator.Validate(tree, Hostnames); // whatever is made once

        var before = GC.GetAllocatedBytesForCurrentThread();
        var messages = RuleTreeValidator.Validate(tree, Hostnames);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(1_001, messages.Count);
        Assert.Equal((Severity.Error, "More errors", "default"), (messages[^1].Severity, messages[^1].Title, messages[^1].RulePath));
        Assert.Contains("more than 1,000 errors", messages[^1].Detail, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 10_000_000);
    }

    [Fact]
    public void Errors_are_not_lost_behind_very_many_warnings()
    {
        // Each a warning of its own: what is the same in all of them would be one.
        static Rule Never(int i) =>
            new($"r{i}") { Criteria = [Path("/a"), Path($"/{i}")], Children = [new Rule("c") { Children = [new Rule("d")] }] };
        var tree = new RuleTree(
            new Rule("default")
            {
                Children =
                [
                    .. Enumerable.Range(0, 1_500).Select(Never),
                    new Rule("last") { Behaviors = [new Behavior("noSuchBehavior", OptionSet.Empty)] },
                ],
            }
        );

        var messages = RuleTreeValidator.Validate(tree, Hostnames);

        Assert.Equal(1_001, messages.Count);
        Assert.Equal<string>(
            ["The default rule has no origin", "The default rule has no cpCode", "Unknown behavior", "The rule can never match"],
            [.. messages.Take(4).Select(message => message.Title)]
        );
        Assert.Equal((Severity.Warning, "More warnings"), (messages[^1].Severity, messages[^1].Title));
        var never = messages.Count(message => message.Title == "The rule can never match");
        Assert.Contains($"{1_500 - never} more warnings", messages[^1].Detail, StringComparison.Ordinal);
    }

    private static Criterion Path(string value) =>
        new("path", OptionSet.Parse($$"""{ "matchOperator": "MATCHES_ONE_OF", "values": [ "{{value}}" ] }"""));

    [Fact]
    public void What_is_the_same_in_very_many_places_is_one_message_that_counts_them_all()
    {
        var tree = new RuleTree(new Rule("default") { Children = [.. Enumerable.Range(0, 1_500).Select(i => new Rule($"r{i}"))] });

        var message = Assert.Single(RuleTreeValidator.Validate(tree, Hostnames), message => message.Title == "The rule does nothing");

        Assert.Equal((1_500, 1_000, "In 1,500 rules"), (message.Count, message.Others.Count, message.Where));
    }

    [Fact]
    public void Long_names_are_written_out_for_messages_alone_and_cut()
    {
        var empty = new Rule("c");
        var tree = new RuleTree(new Rule(new string('n', 200_000)) { Children = [.. Enumerable.Repeat(empty, 500)] });

        var before = GC.GetAllocatedBytesForCurrentThread();
        var messages = RuleTreeValidator.Validate(tree, Hostnames);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        var path = Assert.Single(
            messages
                .Select(message => message.RulePath)
                .Where(path => path.EndsWith(" / c", StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal)
        );
        Assert.Equal($"…{new string('n', 996)} / c", path);
        Assert.InRange(allocated, 0, 20_000_000);
    }

    private static bool Check(RuleTree tree)
    {
        var messages = RuleTreeValidator.Validate(tree, Hostnames);
        return messages.Count == messages.Select(m => (m.Severity, m.Kind, m.Title, m.Detail, m.IsOfHostnames)).Distinct().Count()
            && messages.All(m => m.Places.Distinct().Count() == m.Others.Count + 1 && m.Count >= m.Others.Count + 1)
            && messages.All(m => m.Title.Length > 0 && m.Detail.Length > 0);
    }
}
