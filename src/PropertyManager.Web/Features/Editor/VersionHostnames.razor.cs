using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Features.Editor;

/// <summary>Property Hostnames: each with what changed against the version that this one is based on.</summary>
public sealed partial class VersionHostnames
{
    /// <summary>With more hostnames than this there is a filter.</summary>
    private const int FilterFrom = 10;

    private IReadOnlyList<HostnameEntry> _hostnames = [];
    private HostnameChanges? _changes;
    private Dictionary<string, HostnameEntry> _before = [];
    private string _filter = "";

    [Parameter, EditorRequired]
    public required VersionView View { get; set; }

    private IEnumerable<HostnameEntry> Shown =>
        _hostnames.Where(hostname =>
            hostname.CnameFrom.Contains(_filter.Trim(), StringComparison.OrdinalIgnoreCase)
            || hostname.EdgeHostname.Contains(_filter.Trim(), StringComparison.OrdinalIgnoreCase)
        );

    protected override void OnParametersSet()
    {
        _hostnames = View.Hostnames;
        _changes = View.Version.BasedOn is null ? null : HostnameChanges.Between(View.HostnamesBefore, _hostnames);
        _before = View.HostnamesBefore.ToDictionary(h => h.CnameFrom, StringComparer.OrdinalIgnoreCase);
    }

    private HostnameChange? ChangeOf(HostnameEntry hostname) =>
        _changes is null ? null : HostnameChanges.Of(_before.GetValueOrDefault(hostname.CnameFrom), hostname);
}
