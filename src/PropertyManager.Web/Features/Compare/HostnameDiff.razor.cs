using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Features.Compare;

/// <summary>Which hostnames changed from one version to another.</summary>
public sealed partial class HostnameDiff
{
    [Parameter, EditorRequired]
    public required HostnameChanges Changes { get; set; }

    /// <summary>All of the version before: where those that are reconfigured led to.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<HostnameEntry> Before { get; set; }

    private IEnumerable<(string Name, ChangeBadge Badge, IReadOnlyList<HostnameEntry> Hostnames)> Lists =>
        [
            ("added", ChangeBadge.Added, Changes.Added),
            ("removed", ChangeBadge.Removed, Changes.Removed),
            ("reconfigured", ChangeBadge.Changed, Changes.Reconfigured),
        ];

    // Only of a hostname that leads elsewhere now.
    private string? EdgeBefore(HostnameEntry hostname) =>
        Changes.Reconfigured.Contains(hostname)
            ? Before.FirstOrDefault(old => string.Equals(old.CnameFrom, hostname.CnameFrom, StringComparison.OrdinalIgnoreCase))?.EdgeHostname
            : null;
}
