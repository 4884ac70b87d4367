using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>What changes several times a second of a running activation. Its parent hands it each change by <see cref="Show"/>, so that nothing else re-renders.</summary>
public sealed partial class LiveFigures
{
    private ActivationProgress _now = null!;

    /// <summary>What is known when it appears.</summary>
    [Parameter, EditorRequired]
    public required ActivationProgress First { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    private IReadOnlyList<ProgressStage> Restoring =>
        [
            new(
                "Restoring",
                Share(_now.Progress.Restored, _now.Progress.Installed),
                _now.Status.State == ActivationState.Aborted ? StageState.Done : StageState.Running
            ),
        ];

    /// <summary>Shows newer figures. Call it on the renderer's own thread.</summary>
    public void Show(ActivationProgress now)
    {
        _now = now;
        StateHasChanged();
    }

    protected override void OnInitialized() => _now = First;

    private static double Share(int part, int whole) => whole == 0 ? 1 : (double)part / whole;
}
