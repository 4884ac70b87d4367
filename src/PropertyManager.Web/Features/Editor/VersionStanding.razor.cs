using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor;

/// <summary>Where a version is active, and where it is being activated now, kept true while the page is open.</summary>
public sealed partial class VersionStanding : IDisposable
{
    private readonly PageReads _reads = new();
    private LiveActivations? _live;
    private VersionView? _shown;
    private IReadOnlyList<ActivationLine> _open = [];
    private IReadOnlyList<ActivationLine> _active = [];
    private bool _wasActivated;

    [Inject]
    public required ActivationFeed Feed { get; init; }

    [Inject]
    public required VersionQuery Versions { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Parameter, EditorRequired]
    public required VersionView View { get; set; }

    public void Dispose()
    {
        _live?.Dispose();
        _reads.Dispose();
    }

    protected override void OnInitialized() =>
        _live = new LiveActivations(
            Feed,
            Time,
            progress => progress.PropertyId == View.Property.Id,
            InvokeAsync,
            _ => _reads.NewestAsync(RefreshAsync),
            DispatchExceptionAsync,
            transitions: true
        ).Start();

    protected override void OnParametersSet()
    {
        if (View == _shown)
            return;
        _shown = View;
        Show(View.Activations);
    }

    private async Task RefreshAsync(CancellationToken cancellation)
    {
        Show(await Versions.ReadActivationsAsync(View.Property.Id, cancellation));
        StateHasChanged();
    }

    private void Show(IReadOnlyList<ActivationLine> activations)
    {
        var own = activations.Where(line => line.Version == View.Version.Number).ToList();
        _open = [.. own.Where(line => line.IsOpen)];
        _active = [.. own.Where(line => line.State == ActivationState.Active).OrderBy(line => line.Network)];
        _wasActivated = own.Count > 0;
    }

    private static string Running(ActivationLine line) => $"{ActivationLabels.Status(line.State, line.Type)} on {Name(line)}";

    private static string Name(ActivationLine line) => ActivationLabels.Name(line.Network).ToLowerInvariant();
}
