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
    private readonly Dictionary<long, Running> _running = [];
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

    /// <summary>How many activations run.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _running.Count;
        }
    }

    /// <summary>How this activation stands, where it runs.</summary>
    public ActivationProgress? Find(long activationId)
    {
        lock (_gate)
            return _running.GetValueOrDefault(activationId)?.Newest;
    }

    /// <summary>Whether somebody hears of what is published of this activation.</summary>
    public bool IsWatched(long activationId)
    {
        lock (_gate)
            return _running.GetValueOrDefault(activationId) is { Watchers.Length: > 0 };
    }

    /// <summary>Hands progress to those who watch it. What is over is told once and then left to the database.</summary>
    public void Publish(ActivationProgress progress)
    {
        lock (_gate)
        {
            var running = Track(progress.Key);
            running.NewestIs(progress);
            if (!progress.Status.IsOpen)
                _running.Remove(progress.ActivationId);
            foreach (var watcher in running.Watchers)
                watcher.Offer(progress);
        }
    }

    /// <summary>The same for what runs, worked out only when somebody watches it or comes to ask.</summary>
    /// <param name="key">Of a running one.</param>
    /// <param name="progress">Gives the same whenever and wherever it is called.</param>
    public void Publish(ActivationKey key, Func<ActivationProgress> progress)
    {
        lock (_gate)
        {
            var running = Track(key);
            running.NewestIs(progress);
            foreach (var watcher in running.Watchers)
                watcher.Offer(running.Newest);
        }
    }

    /// <summary>
    /// Watches the activations that <paramref name="wanted"/> chooses. Subscribe first, then read the database: what ends in between is in
    /// one of them.
    /// </summary>
    /// <param name="wanted">Asked once for each activation.</param>
    public FeedSubscription Subscribe(Func<ActivationKey, bool> wanted)
    {
        lock (_gate)
        {
            List<Running> chosen = [.. _running.Values.Where(running => wanted(running.Key))];
            var watcher = new FeedSubscription(wanted, [.. chosen.Select(running => running.Newest)], Remove);
            _watchers.Add(watcher);
            chosen.ForEach(running => running.Watchers = [.. running.Watchers, watcher]);
            return watcher;
        }
    }

    /// <summary>The activation's place, with those who want it; made when it is first heard of.</summary>
    private Running Track(ActivationKey key)
    {
        if (!_running.TryGetValue(key.ActivationId, out var running))
            _running[key.ActivationId] = running = new Running(key, [.. _watchers.Where(watcher => watcher.Wants(key))]);
        return running;
    }

    private void Remove(FeedSubscription watcher)
    {
        lock (_gate)
        {
            if (!_watchers.Remove(watcher))
                return;
            foreach (var running in _running.Values)
                running.Watchers = Array.FindAll(running.Watchers, other => other != watcher);
        }
    }

    /// <summary>A running activation: who watches it, and what was heard of it last, or how that is worked out.</summary>
    private sealed class Running(ActivationKey key, FeedSubscription[] watchers)
    {
        private ActivationProgress? _newest;
        private Func<ActivationProgress>? _later;

        public ActivationKey Key => key;

        /// <summary>An array, since most have none.</summary>
        public FeedSubscription[] Watchers { get; set; } = watchers;

        public ActivationProgress Newest => _newest ??= _later!();

        public void NewestIs(ActivationProgress progress) => (_newest, _later) = (progress, null);

        public void NewestIs(Func<ActivationProgress> later) => (_newest, _later) = (null, later);
    }
}

/// <summary>One watcher's view: <see cref="Current"/>, and the stream that follows it.</summary>
public sealed class FeedSubscription : IDisposable
{
    private readonly Func<ActivationKey, bool> _wanted;
    private readonly Action<FeedSubscription> _remove;
    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );
    private Dictionary<long, ActivationProgress> _unread = [];

    internal FeedSubscription(Func<ActivationKey, bool> wanted, IReadOnlyList<ActivationProgress> current, Action<FeedSubscription> remove)
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

    internal bool Wants(ActivationKey key) => _wanted(key);

    internal void Offer(ActivationProgress progress)
    {
        lock (_gate)
            _unread[progress.ActivationId] = progress;
        _signal.Writer.TryWrite(true);
    }
}
