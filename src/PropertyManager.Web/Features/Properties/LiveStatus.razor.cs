using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Properties;

/// <summary>An activation's status and, while it runs, how far it is. It renders by itself, several times a second; nothing around it does.</summary>
public sealed partial class LiveStatus : IDisposable
{
    private IDisposable? _watch;
    private long? _watched;

    [Parameter, EditorRequired]
    public required Standing Standing { get; set; }

    [Parameter, EditorRequired]
    public required LiveActivations Live { get; set; }

    /// <summary>Says which version it is, where the place does not.</summary>
    [Parameter]
    public bool ShowVersion { get; set; }

    private ActivationState State => (Standing.IsOpen ? Live.Find(Standing.Id)?.Status.State : null) ?? Standing.State;

    private RolloutProgress? Now => Standing.IsOpen ? Live.Find(Standing.Id)?.Progress : null;

    private string Title =>
        $"{ActivationLabels.Type(Standing.Type)} of version {Standing.Version} on {ActivationLabels.Name(Standing.Network).ToLowerInvariant()}";

    public void Dispose() => _watch?.Dispose();

    protected override void OnParametersSet()
    {
        var wanted = Standing.IsOpen ? Standing.Id : (long?)null;
        if (wanted == _watched)
            return;
        _watch?.Dispose();
        _watched = wanted;
        _watch = wanted is { } id ? Live.Watch(id, StateHasChanged) : null;
    }
}
