using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Edge;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Benchmarks;

/// <summary>1,000 production activations at once, in every phase, over the fleet of 350,000 servers, in real time on SQLite.</summary>
internal static class FleetBenchmark
{
    private static readonly TimeSpan Spread = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private const int WarmUpActivations = 50;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Course = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var directory = Directory.CreateTempSubdirectory("fleet-benchmark-").FullName;
        try
        {
            await EngineHost.WriteAsync(directory, Spread);
            var everything = await RunAsync(directory);
            var state = await WeighAsync(directory);
            return
            [
                new("the engine's own work, nobody watches, of one core", 100 * await OwnWorkAsync(directory, watched: false), "%", Most: 2),
                new("the engine's own work, all are watched, of one core", 100 * await OwnWorkAsync(directory, watched: true), "%"),
                new("everything, checkpoints to SQLite included, of one core", 100 * everything, "%", Most: 15),
                .. state,
            ];
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>The engine as it runs in the application; how much of one core the process takes.</summary>
    private static async Task<double> RunAsync(string directory)
    {
        using var host = await EngineHost.BuildAsync(directory);
        var feed = host.Services.GetRequiredService<ActivationFeed>();
        await host.StartAsync();
        while (feed.Count < EngineHost.Activations * 9 / 10)
            await Task.Delay(RolloutLoop.Tick);
        await Task.Delay(WarmUp);
        var (began, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        Console.WriteLine($"{feed.Count} activations run at the beginning of {Window.TotalSeconds:0} s of real time,");
        await Task.Delay(Window);
        var used = (Environment.CpuUsage.TotalTime - before) / Stopwatch.GetElapsedTime(began);
        Console.WriteLine($"{feed.Count} at their end\n");
        await host.StopAsync();
        return used;
    }

    /// <summary>
    /// The same activations from where they stand, decided and shown as the loop does it but not saved, and without waiting; how much of one core
    /// that would take in real time.
    /// </summary>
    private static async Task<double> OwnWorkAsync(string directory, bool watched)
    {
        using var host = await EngineHost.BuildAsync(directory);
        var (rollouts, now) = await ClaimAsync(host);
        var feed = new ActivationFeed();
        using var page = watched ? feed.Subscribe(_ => true) : null;
        var began = Stopwatch.GetTimestamp();
        for (var until = now + Course; now < until; now += RolloutLoop.Tick)
        {
            foreach (var rollout in rollouts)
            {
                var elapsed = now - rollout.Activation.StartedAt;
                while (rollout.Due(elapsed) is { } transition)
                {
                    rollout.Activation.Status = transition.Next;
                    rollout.Saved(transition, now);
                }
                if (feed.IsWatched(rollout.Activation.Id))
                    feed.Publish(rollout.Look(elapsed, now, trouble: null));
                else
                    feed.Publish(rollout.Key, rollout.Kept(now, trouble: null));
            }
        }
        return Stopwatch.GetElapsedTime(began) / Course * EngineHost.Activations / rollouts.Count;
    }

    /// <summary>
    /// Bytes on the heap for each activation that the loop carries: what engine and network keep to carry it; what the database says of it and of
    /// its property, without the plan; and the plan.
    /// </summary>
    private static async Task<IReadOnlyList<Figure>> WeighAsync(string directory)
    {
        using var host = await EngineHost.BuildAsync(directory);
        var ids = await OpenAsync(host);
        var loop = host.Services.GetRequiredService<RolloutLoop>();
        using var over = new CancellationTokenSource();
        // What is made once and not for each is made for these.
        List<Task> carried = new(ids.Count);
        carried.AddRange(ids.Take(WarmUpActivations).Select(Carry));
        await loop.TickAsync(over.Token);
        var weighed = ids.Skip(WarmUpActivations).ToList();
        // So are the queries: each number of activations has one of its own.
        foreach (var chunk in weighed.Chunk(RolloutLoop.ClaimedAtOnce))
            await host.Services.GetRequiredService<ActivationLedger>().ClaimAsync(chunk, CancellationToken.None);
        await RowsAsync(host, weighed);

        var before = await HeapAsync();
        carried.AddRange(weighed.Select(Carry));
        await loop.TickAsync(over.Token);
        await loop.TickAsync(over.Token);
        var state = await HeapAsync() - before;

        // Of its property the engine holds no more than this.
        List<object> held = new(3 * weighed.Count);
        before = await HeapAsync();
        held.AddRange((await RowsAsync(host, weighed)).SelectMany(row => new object[] { row.Activation, row.Property.Name, row.Property.Traffic }));
        var row = await HeapAsync() - before;
        GC.KeepAlive(held);
        var rows = await RowsAsync(host, weighed);
        var edge = new SimulatedEdgeNetwork(1);
        _ = edge.Places(Network.Production);
        before = await HeapAsync();
        foreach (var (activation, property) in rows)
            edge.Carry(activation.OrderFor(property.Traffic));
        var course = await HeapAsync() - before;
        foreach (var (activation, _) in rows)
            edge.Forget(activation.Id);

        var feed = new ActivationFeed();
        var package = new RolloutPackage("", default, default, default);
        before = await HeapAsync();
        List<Rollout> rollouts = [.. rows.Select(row => new Rollout(new ClaimedRollout(row.Activation, row.Property, package), edge))];
        foreach (var rollout in rollouts)
            feed.Publish(rollout.Key, rollout.Kept(default, trouble: null));
        var rolled = await HeapAsync() - before;
        GC.KeepAlive(rollouts);
        GC.KeepAlive(feed);
        GC.KeepAlive(edge);
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        before = await HeapAsync();
        var plans = await db.Activations.Where(activation => weighed.Contains(activation.Id)).Select(activation => activation.Plan).ToListAsync();
        var plan = await HeapAsync() - before;
        GC.KeepAlive(plans);

        await over.CancelAsync();
        await loop.TickAsync(CancellationToken.None);
        await Task.WhenAll(carried).ContinueWith(_ => { }, TaskScheduler.Default);
        return
        [
            new("state of a rollout, with the task that waits for its end", (double)(state - row) / weighed.Count, "B", Most: 1000),
            new("of that, the rollout and its place in the feed", (double)rolled / weighed.Count, "B"),
            new("of that, its course in the simulated network", (double)course / weighed.Count, "B"),
            new("what the database says of it, without the plan", (double)(row - plan) / weighed.Count, "B"),
            new("its plan", (double)plan / weighed.Count, "B"),
        ];

        Task Carry(long id) => loop.CarryThroughAsync(id, over.Token);
    }

    /// <summary>Bytes in use.</summary>
    private static async Task<long> HeapAsync()
    {
        // What was awaited last may go on right here, and is held by its own stack until it has returned: on another thread, in its own time.
        await Task.Delay(Settling);
        // What has a finalizer goes only with the collection after it ran.
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static async Task<(IReadOnlyList<Rollout> Rollouts, DateTimeOffset Now)> ClaimAsync(IHost host)
    {
        var ledger = host.Services.GetRequiredService<ActivationLedger>();
        var edge = host.Services.GetRequiredService<IEdgeNetwork>();
        var claims = await ledger.ClaimAsync(await OpenAsync(host), CancellationToken.None);
        var now = host.Services.GetRequiredKeyedService<TimeProvider>(Simulated.Time).GetUtcNow();
        return ([.. claims.Select(claim => new Rollout(claim, edge))], now);
    }

    /// <summary>What the database says of activations and their properties. Packages are handed on to the servers, and not kept.</summary>
    private static async Task<List<(Activation Activation, Property Property)>> RowsAsync(IHost host, List<long> ids)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var activations = await db.Activations.AsNoTracking().Where(activation => ids.Contains(activation.Id)).ToListAsync();
        var properties = await db.Properties.AsNoTracking().ToDictionaryAsync(property => property.Id);
        return [.. activations.Select(activation => (activation, properties[activation.PropertyId]))];
    }

    private static async Task<List<long>> OpenAsync(IHost host)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await db.Activations.Where(activation => activation.Status.IsOpen).Select(activation => activation.Id).ToListAsync();
    }
}
