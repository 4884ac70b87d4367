using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Compare;

/// <summary>Which hostnames changed from one version to another.</summary>
public sealed partial class HostnameDiff
{
    [Parameter, EditorRequired]
    public required HostnameChanges Changes { get; set; }

    private IEnumerable<(string Name, Tone Tone, IReadOnlyList<HostnameEntry> Hostnames)> Lists =>
        [("added", Tone.Success, Changes.Added), ("removed", Tone.Danger, Changes.Removed), ("reconfigured", Tone.Info, Changes.Reconfigured)];
}
