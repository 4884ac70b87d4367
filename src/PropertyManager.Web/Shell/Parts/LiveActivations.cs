using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>What a page is told of running activations.</summary>
/// <param name="Transitions">Of these something else than figures changed: status, history, or what people asked. Those that ended are among them.</param>
/// <param name="Boundaries">These started or ended: the database says more than was published.</param>
public sealed record LiveChanges(IReadOnlyList<ActivationProgress> Transitions, IReadOnlyList<ActivationProgress> Boundaries);

/// <summary>
/// A page's one subscription to running activations. What ticks goes only to the small component that shows that activation; the page itself hears of
/// transitions. Make it before the page reads the database.
/// </summary>
/// <param name="target">Which activations the page may show.</param>
/// <param name="onPage">The page's way onto its renderer: <c>InvokeAsync</c>.</param>
/// <param name="changed">Called on the renderer.</param>
/// <param name="failed">The page's way to report what went wrong: <c>DispatchExceptionAsync</c>.</param>
public sealed class LiveActivations(
    ActivationFeed feed,
    TimeProvider time,
    WatchTarget target,
    Func<Func<Task>, Task> onPage,
    Func<LiveChanges, Task> changed,
    Func<Exception, Task> failed
) : IDisposable
{
    /// <summary>Between two pictures, real time: shorter than the engine's own, so that two people never see instants that are far apart.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<long, ActivationProgress> _running = [];
    private readonly Dictionary<long, List<Action>> _watchers = [];
    private FeedSubscription? _subscription;

    /// <summary>Which activations are watched.</summary>
    public WatchTarget Target => target;

    /// <summary>Those that run, as they stand.</summary>
    public IEnumerable<ActivationProgress> Running => _running.Values;

    /// <summary>Begins to read. Call it on the renderer, once.</summary>
    public LiveActivations Start()
    {
        _subscription = feed.Subscribe(target.Includes);
        foreach (var progress in _subscription.Current)
            _running[progress.ActivationId] = progress;
        _ = ReadAsync(_subscription, _gone.Token);
        return this;
    }

    /// <summary>How this activation stands; null before the engine has taken it up and after it is over.</summary>
    public ActivationProgress? Find(long activationId) => _running.GetValueOrDefault(activationId);

    /// <summary>Calls <paramref name="shown"/> on the renderer at each news of this activation, until the result is disposed.</summary>
    public IDisposable Watch(long activationId, Action shown)
    {
        if (!_watchers.TryGetValue(activationId, out var watchers))
            _watchers[activationId] = watchers = [];
        watchers.Add(shown);
        return new Watcher(() =>
        {
            watchers.Remove(shown);
            if (watchers.Count == 0)
                _watchers.Remove(activationId);
        });
    }

    /// <summary>The page hears nothing more. It does not wait for what the page does at the moment: that may be what disposes this.</summary>
    public void Dispose()
    {
        _gone.Cancel();
        _subscription?.Dispose();
        _gone.Dispose();
    }

    /// <summary>Ends with the subscription; what goes wrong before is reported, or the page would stand still and nobody would know.</summary>
    private async Task ReadAsync(FeedSubscription subscription, CancellationToken gone)
    {
        try
        {
            await foreach (var batch in subscription.ReadAllAsync(Pace, time, gone))
                await onPage(() => gone.IsCancellationRequested ? Task.CompletedTask : ShowAsync(batch));
        }
        catch (Exception) when (gone.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (Exception exception)
        {
            await failed(exception);
        }
    }

    private async Task ShowAsync(IReadOnlyList<ActivationProgress> batch)
    {
        List<ActivationProgress> transitions = [];
        List<ActivationProgress> boundaries = [];
        foreach (var progress in batch)
        {
            var before = Find(progress.ActivationId);
            if (before is null || progress.IsTransitionFrom(before))
                transitions.Add(progress);
            if (before is null || !progress.Status.IsOpen)
                boundaries.Add(progress);
            if (!progress.Status.IsOpen)
            {
                _running.Remove(progress.ActivationId);
                continue;
            }
            _running[progress.ActivationId] = progress;
            if (_watchers.TryGetValue(progress.ActivationId, out var watchers))
                watchers.ForEach(shown => shown());
        }
        if (transitions.Count > 0)
            await changed(new(transitions, boundaries));
    }

    private sealed class Watcher(Action stop) : IDisposable
    {
        public void Dispose() => stop();
    }
}
