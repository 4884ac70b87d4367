using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Features.Compare;

/// <summary>Which hostnames changed from one version to another.</summary>
public sealed partial class HostnameDiff
{
    [Parameter, EditorRequired]
    public required HostnameChanges Changes { get; set; }

    /// <summary>All of the version before: where those that are reconfigured led to, and where their certificates came from.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<HostnameEntry> Before { get; set; }

    private IEnumerable<(string Name, ChangeBadge Badge, IReadOnlyList<HostnameEntry> Hostnames)> Lists =>
        [
            ("added", ChangeBadge.Added, Changes.Added),
            ("removed", ChangeBadge.Removed, Changes.Removed),
            ("reconfigured", ChangeBadge.Changed, Changes.Reconfigured),
        ];

    // Only of one that is in both.
    private HostnameEntry? BeforeOf(HostnameEntry hostname) =>
        Changes.Reconfigured.Contains(hostname)
            ? Before.FirstOrDefault(old => string.Equals(old.CnameFrom, hostname.CnameFrom, StringComparison.OrdinalIgnoreCase))
            : null;
}
