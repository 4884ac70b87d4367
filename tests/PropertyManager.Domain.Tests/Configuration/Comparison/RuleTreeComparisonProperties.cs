using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Comparison;

namespace PropertyManager.Domain.Tests.Configuration.Comparison;

/// <summary>What holds of any two trees.</summary>
public sealed class RuleTreeComparisonProperties
{
    private static readonly Config Several = Config.QuickThrowOnFailure.WithMaxTest(200);

    private static readonly Gen<(RuleTree Before, RuleTree After)> Edited =
        from tree in Trees.Any
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from count in Gen.Choose(1, 12)
        select (tree, new Edits(seed).Of(tree, count));

    [Fact]
    public void Nothing_changes_between_a_tree_and_itself() =>
        Prop.ForAll(Trees.Any.ToArbitrary(), tree => RuleTreeComparison.Between(tree, tree).IsEmpty && RuleTreeComparison.Same(tree, tree))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_written_otherwise_is_no_change() =>
        Prop.ForAll(
                Edited.ToArbitrary(),
                two =>
                {
                    var other = two.After with { Default = new Edits(1).Rewritten(two.After.Default) };
                    return RuleTreeComparison.Between(two.After, other).IsEmpty && RuleTreeComparison.Same(other, two.After);
                }
            )
            .Check(Several);

    [Fact]
    public void So_it_is_in_what_the_catalog_describes() =>
        Prop.ForAll(
                Trees.Described.Zip(Gen.Choose(0, int.MaxValue - 1)).ToArbitrary(),
                two => RuleTreeComparison.Between(two.Item1, two.Item1 with { Default = new Edits(two.Item2).Rewritten(two.Item1.Default) }).IsEmpty
            )
            .Check(Several);

    [Fact]
    public void The_changes_made_on_the_tree_before_give_the_tree_after() => Prop.ForAll(Edited.ToArbitrary(), Leads).Check(Several);

    [Fact]
    public void They_do_so_between_trees_that_have_nothing_to_do_with_each_other() =>
        Prop.ForAll(Trees.Any.Zip(Trees.Any).ToArbitrary(), Leads).Check(Several);

    [Fact]
    public void The_changes_are_none_exactly_when_both_are_the_same() =>
        Prop.ForAll(
                Edited.ToArbitrary(),
                two => RuleTreeComparison.Between(two.Before, two.After).IsEmpty == RuleTreeComparison.Same(two.Before, two.After)
            )
            .Check(Several);

    [Fact]
    public void No_change_on_the_list_is_none() =>
        Prop.ForAll(
                Edited.ToArbitrary(),
                two =>
                    RuleTreeComparison
                        .Between(two.Before, two.After)
                        .Rules.All(rule => rule.IsAdded || rule.IsRemoved || rule.IsMoved || rule.IsChanged || rule.Name is not null)
            )
            .Check(Several);

    private static bool Leads((RuleTree Before, RuleTree After) two) =>
        RuleTreeComparison.Same(RuleTreeComparison.Between(two.Before, two.After).ApplyTo(two.Before), two.After);
}
