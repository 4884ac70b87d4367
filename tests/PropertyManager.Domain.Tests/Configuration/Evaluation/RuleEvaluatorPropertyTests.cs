using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Domain.Tests.Configuration.Comparison;

namespace PropertyManager.Domain.Tests.Configuration.Evaluation;

public sealed class RuleEvaluatorPropertyTests
{
    private static Gen<RuleTree> Trees => Gen.OneOf(EdgeGen.Tree, EdgeGen.Tree, Configuration.Trees.Any, Configuration.Trees.Described);

    [Fact]
    public void Both_ways_agree_and_neither_throws() =>
        ForAll(
            (tree, request) =>
            {
                var evaluator = new RuleEvaluator(tree, [], EvaluationBudget.Unlimited);
                var answer = evaluator.Evaluate(request);
                var (status, rule) = evaluator.Decide(request)!.Value;
                var pointer = rule < 0 ? null : tree.Rules().ElementAt(rule).Pointer;
                return (answer.Status, answer.DecidedBy?.Pointer) == (status, pointer);
            }
        );

    [Fact]
    public void The_same_request_gets_the_same_answer() =>
        ForAll(
            (tree, request) =>
            {
                var evaluator = new RuleEvaluator(tree, [], EvaluationBudget.Unlimited);
                var first = Text(evaluator.Evaluate(request));
                evaluator.Evaluate(request with { Path = "/other", Method = "POST", Scheme = "http", Origin = Edge.Origin(503) });
                return first == Text(evaluator.Evaluate(request))
                    && first == Text(new RuleEvaluator(tree, [], EvaluationBudget.Unlimited).Evaluate(request));
            }
        );

    [Fact]
    public void The_same_tree_written_otherwise_gives_the_same_answer() =>
        ForAll(
            (tree, request) =>
            {
                var other = tree with { Default = new Edits(1).Rewritten(tree.Default) with { Variables = tree.Default.Variables } };
                return Answer(tree) == Answer(other);

                // Settings are told as far as they are written out, and notes are of what is written.
                string Answer(RuleTree of) =>
                    Text(new RuleEvaluator(of, [], EvaluationBudget.Unlimited).Evaluate(request) with { Settings = [], Notes = [] });
            }
        );

    [Fact]
    public void No_rule_matches_without_those_above_it_and_all_are_in_tree_order() =>
        ForAll(
            (tree, request) =>
            {
                var matched = new RuleEvaluator(tree, [], EvaluationBudget.Unlimited).Evaluate(request).Matched.Select(rule => rule.Pointer).ToList();
                var order = tree.Rules().Select(placed => placed.Pointer).ToList();
                var nested = matched.TrueForAll(p => p == "/rules" || matched.Contains(p[..p.LastIndexOf("/children/", StringComparison.Ordinal)]));
                return matched[0] == "/rules" && nested && matched.SequenceEqual(order.Where(matched.Contains), StringComparer.Ordinal);
            }
        );

    [Fact]
    public async Task Threads_do_not_disturb_each_other()
    {
        var requests = EdgeGen.Request.Sample(200);
        foreach (var tree in EdgeGen.Tree.Sample(10))
        {
            var evaluator = new RuleEvaluator(tree, [], EvaluationBudget.Unlimited);
            var alone = requests.Select(evaluator.Decide).ToList();

            var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => requests.Select(evaluator.Decide).ToList())));

            Assert.All(together, answers => Assert.Equal(alone, answers));
        }
    }

    [Fact]
    public void A_hostile_expression_holds_nothing_up()
    {
        var expression = Edge.Item("regularExpression", """ "matchString": "{{builtin.AK_PATH}}", "regex": "^(a+)+$|(?=(b+)+$)^(b+)+$" """);
        var evaluator = Edge.Evaluator("", Edge.Rule("r", expression, Edge.Item("denyAccess")));

        Assert.Equal(200, evaluator.Decide(Edge.Get("/" + new string('a', 5000) + "!"))?.Status);
    }

    private static void ForAll(Func<RuleTree, EdgeRequest, bool> holds) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(Trees.Zip(EdgeGen.Request).ToArbitrary(), pair => holds(pair.Item1, pair.Item2))
        );

    private static string Text(EdgeAnswer answer) => JsonSerializer.Serialize(answer);
}
