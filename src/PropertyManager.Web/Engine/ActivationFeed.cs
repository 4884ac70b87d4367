using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PropertyManager.Web.Engine;

/// <summary>
/// Tells whoever watches how running activations stand: what is known now and every change after it, taken together so that nothing is lost
/// between. The newest replaces what a slow reader has not read: a reader costs the writer one reference, and no other reader anything.
/// </summary>
public sealed class ActivationFeed
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, ActivationProgress> _running = [];
    private readonly HashSet<FeedSubscription> _watchers = [];

    /// <summary>How many watch.</summary>
    public int Watchers
    {
        get
        {
            lock (_gate)
                return _watchers.Count;
        }
    }

    /// <summary>How this activation stands, where it runs.</summary>
    public ActivationProgress? Find(long activationId)
    {
        lock (_gate)
            return _running.GetValueOrDefault(activationId);
    }

    /// <summary>Hands progress to those who watch it. What is over is told once and then left to the database.</summary>
    public void Publish(ActivationProgress progress)
    {
        lock (_gate)
        {
            if (progress.Status.IsOpen)
                _running[progress.ActivationId] = progress;
            else
                _running.Remove(progress.ActivationId);
            foreach (var watcher in _watchers)
                watcher.Offer(progress);
        }
    }

    /// <summary>
    /// Watches the activations that <paramref name="wanted"/> chooses. Subscribe first, then read the database: what ends in between is in
    /// one of them.
    /// </summary>
    public FeedSubscription Subscribe(Func<ActivationProgress, bool> wanted)
    {
        lock (_gate)
        {
            var watcher = new FeedSubscription(wanted, [.. _running.Values.Where(wanted)], Remove);
            _watchers.Add(watcher);
            return watcher;
        }
    }

    private void Remove(FeedSubscription watcher)
    {
        lock (_gate)
            _watchers.Remove(watcher);
    }
}

/// <summary>One watcher's view: <see cref="Current"/>, and the stream that follows it.</summary>
public sealed class FeedSubscription : IDisposable
{
    private readonly Func<ActivationProgress, bool> _wanted;
    private readonly Action<FeedSubscription> _remove;
    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );
    private Dictionary<long, ActivationProgress> _unread = [];

    internal FeedSubscription(Func<ActivationProgress, bool> wanted, IReadOnlyList<ActivationProgress> current, Action<FeedSubscription> remove)
    {
        _wanted = wanted;
        _remove = remove;
        Current = current;
    }

    /// <summary>What ran when the subscription began.</summary>
    public IReadOnlyList<ActivationProgress> Current { get; }

    /// <summary>The newest of each activation that changed since the last read; at most one batch every <paramref name="pace"/>.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ActivationProgress>> ReadAllAsync(
        TimeSpan pace,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var _ in _signal.Reader.ReadAllAsync(cancellationToken))
        {
            Dictionary<long, ActivationProgress> batch;
            lock (_gate)
                (batch, _unread) = (_unread, []);
            if (batch.Count > 0)
                yield return [.. batch.Values];
            await Task.Delay(pace, time, cancellationToken);
        }
    }

    public void Dispose()
    {
        _remove(this);
        _signal.Writer.TryComplete();
    }

    internal void Offer(ActivationProgress progress)
    {
        if (!_wanted(progress))
            return;
        lock (_gate)
            _unread[progress.ActivationId] = progress;
        _signal.Writer.TryWrite(true);
    }
}
