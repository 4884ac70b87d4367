using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Features.Properties;

/// <summary>
/// A page's one subscription to running activations. What ticks goes only to the small component that shows that activation; the page itself hears
/// when one starts or ends, because then its rows are no longer what the database says. Make it before the page reads the database.
/// </summary>
/// <param name="pageProperties">Whether the page may show activations of this kind.</param>
/// <param name="onPage">The page's way onto its renderer: <c>InvokeAsync</c>.</param>
/// <param name="changed">Activations of these properties started or ended.</param>
/// <param name="failed">The page's way to report what went wrong: <c>DispatchExceptionAsync</c>.</param>
public sealed class LiveActivations(
    ActivationFeed feed,
    TimeProvider time,
    Func<ActivationProgress, bool> pageProperties,
    Func<Func<Task>, Task> onPage,
    Func<IReadOnlySet<long>, Task> changed,
    Func<Exception, Task> failed
) : IAsyncDisposable
{
    /// <summary>Between two pictures, real time.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<long, ActivationProgress> _running = [];
    private readonly Dictionary<long, List<Action>> _watchers = [];
    private Task _reading = Task.CompletedTask;

    /// <summary>Begins to read. Call it on the renderer, once.</summary>
    public LiveActivations Start()
    {
        var subscription = feed.Subscribe(pageProperties);
        foreach (var progress in subscription.Current)
            _running[progress.ActivationId] = progress;
        _reading = ReadAsync(subscription);
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

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _gone.Dispose();
    }

    private async Task ReadAsync(FeedSubscription subscription)
    {
        using (subscription)
        {
            try
            {
                await foreach (var batch in subscription.ReadAllAsync(Pace, time, _gone.Token))
                    await onPage(() => ShowAsync(batch));
            }
            catch (Exception exception) when (!_gone.IsCancellationRequested)
            {
                await failed(exception);
            }
        }
    }

    private async Task ShowAsync(IReadOnlyList<ActivationProgress> batch)
    {
        HashSet<long> stale = [];
        foreach (var progress in batch)
        {
            if (!progress.Status.IsOpen)
            {
                _running.Remove(progress.ActivationId);
                stale.Add(progress.PropertyId);
                continue;
            }
            if (!_running.ContainsKey(progress.ActivationId))
                stale.Add(progress.PropertyId);
            _running[progress.ActivationId] = progress;
            if (_watchers.TryGetValue(progress.ActivationId, out var watchers))
                watchers.ForEach(shown => shown());
        }
        if (stale.Count > 0)
            await changed(stale);
    }

    private sealed class Watcher(Action stop) : IDisposable
    {
        public void Dispose() => stop();
    }
}
