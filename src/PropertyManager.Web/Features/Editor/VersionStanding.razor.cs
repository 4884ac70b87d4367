using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor;

/// <summary>Where a version is active, and where it is being activated now.</summary>
public sealed partial class VersionStanding
{
    private IReadOnlyList<ActivationLine> _open = [];
    private IReadOnlyList<ActivationLine> _active = [];
    private bool _wasActivated;

    [Parameter, EditorRequired]
    public required VersionView View { get; set; }

    protected override void OnParametersSet()
    {
        var own = View.Activations.Where(line => line.Version == View.Version.Number).ToList();
        _open = [.. own.Where(line => line.IsOpen)];
        _active = [.. own.Where(line => line.State == ActivationState.Active).OrderBy(line => line.Network)];
        _wasActivated = own.Count > 0;
    }

    private static string Running(ActivationLine line) => $"{ActivationLabels.Status(line.State, line.Type)} on {Name(line)}";

    private static string Name(ActivationLine line) => ActivationLabels.Name(line.Network).ToLowerInvariant();
}
