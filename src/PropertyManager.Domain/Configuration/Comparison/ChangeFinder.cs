using System.Text.Json;

namespace PropertyManager.Domain.Configuration.Comparison;

/// <summary>Says what changed, once it is known which rule is which.</summary>
internal static class ChangeFinder
{
    /// <summary>The changes of a rule that is in both trees and of all below it, in the order of the tree after.</summary>
    public static IReadOnlyList<RuleChange> Between(RuleNode before, RuleNode after)
    {
        var changes = new List<RuleChange>();
        Compare(before, after, isMoved: false, changes);
        return changes;
    }

    /// <summary>A text that may be missing, which is the same as an empty one.</summary>
    public static Changed<string?>? Text(string? before, string? after) =>
        (before ?? "") == (after ?? "") ? null : new Changed<string?>(before, after);

    private static void Compare(RuleNode? before, RuleNode after, bool isMoved, List<RuleChange> changes)
    {
        if (before is null)
        {
            changes.Add(new RuleChange(null, after.Place()));
        }
        else if (isMoved || before.NamedOwn != after.NamedOwn)
        {
            changes.Add(Own(before, after) with { IsMoved = isMoved });
        }

        var moved = Moved(after);
        Removed(RemovedFrom(0), changes);
        foreach (var child in after.Children)
        {
            Compare(child.Match, child, moved[child.Index], changes);
            if (Stayed(child.Match))
            {
                Removed(RemovedFrom(child.Match!.Index + 1), changes);
            }
        }

        IEnumerable<RuleNode> RemovedFrom(int index) => before?.Children.Skip(index).TakeWhile(child => !Stayed(child)) ?? [];

        bool Stayed(RuleNode? child) => child?.Match is { } now && child.Parent == before && now.Parent == after && !moved[now.Index];
    }

    // Of the rules that stayed under the same rule, as few as possible are said to be moved: the others still stand in their old order.
    private static bool[] Moved(RuleNode parent)
    {
        var stayed = parent.Children.Where(child => child.Match is { } old && old.Parent == parent.Match && parent.Match is not null).ToList();
        var moved = parent.Children.Select(child => child.Match is not null).ToArray();
        foreach (var (child, stays) in stayed.Zip(Pairing.Ascending([.. stayed.Select(child => child.Match!.Index)])))
        {
            moved[child.Index] = !stays;
        }

        return moved;
    }

    // Not those that were moved out of it, nor what is in them: they are told where they are now.
    private static void Removed(IEnumerable<RuleNode> rules, List<RuleChange> changes)
    {
        foreach (var rule in rules.Where(rule => rule.Match is null))
        {
            changes.Add(new RuleChange(rule.Place(), null));
            Removed(rule.Children, changes);
        }
    }

    private static RuleChange Own(RuleNode before, RuleNode after)
    {
        var (old, @new) = (before.Rule, after.Rule);
        return new RuleChange(before.Place(), after.Place())
        {
            Name = old.Name == @new.Name ? null : new Changed<string>(old.Name, @new.Name),
            Comments = Text(old.Comments, @new.Comments),
            CriteriaMustSatisfy =
                old.CriteriaMustSatisfy == @new.CriteriaMustSatisfy
                    ? null
                    : new Changed<CriteriaMustSatisfy>(old.CriteriaMustSatisfy, @new.CriteriaMustSatisfy),
            Criteria = Items(before.Criteria, after.Criteria),
            Behaviors = Items(before.Behaviors, after.Behaviors),
            Variables = Items(before.Variables, after.Variables),
            Options = Options(old.Options, @new.Options, NormalOptions.SaidOfRule),
            Extra = Options(old.Extra, @new.Extra, CanonicalText.WithoutGiven),
        };
    }

    private static List<ItemChange> Items(IReadOnlyList<ItemNode> before, IReadOnlyList<ItemNode> after)
    {
        Pairing.Ends(before, after, item => item.Whole, Pair);
        Pairing.Equal(before, after, item => item.Whole, Pair);
        Pairing.Similar(before, after, atLeast: 0, (one, other) => one.Name == other.Name, Pair);
        Pairing.Equal(before, after, item => item.Name, Pair);

        var stayed = after.Where(item => item.Match is not null).ToList();
        var moved = stayed
            .Zip(Pairing.Ascending([.. stayed.Select(item => item.Match!.Index)]), (item, stays) => (item, stays))
            .Where(two => !two.stays)
            .Select(two => two.item)
            .ToHashSet();
        return
        [
            .. before.Where(item => item.Match is null).Select(item => new ItemChange(Placed(item), null)),
            .. after.Select(item => Item(item, moved.Contains(item))).Where(change => change.IsAdded || change.IsMoved || change.IsChanged),
        ];
    }

    private static void Pair(ItemNode before, ItemNode after) => (before.Match, after.Match) = (after, before);

    private static ItemChange Item(ItemNode after, bool isMoved) =>
        after.Match is not { } before ? new ItemChange(null, Placed(after))
        : before.Whole == after.Whole ? new ItemChange(Placed(before), Placed(after)) { IsMoved = isMoved }
        : new ItemChange(Placed(before), Placed(after))
        {
            IsMoved = isMoved,
            Options = Options((before.Item.Options, before.Said), (after.Item.Options, after.Said)),
            Extra = Options(before.Item.Extra, after.Item.Extra, CanonicalText.WithoutGiven),
        };

    private static Placed<RuleItem> Placed(ItemNode item) => new(item.Item, item.Index);

    private static List<OptionChange> Options(OptionSet before, OptionSet after, Func<OptionSet, OptionSet> said) =>
        Options((before, said(before)), (after, said(after)));

    // Compared by what they say, and told as they were written.
    private static List<OptionChange> Options((OptionSet Written, OptionSet Said) before, (OptionSet Written, OptionSet Said) after)
    {
        var old = Texts(before.Said);
        var @new = Texts(after.Said);
        return
        [
            .. before
                .Written.Concat(after.Written)
                .Select(field => field.Key)
                .Distinct(StringComparer.Ordinal)
                .Where(name => old.GetValueOrDefault(name) != @new.GetValueOrDefault(name))
                .Select(name => new OptionChange(name, before.Written.Find(name), after.Written.Find(name))),
        ];

        static Dictionary<string, string> Texts(OptionSet fields) =>
            CanonicalText.Fields(fields).ToDictionary(field => field.Key, field => CanonicalText.Of(field.Value), StringComparer.Ordinal);
    }
}
