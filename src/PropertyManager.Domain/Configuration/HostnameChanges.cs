namespace PropertyManager.Domain.Configuration;

/// <summary>
/// What changes for hostnames when one version takes another's place. More than ten changes make an activation an exception
/// (source: how activation works).
/// </summary>
/// <param name="Added">In the new version only.</param>
/// <param name="Removed">In the current version only.</param>
/// <param name="Reconfigured">In both, with another edge hostname; as they are in the new version.</param>
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
        return new HostnameChanges(
            [.. after.Values.Where(host => !before.ContainsKey(host.CnameFrom))],
            [.. before.Values.Where(host => !after.ContainsKey(host.CnameFrom))],
            [
                .. after.Values.Where(host =>
                    before.TryGetValue(host.CnameFrom, out var old)
                    && !string.Equals(old.EdgeHostname, host.EdgeHostname, StringComparison.OrdinalIgnoreCase)
                ),
            ]
        );
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
