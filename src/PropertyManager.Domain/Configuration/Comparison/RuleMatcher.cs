namespace PropertyManager.Domain.Configuration.Comparison;

/// <summary>
/// Finds out which rule of one tree is which of the other. What is most certain goes first: a rule of the same name under the same rule; then
/// the same content elsewhere; then other names for much the same; last, much the same elsewhere under its old name.
/// </summary>
internal sealed class RuleMatcher
{
    /// <summary>How much of a rule under another name has to be as it was: more than the mere names of its behaviors and criteria.</summary>
    private const double MostlyTheSame = 0.51;

    /// <summary>The same of a rule that kept its name but stands elsewhere.</summary>
    private const double HalfTheSame = 0.5;

    private readonly List<RuleNode> _paired = []; // of the tree before

    private RuleMatcher() { }

    /// <summary>Sets the match of each rule that has one. The default rules are always each other's.</summary>
    public static void Match(RuleNode before, RuleNode after)
    {
        var matcher = new RuleMatcher();
        matcher.Pair(before, after);
        if (before.Whole == after.Whole)
        {
            return;
        }

        // Large ones first: a rule that is in one of them may have an equal by itself.
        Pairing.Equal(Free(before).OrderByDescending(Size), Free(after).OrderByDescending(Size), rule => rule.Whole, matcher.Pair);
        matcher.Equal(before, after, rule => rule.NamedOwn);
        var renamed = matcher.Renamed(from: 0);
        Pairing.Similar(Free(before), Free(after), HalfTheSame, (one, other) => one.Name == other.Name, matcher.Pair);
        matcher.Equal(before, after, rule => rule.HasItems ? rule.Own : null);
        matcher.Renamed(renamed);
    }

    // Also pairs what is in them, as far as it is certain.
    private void Pair(RuleNode before, RuleNode after)
    {
        (before.Match, after.Match) = (after, before);
        _paired.Add(before);
        Pairing.Ends(before.Children, after.Children, rule => rule.Whole, Pair);
        Pairing.Equal(before.Children, after.Children, rule => rule.Whole, Pair);
        Pairing.Equal(before.Children, after.Children, rule => rule.NamedOwn, Pair);
        Pairing.Equal(before.Children, after.Children, rule => rule.Name, Pair);
    }

    private void Equal(RuleNode before, RuleNode after, Func<RuleNode, int?> key) => Pairing.Equal(Free(before), Free(after), key, Pair);

    private int Renamed(int from)
    {
        for (; from < _paired.Count; from++) // it grows meanwhile
        {
            var before = _paired[from];
            Pairing.Similar(before.Children, before.Match!.Children, MostlyTheSame, (_, _) => true, Pair);
        }

        return from;
    }

    private static int Size(RuleNode rule) => rule.Size;

    private static List<RuleNode> Free(RuleNode root) => [.. root.All().Where(rule => rule.Match is null)];
}
