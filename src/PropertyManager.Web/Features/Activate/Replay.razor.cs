using System.Globalization;
using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>
/// Any instant of an activation: the same figures as were seen then, since progress is a function of what is kept. The instant stands in the address.
/// </summary>
public sealed partial class Replay : IDisposable
{
    /// <summary>Of real time, between two pictures while it plays.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    /// <summary>Nobody moved the slider for so long: the address is made to follow.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    /// <summary>Pictures from start to end.</summary>
    private const int Pictures = 120;

    private readonly PageReads _reads = new();
    private readonly string _titleId = $"replay-{Guid.NewGuid():N}";
    private IReadOnlyList<Mark> _marks = [];
    private Activation? _known;
    private LiveFigures? _figures;
    private ActivationProgress? _now;
    private int? _asked;
    private int? _shown;
    private int _at;
    private bool _recalling;
    private bool _playing;

    [Inject]
    public required IEdgeNetwork Edge { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>With its history.</summary>
    [Parameter, EditorRequired]
    public required Activation Activation { get; set; }

    [Parameter, EditorRequired]
    public required TrafficProfile Traffic { get; set; }

    /// <summary>What the servers found wrong with its package; null for nothing.</summary>
    [Parameter]
    public PackageDefect? Defect { get; set; }

    /// <summary>Simulated time up to which it has run.</summary>
    [Parameter, EditorRequired]
    public required TimeSpan End { get; set; }

    /// <summary>The instant that the address names, in seconds.</summary>
    [Parameter]
    public int? At { get; set; }

    /// <summary>The last instant, in seconds.</summary>
    private int Last => (int)End.TotalSeconds;

    private string ValueText => $"{Words.Duration(TimeSpan.FromSeconds(_at))} of {Words.SimulatedDuration(TimeSpan.FromSeconds(Last))}";

    public void Dispose() => _reads.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (!ReferenceEquals(_known, Activation))
            _marks = [.. Marks(Activation, Last)];
        var first = _known is null;
        _known = Activation;
        // Nothing is recalled until somebody asks: what is over stands at its end, and says so above.
        if (first && At is null && !Activation.Status.IsOpen)
            _at = Last;
        else if (At is { } asked && asked != _asked)
        {
            _asked = asked;
            await GoAsync(Math.Clamp(asked, 0, Last));
        }
    }

    private Task Drag(int at)
    {
        _playing = false;
        return Task.WhenAll(GoAsync(at), _reads.NewestAsync(FollowAsync));
    }

    private async Task PlayAsync()
    {
        _playing = !_playing;
        if (!_playing)
        {
            await _reads.NewestAsync(FollowAsync);
            return;
        }
        var from = _at >= Last ? 0 : _at;
        await _reads.NewestAsync(gone => PlayOnAsync(from, gone));
    }

    private async Task PlayOnAsync(int from, CancellationToken gone)
    {
        using var timer = new PeriodicTimer(Beat, Time);
        var stride = Math.Max(1, Last / Pictures);
        await GoAsync(from);
        StateHasChanged();
        while (_playing && _at < Last && await timer.WaitForNextTickAsync(gone))
        {
            if (!_playing)
                break;
            await GoAsync(Math.Min(Last, _at + stride));
            StateHasChanged();
        }
        _playing = false;
        Follow();
        StateHasChanged();
    }

    /// <summary>Shows the instant; while one is being worked out, of those asked for meanwhile only the newest is.</summary>
    private async Task GoAsync(int at)
    {
        _at = at;
        if (_recalling)
            return;
        _recalling = true;
        try
        {
            while (_shown != _at && !_reads.Gone.IsCancellationRequested)
            {
                var (wanted, activation, traffic) = (_at, Activation, Traffic);
                // Off the circuit, which has other things to show meanwhile.
                var now = await Task.Run(() => Recall(activation, traffic, TimeSpan.FromSeconds(wanted)), _reads.Gone);
                (_now, _shown) = (now, wanted);
                _figures?.Show(now);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_reads.Gone.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        finally
        {
            _recalling = false;
        }
    }

    private ActivationProgress Recall(Activation activation, TrafficProfile traffic, TimeSpan at)
    {
        var now = ReplayMoment.Of(activation, traffic.HitsPerSecond, Edge.Recall(activation.OrderFor(traffic), at, Defect));
        _ = LiveView.Of(now); // written out here too
        return now;
    }

    private async Task FollowAsync(CancellationToken moved)
    {
        await Task.Delay(Quiet, Time, moved);
        Follow();
    }

    private void Follow()
    {
        _asked = _at;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("at", _at), replace: true);
    }

    private static IEnumerable<Mark> Marks(Activation activation, int last) =>
        activation
            .History.Where(row => row.Elapsed.TotalSeconds <= last)
            .Select(row => new Mark(
                ActivationLabels.Tone(row.State).CssClass(),
                // From the middle of the slider's knob at its one end to that at its other.
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"left:calc(0.5rem + (100% - 1rem) * {row.Elapsed.TotalSeconds / Math.Max(1, last):0.####})"
                ),
                $"{Clock((int)row.Elapsed.TotalSeconds)}: {row.Reason}"
            ));

    private static string Clock(int seconds) => Words.Countdown(TimeSpan.FromSeconds(seconds));

    private sealed record Mark(string Css, string Style, string Title);
}
