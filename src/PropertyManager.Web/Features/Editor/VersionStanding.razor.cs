using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor;

/// <summary>Where a version is active, and where it is being activated now, kept true while the page is open.</summary>
public sealed partial class VersionStanding : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _gone = new();
    private Task _watching = Task.CompletedTask;
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

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _gone.Dispose();
    }

    protected override void OnInitialized() => _watching = WatchAsync(Feed.Subscribe(progress => progress.PropertyId == View.Property.Id));

    protected override void OnParametersSet()
    {
        if (View == _shown)
            return;
        _shown = View;
        Show(View.Activations);
    }

    private async Task WatchAsync(FeedSubscription subscription)
    {
        using (subscription)
        {
            // A step forward is a change of figures; only a change of state says something here.
            Dictionary<long, ActivationState> known = [];
            await foreach (var batch in subscription.ReadAllAsync(Pace, Time, _gone.Token))
            {
                if (batch.All(progress => known.TryGetValue(progress.ActivationId, out var state) && state == progress.Status.State))
                    continue;
                foreach (var progress in batch)
                    known[progress.ActivationId] = progress.Status.State;
                var lines = await Versions.ReadActivationsAsync(View.Property.Id, _gone.Token);
                await InvokeAsync(() =>
                {
                    Show(lines);
                    StateHasChanged();
                });
            }
        }
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
