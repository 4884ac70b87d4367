using System.Globalization;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Features.Compare;

/// <summary>The words of the diff.</summary>
internal static class CompareText
{
    public const string NoDifferences = "No differences";
    public const string NoLineEnd = " (no line end)";
    public const string LinkCopied = "Link copied";
    public const string LinkNotCopied = "The browser did not let the link be copied. Copy it from the address bar.";

    /// <summary>"7 changes, 12 lines added, 3 removed, 5 changed".</summary>
    public static string Counts(DiffModel diff)
    {
        var lines = diff.Added == 1 ? "line" : "lines";
        var counts = $"{Changes(diff.Changes)}, {Number(diff.Added)} {lines} added, {Number(diff.Removed)} removed";
        return diff.Changed == 0 ? counts : $"{counts}, {Number(diff.Changed)} changed";
    }

    /// <summary>"… 124 unchanged lines".</summary>
    public static string Fold(int lines) => $"… {Number(lines)} unchanged lines";

    /// <summary>"Change 3 of 7".</summary>
    public static string Position(int change, int changes) => $"Change {Number(change)} of {Number(changes)}";

    /// <summary>The heading of a comparison.</summary>
    public static string Title(int before, int after) => $"Version {after} against version {before}";

    /// <summary>"2 added, 1 removed, 0 reconfigured".</summary>
    public static string Hostnames(HostnameChanges changes) =>
        changes.Count == 0
            ? "Both versions have the same hostnames"
            : $"{Number(changes.Added.Count)} added, {Number(changes.Removed.Count)} removed, {Number(changes.Reconfigured.Count)} reconfigured";

    /// <summary>"Rules (7)": a tab with how much changes; without, where the rules cannot be read or it takes the whole text to tell.</summary>
    public static string Tab(CompareTab tab, ComparedVersions versions) =>
        tab switch
        {
            CompareTab.Hostnames => $"Hostnames ({Number(versions.Hostnames.Count)})",
            CompareTab.Rules when versions.Rules is { } rules => $"Rules ({Number(rules.Rules.Count + (rules.Comments is null ? 0 : 1))})",
            CompareTab.Rules => "Rules",
            CompareTab.Behaviour => "Behaviour",
            _ => "XML",
        };

    /// <summary>The heading of what is wrong with a version's rules.</summary>
    public static string Unreadable(int version) => $"The rules of version {version} cannot be read";

    private static string Changes(int changes) => changes == 1 ? "1 change" : $"{Number(changes)} changes";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
