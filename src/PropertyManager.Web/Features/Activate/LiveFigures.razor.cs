using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Features.Activate;

/// <summary>What changes several times a second of a running activation. Its parent hands it each change by <see cref="Show"/>, so that nothing else re-renders.</summary>
public sealed partial class LiveFigures
{
    private LiveView _view = null!;

    /// <summary>What is known when it appears.</summary>
    [Parameter, EditorRequired]
    public required ActivationProgress First { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Shows newer figures. Call it on the renderer's own thread.</summary>
    public void Show(ActivationProgress now)
    {
        _view = LiveView.Of(now);
        StateHasChanged();
    }

    protected override void OnInitialized() => _view = LiveView.Of(First);
}
