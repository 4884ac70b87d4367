using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>
/// A page's one subscription to running activations. What ticks goes only to the small component that shows that activation; the page itself hears
/// when one starts or ends, because then its rows are no longer what the database says. Make it before the page reads the database.
/// </summary>
/// <param name="pageProperties">Whether the page may show activations of this kind.</param>
/// <param name="onPage">The page's way onto its renderer: <c>InvokeAsync</c>.</param>
/// <param name="changed">Activations of these properties started or ended.</param>
/// <param name="failed">The page's way to report what went wrong: <c>DispatchExceptionAsync</c>.</param>
/// <param name="transitions">
/// The page is about a single property and shows each of an activation's transitions: it hears of those too.
/// </param>
public sealed class LiveActivations(
    ActivationFeed feed,
    TimeProvider time,
    Func<ActivationKey, bool> pageProperties,
    Func<Func<Task>, Task> onPage,
    Func<IReadOnlySet<long>, Task> changed,
    Func<Exception, Task> failed,
    bool transitions = false
) : IDisposable
{
    /// <summary>Between two pictures, real time: shorter than the engine's own, so that two people never see instants that are far apart.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<long, ActivationProgress> _running = [];
    private readonly Dictionary<long, List<Action>> _watchers = [];
    private FeedSubscription? _subscription;

    /// <summary>Begins to read. Call it on the renderer, once.</summary>
    public LiveActivations Start()
    {
        _subscription = feed.Subscribe(pageProperties);
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
        HashSet<long> stale = [];
        foreach (var progress in batch)
        {
            if (!progress.Status.IsOpen)
            {
                _running.Remove(progress.ActivationId);
                stale.Add(progress.PropertyId);
                continue;
            }
            if (Find(progress.ActivationId) is not { } before || (transitions && IsTransition(before.Status, progress.Status)))
                stale.Add(progress.PropertyId);
            _running[progress.ActivationId] = progress;
            if (_watchers.TryGetValue(progress.ActivationId, out var watchers))
                watchers.ForEach(shown => shown());
        }
        if (stale.Count > 0)
            await changed(stale);
    }

    private static bool IsTransition(ActivationStatus before, ActivationStatus now) =>
        before.DecidedAfter != now.DecidedAfter || before.State != now.State;

    private sealed class Watcher(Action stop) : IDisposable
    {
        public void Dispose() => stop();
    }
}
