using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>The hostnames of the version that is edited: add one or many, point them at edge hostnames, remove.</summary>
public sealed partial class HostnamesForm
{
    private string _typed = "";
    private List<string> _faults = [];

    [Parameter, EditorRequired]
    public required EditorSession Session { get; set; }

    private void Point(HostnameEntry hostname, string edge) =>
        Change(
            $"Point {hostname.CnameFrom} elsewhere",
            list => [.. list.Select(h => h.CnameFrom == hostname.CnameFrom ? h with { EdgeHostname = edge.Trim().ToLowerInvariant() } : h)]
        );

    private void Remove(HostnameEntry hostname) =>
        Change($"Remove {hostname.CnameFrom}", list => [.. list.Where(h => h.CnameFrom != hostname.CnameFrom)]);

    // All or none: a list with a mistake stays in the field to be mended.
    private void Add()
    {
        var (added, faults) = HostnameList.Read(_typed, Session.Content.Hostnames);
        _faults = faults;
        if (faults.Count > 0 || added.Count == 0)
            return;
        _typed = "";
        Change($"Add {Words.Count(added.Count, "hostname")}", list => [.. list, .. added]);
    }

    private void Change(string name, Func<IReadOnlyList<HostnameEntry>, IReadOnlyList<HostnameEntry>> change) =>
        Session.Do(name, content => content with { Hostnames = [.. change(content.Hostnames).OrderBy(h => h.CnameFrom, StringComparer.Ordinal)] });
}
