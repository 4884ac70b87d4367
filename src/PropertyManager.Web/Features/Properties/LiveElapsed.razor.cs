using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Properties;

/// <summary>How long an activation took, or has taken so far: simulated time.</summary>
public sealed partial class LiveElapsed : IDisposable
{
    private IDisposable? _watch;
    private TimeSpan _shown = TimeSpan.MinValue;

    [Parameter, EditorRequired]
    public required Standing Standing { get; set; }

    [Parameter, EditorRequired]
    public required LiveActivations Live { get; set; }

    private TimeSpan? Value => Standing.EndedAfter ?? Live.Find(Standing.Id)?.Progress.Elapsed;

    public void Dispose() => _watch?.Dispose();

    // The table gives each activation cells of its own (by key): another never comes into this one.
    protected override void OnParametersSet()
    {
        if (Standing.IsOpen)
        {
            _watch ??= Live.Watch(Standing.Id, Tick);
            return;
        }
        _watch?.Dispose();
        _watch = null;
    }

    private void Tick()
    {
        var seconds = TimeSpan.FromSeconds(Math.Floor((Value ?? TimeSpan.Zero).TotalSeconds));
        if (seconds == _shown)
            return;
        _shown = seconds;
        StateHasChanged();
    }
}
