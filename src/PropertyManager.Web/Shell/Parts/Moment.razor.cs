using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>An instant of real time, in the viewer's time zone, with its exact form as the tooltip.</summary>
public sealed partial class Moment : IDisposable
{
    private static readonly TimeSpan RelativeStep = TimeSpan.FromSeconds(30);

    private ITimer? _timer;

    [Inject]
    public required TimeProvider Time { get; init; }

    [CascadingParameter]
    public ViewerZone Zone { get; set; } = ViewerZone.Utc;

    [Parameter, EditorRequired]
    public required DateTimeOffset At { get; set; }

    /// <summary>"3 min ago" instead of the time of day. It keeps itself true.</summary>
    [Parameter]
    public bool Relative { get; set; }

    private string Text => Relative ? Words.Ago(Time.GetUtcNow() - At) : Zone.Compact(At, Time.GetUtcNow());

    public void Dispose() => _timer?.Dispose();

    protected override void OnParametersSet()
    {
        if (Relative)
            _timer ??= Time.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), state: null, RelativeStep, RelativeStep);
    }
}
