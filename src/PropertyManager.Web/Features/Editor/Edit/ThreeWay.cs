using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Comparison;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>Two people's changes to the same version: what each did, and both together where they do not meet.</summary>
public static class ThreeWay
{
    /// <summary>What somebody changed, a line each: "Changed: default / Images".</summary>
    public static IReadOnlyList<string> Lines(PropertyVersionDocument before, PropertyVersionDocument after)
    {
        var lines = new List<string>();
        var rules = RuleTreeComparison.Between(before.Rules, after.Rules);
        foreach (var change in rules.Rules)
        {
            var path = string.Join(" / ", change.Place.Above.Append(change.Place.Rule.Name));
            var what =
                change.IsAdded ? "Added"
                : change.IsRemoved ? "Removed"
                : change.IsMoved ? (change.IsChanged ? "Moved and changed" : "Moved")
                : "Changed";
            lines.Add($"{what}: rule “{path}”");
        }
        if (rules.Comments is not null)
            lines.Add("Changed: comments of the tree");
        var hostnames = HostnameChanges.Between(before.Hostnames, after.Hostnames);
        lines.AddRange(hostnames.Added.Select(h => $"Added: hostname {h.CnameFrom}"));
        lines.AddRange(hostnames.Removed.Select(h => $"Removed: hostname {h.CnameFrom}"));
        lines.AddRange(hostnames.Reconfigured.Select(h => $"Reconfigured: hostname {h.CnameFrom}"));
        if ((before.Note ?? "") != (after.Note ?? ""))
            lines.Add("Changed: notes");
        return lines;
    }

    /// <summary>How much somebody changed: "3 rules, 2 hostnames".</summary>
    public static string Size(PropertyVersionDocument before, PropertyVersionDocument after) =>
        $"{Words.Count(RuleTreeComparison.Between(before.Rules, after.Rules).Rules.Count, "rule")}, "
        + $"{Words.Count(HostnameChanges.Between(before.Hostnames, after.Hostnames).Count, "hostname")} changed";

    /// <summary>
    /// My changes made to theirs; null where both touched the same rule, hostname or notes, or where theirs put rules elsewhere, so that a person has to
    /// decide.
    /// </summary>
    public static PropertyVersionDocument? Merge(PropertyVersionDocument before, PropertyVersionDocument theirs, PropertyVersionDocument mine)
    {
        var their = RuleTreeComparison.Between(before.Rules, theirs.Rules);
        var my = RuleTreeComparison.Between(before.Rules, mine.Rules);
        var touched = their.Rules.Select(change => change.Before?.Pointer).ToHashSet(StringComparer.Ordinal);
        if (
            their.Rules.Any(change => change.IsAdded || change.IsRemoved || change.IsMoved)
            || my.Rules.Any(change => touched.Contains(change.Before?.Pointer))
            || (their.Comments is not null && my.Comments is not null)
            || (theirs.Note != before.Note && mine.Note != before.Note && mine.Note != theirs.Note)
        )
            return null;
        return MergeHostnames(before, theirs, mine) is { } hostnames
            ? theirs with
            {
                Rules = my.ApplyTo(theirs.Rules),
                Hostnames = hostnames,
                Note = theirs.Note == before.Note ? mine.Note : theirs.Note,
            }
            : null;
    }

    private static List<HostnameEntry>? MergeHostnames(PropertyVersionDocument before, PropertyVersionDocument theirs, PropertyVersionDocument mine)
    {
        var merged = theirs.Hostnames.ToDictionary(h => h.CnameFrom, StringComparer.OrdinalIgnoreCase);
        var their = Touched(HostnameChanges.Between(before.Hostnames, theirs.Hostnames)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var my = HostnameChanges.Between(before.Hostnames, mine.Hostnames);
        if (Touched(my).Any(their.Contains))
            return null;
        foreach (var removed in my.Removed)
            merged.Remove(removed.CnameFrom);
        foreach (var set in my.Added.Concat(my.Reconfigured))
            merged[set.CnameFrom] = set;
        return [.. merged.Values.OrderBy(h => h.CnameFrom, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Touched(HostnameChanges changes) =>
        changes.Added.Concat(changes.Removed).Concat(changes.Reconfigured).Select(h => h.CnameFrom);
}
