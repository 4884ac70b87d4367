using System.Diagnostics;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Benchmarks;

/// <summary>
/// From the engine's publication to the reader's hands, in real time at the engine's own rate: 500 people who watch one activation, and 500 who watch one each.
/// They read as pages do.
/// </summary>
internal static class FeedBenchmark
{
    private const int Watchers = 500;
    private const int Updates = 40;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        Console.WriteLine($"{Watchers} subscribers, {Updates} updates at {1 / RolloutLoop.Tick.TotalSeconds:0} a second\n");
        return [.. await MeasureAsync("on one activation", activations: 1), .. await MeasureAsync("on one each", activations: Watchers)];
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(string name, int activations)
    {
        var feed = new ActivationFeed();
        for (var id = 1; id <= activations; id++)
            feed.Publish(At(id, 0));
        var published = new long[Updates + 1];
        var waits = new List<double>[Watchers];
        using var over = new CancellationTokenSource();
        var readers = Enumerable.Range(0, Watchers).Select(watcher => ReadAsync(watcher, 1 + (watcher % activations))).ToList();
        await Task.Delay(WarmUp);

        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var publishing = TimeSpan.Zero;
        using (var timer = new PeriodicTimer(RolloutLoop.Tick))
        {
            for (var update = 1; update <= Updates && await timer.WaitForNextTickAsync(); update++)
            {
                var began = published[update] = Stopwatch.GetTimestamp();
                for (var id = 1; id <= activations; id++)
                    feed.Publish(At(id, update));
                publishing += Stopwatch.GetElapsedTime(began);
            }
        }
        await Task.Delay(WarmUp);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        await over.CancelAsync();
        await Task.WhenAll(readers);

        var waited = new Distribution(waits.SelectMany(each => each));
        var read = waits.Sum(each => each.Count);
        return
        [
            new($"{name}: publish to read, P50", waited.P50, "ms"),
            new($"{name}: publish to read, P99", waited.P99, "ms", Most: 50),
            new($"{name}: read, of all that were published", 100.0 * read / (Watchers * Updates), "%", Least: 99),
            new($"{name}: publishing, of one core", 100 * publishing / (Updates * RolloutLoop.Tick), "%", Most: 1),
            new($"{name}: allocated for each update and reader", (double)allocated / (Watchers * Updates), "B", Most: 2048),
        ];

        async Task ReadAsync(int watcher, long activation)
        {
            var mine = waits[watcher] = new(Updates);
            using var subscription = feed.Subscribe(progress => progress.ActivationId == activation);
            try
            {
                await foreach (var batch in subscription.ReadAllAsync(LiveActivations.Pace, TimeProvider.System, over.Token))
                    mine.AddRange(batch.Select(progress => Stopwatch.GetElapsedTime(published[progress.Progress.Installed]).TotalMilliseconds));
            }
            catch (OperationCanceledException)
            {
                // It has read all.
            }
        }
    }

    /// <summary>What is published as update number <paramref name="update"/>: that many servers are installed.</summary>
    private static ActivationProgress At(long id, int update) =>
        new(
            id,
            AccountId: 1,
            PropertyId: id,
            Network.Production,
            ActivationType.Activate,
            Version: 2,
            ActivationStatus.Initial,
            new RolloutProgress(TimeSpan.Zero, [], update, 350_000, 0, 0, 0, 0, null, TimeSpan.Zero),
            [],
            DateTimeOffset.UnixEpoch
        );
}
