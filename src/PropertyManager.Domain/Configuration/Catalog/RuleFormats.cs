using System.Collections.Frozen;

namespace PropertyManager.Domain.Configuration.Catalog;

/// <summary>
/// The rule formats that versions can be written in: dated sets of behaviors and criteria. The catalog describes the newest; of the others it is
/// known which names they have (<see cref="FormatHistory"/>). A version keeps the format that it names, and is judged by it.
/// </summary>
public static class RuleFormats
{
    /// <summary>Stands for the newest, whichever that is when it is asked for.</summary>
    public const string Latest = "latest";

    private const string AllDated = """
        v2025-10-16 v2025-09-09 v2025-07-07 v2025-05-30 v2025-04-29 v2025-03-24 v2025-02-18 v2025-01-13 v2024-10-21 v2024-08-13
        v2024-05-31 v2024-02-12 v2024-01-09 v2023-10-30 v2023-09-20 v2023-05-30 v2023-01-05 v2022-10-18 v2022-06-28 v2021-09-22
        v2021-07-30 v2020-11-02 v2020-03-04 v2019-07-25 v2018-09-12 v2018-02-27 v2017-06-19 v2016-11-15 v2015-08-17 v2015-08-08
        """;

    /// <summary>All that can be named: <see cref="Latest"/>, then the dated ones, the newest first.</summary>
    public static IReadOnlyList<string> All { get; } = [Latest, .. AllDated.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The newest dated one.</summary>
    public static string Newest => All[1];

    /// <summary>Which names are taken, as the rest of a sentence.</summary>
    public static string Possible { get; } = $"{string.Join(", ", All.SkipLast(1))} and {All[^1]}";

    private static readonly FrozenSet<string> Names = All.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a version can be saved in it.</summary>
    public static bool IsKnown(string name) => Names.Contains(name);

    /// <summary>Names of the behaviors that a format is known to have, in no order.</summary>
    public static IEnumerable<string> Behaviors(string format) =>
        RuleCatalog
            .BehaviorNames.Concat(FormatHistory.RetiredBehaviors)
            .Where(name => FormatHistory.Of(format, name, isInCatalog: true) != Presence.Absent);

    /// <summary>Names of the criteria that a format is known to have, in no order. None has been retired so far.</summary>
    public static IEnumerable<string> Criteria(string format) =>
        RuleCatalog.CriterionNames.Where(name => FormatHistory.Of(format, name, isInCatalog: true) != Presence.Absent);
}
