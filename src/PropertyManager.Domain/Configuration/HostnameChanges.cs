namespace PropertyManager.Domain.Configuration;

/// <summary>What becomes of a hostname when one version takes another's place.</summary>
public enum HostnameChange
{
    /// <summary>In the new version only.</summary>
    Added,

    /// <summary>In the current version only.</summary>
    Removed,

    /// <summary>In both, with another edge hostname or a certificate from elsewhere.</summary>
    Reconfigured,
}

/// <summary>
/// What changes for hostnames when one version takes another's place. More than ten changes make an activation an exception
/// (source: how activation works).
/// </summary>
/// <param name="Added">In the new version only.</param>
/// <param name="Removed">In the current version only.</param>
/// <param name="Reconfigured">In both, with another edge hostname or a certificate from elsewhere; as they are in the new version.</param>
public sealed record HostnameChanges(
    IReadOnlyList<HostnameEntry> Added,
    IReadOnlyList<HostnameEntry> Removed,
    IReadOnlyList<HostnameEntry> Reconfigured
)
{
    /// <summary>How many hostnames are added, removed or reconfigured.</summary>
    public int Count => Added.Count + Removed.Count + Reconfigured.Count;

    /// <summary>
    /// How many of the added ones are migrated from the legacy Configuration Manager. A hostname that the current version has is migrated already.
    /// </summary>
    public int Migrated => Added.Count(hostname => hostname.MigratedFromLegacy);

    /// <summary>Compares the hostnames of two versions; names are compared without regard to case. Each list is sorted by name.</summary>
    /// <param name="current">Of the version that is active now; empty when none is.</param>
    /// <param name="next">Of the version that takes its place; empty when the property is taken off the network.</param>
    public static HostnameChanges Between(IEnumerable<HostnameEntry> current, IEnumerable<HostnameEntry> next)
    {
        var before = ByName(current);
        var after = ByName(next);
        List<HostnameEntry> Those(SortedDictionary<string, HostnameEntry> of, HostnameChange change) =>
            [.. of.Values.Where(host => Of(before.GetValueOrDefault(host.CnameFrom), after.GetValueOrDefault(host.CnameFrom)) == change)];
        return new HostnameChanges(
            Those(after, HostnameChange.Added),
            Those(before, HostnameChange.Removed),
            Those(after, HostnameChange.Reconfigured)
        );
    }

    /// <summary>What becomes of one hostname; null when it stays as it is, or is in neither.</summary>
    /// <param name="current">As the version has it that is active now; null when it has it not, or none is active.</param>
    /// <param name="next">As the version has it that takes its place; null when it has it not, or the property is taken off the network.</param>
    public static HostnameChange? Of(HostnameEntry? current, HostnameEntry? next) =>
        (current, next) switch
        {
            (null, null) => null,
            (null, _) => HostnameChange.Added,
            (_, null) => HostnameChange.Removed,
            var (before, after) => before.Certificate != after.Certificate || LeadsElsewhere(before, after) ? HostnameChange.Reconfigured : null,
        };

    /// <summary>It points at another edge hostname.</summary>
    public static bool LeadsElsewhere(HostnameEntry current, HostnameEntry next)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(next);
        return !string.Equals(current.EdgeHostname, next.EdgeHostname, StringComparison.OrdinalIgnoreCase);
    }

    private static SortedDictionary<string, HostnameEntry> ByName(IEnumerable<HostnameEntry> hostnames)
    {
        var byName = new SortedDictionary<string, HostnameEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var hostname in hostnames)
        {
            byName[hostname.CnameFrom] = hostname;
        }

        return byName;
    }
}
