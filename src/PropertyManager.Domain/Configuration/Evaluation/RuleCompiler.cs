using System.Text.Json;
using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>A rule made ready.</summary>
internal sealed class CompiledRule
{
    /// <summary>A rule may have any number of criteria and behaviors: after so many the budget is looked at.</summary>
    private const int LookEvery = 32;

    /// <summary>Index into <see cref="RuleTree.Rules" />.</summary>
    public required int Index { get; init; }

    /// <summary>Index of the first rule after it that is not below it.</summary>
    public required int End { get; set; }

    public required MatchedRule Place { get; init; }

    /// <summary>It is asked at the response stage: one of its criteria, or of those above it, asks about the response.</summary>
    public required bool NeedsResponse { get; init; }

    public required bool AnyIsEnough { get; init; }

    /// <summary>Cheapest first; empty when every request matches.</summary>
    public required Func<EvaluationRun, bool>[] Criteria { get; init; }

    /// <summary>What is done when it matches, in order.</summary>
    public required Action<EvaluationRun, int>[] Acts { get; init; }

    /// <summary>The behaviors again, with their words.</summary>
    public required CompiledBehavior[] Behaviors { get; init; }

    /// <summary>Names of criteria that are not evaluated: met wherever the rule is tried.</summary>
    public required string[] UnknownCriteria { get; init; }

    /// <summary>Names of behaviors that are not evaluated: met where the rule matches.</summary>
    public required string[] UnknownBehaviors { get; init; }

    /// <summary>Does what the rule does to a request that matches.</summary>
    public void Act(EvaluationRun run)
    {
        for (var i = 0; i < Acts.Length; i++)
        {
            Acts[i](run, Index);
            if (i % LookEvery == LookEvery - 1 && run.IsOver)
            {
                return;
            }
        }
    }

    /// <summary>Whether the criteria hold.</summary>
    public bool Matches(EvaluationRun run)
    {
        for (var i = 0; i < Criteria.Length; i++)
        {
            if (Criteria[i](run) == AnyIsEnough)
            {
                return AnyIsEnough;
            }

            if (i % LookEvery == LookEvery - 1 && run.IsOver)
            {
                return false;
            }
        }

        return !AnyIsEnough || Criteria.Length == 0;
    }
}

/// <summary>Rule tree → rules in the order they are applied.</summary>
internal static class RuleCompiler
{
    /// <summary>Compiles all rules of a tree. Nothing in it makes this fail: what cannot be read is noted and left out.</summary>
    public static CompiledRule[] Compile(RuleTree tree, CompileScope scope)
    {
        foreach (var variable in tree.Default.Variables)
        {
            var name = variable.Find("name") is { } n ? JsonScalar.Text(n) : null;
            var value = variable.Find("value") is { ValueKind: not JsonValueKind.Null } v ? JsonScalar.Text(v) : "";
            if (name is not null)
            {
                scope.Declare(name, value ?? "");
            }
        }

        var rules = new List<CompiledRule>();
        Add(tree.Default, "/rules", null, rules, scope);
        return [.. rules];
    }

    private static void Add(Rule written, string pointer, CompiledRule? parent, List<CompiledRule> rules, CompileScope scope)
    {
        if (scope.IsOver)
        {
            return;
        }

        var rule = KnownSpelling.Of(written);
        // The default rule applies to every request, whatever stands in it.
        CompiledCriterion[] criteria = parent is null
            ? []
            :
            [
                .. rule
                    .Criteria.Select((criterion, i) => CriterionCompiler.Compile(criterion, $"{pointer}/criteria/{i}", scope))
                    .OrderBy(c => c.Cost),
            ];
        CompiledBehavior[] behaviors =
        [
            .. rule.Behaviors.Select((behavior, i) => BehaviorCompiler.Compile(behavior, $"{pointer}/behaviors/{i}", scope)),
        ];
        var compiled = new CompiledRule
        {
            Index = rules.Count,
            End = rules.Count + 1,
            Place = new MatchedRule(pointer, parent is null ? rule.Name : $"{parent.Place.Path} / {rule.Name}"),
            NeedsResponse = parent is { NeedsResponse: true } || Array.Exists(criteria, criterion => criterion.NeedsResponse),
            AnyIsEnough = rule.CriteriaMustSatisfy == CriteriaMustSatisfy.Any,
            Criteria = [.. criteria.Select(criterion => criterion.Holds)],
            Acts = [.. behaviors.Select(behavior => behavior.Act).OfType<Action<EvaluationRun, int>>()],
            Behaviors = behaviors,
            UnknownCriteria = parent is null ? [] : [.. rule.Criteria.Select(c => c.Name).Where(name => !CriterionCompiler.Knows(name))],
            UnknownBehaviors = [.. rule.Behaviors.Select(b => b.Name).Where(name => !BehaviorCompiler.Knows(name))],
        };
        rules.Add(compiled);
        for (var i = 0; i < rule.Children.Count; i++)
        {
            Add(rule.Children[i], $"{pointer}/children/{i}", compiled, rules, scope);
        }

        compiled.End = rules.Count;
    }
}
