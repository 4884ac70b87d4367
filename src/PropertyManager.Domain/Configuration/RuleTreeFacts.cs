namespace PropertyManager.Domain.Configuration;

/// <summary>What other rooms ask of a rule tree.</summary>
public static class RuleTreeFacts
{
    /// <summary>
    /// Whether metadata was written by hand somewhere in the tree. It needs intervention, which makes an activation an exception
    /// (source: how activation works).
    /// </summary>
    public static bool UsesAdvancedMetadata(RuleTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Rules()
            .Any(placed => placed.Rule.Behaviors.Any(b => b.Name == "advanced") || placed.Rule.Criteria.Any(c => c.Name == "matchAdvanced"));
    }
}
