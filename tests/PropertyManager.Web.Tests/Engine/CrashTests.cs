using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Edge;
using PropertyManager.Tests;
using PropertyManager.Web.Engine;
using Xunit.Abstractions;
using static PropertyManager.Domain.Activations.ActivationState;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>The real process, killed without warning in the middle of rollouts.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private static readonly ActivationOrder Order = new(EngineWorld.Shop, 1, Network.Production, Acknowledged: true);

    [Fact]
    public async Task Killed_in_every_phase_each_activation_ends_once_as_if_nothing_had_happened()
    {
        // Time passes while a process starts: slowly enough that no phase is over by then, however busy the machine is.
        await using var app = new AppProcess(("Simulation:Speed", "5")) { Environment = "Production" };
        await using var world = new EngineWorld(app.DataDirectory);
        var (before, kept, taken) = await PrepareAsync(world);
        var expected = Courses.Accepted(kept.Network, kept.Plan);
        Courses.RunQuickly(new SimulatedEdgeNetwork(1), expected, await TrafficAsync(world));

        // One goes all the way, with the process killed in each phase.
        foreach (var phase in new[] { Pending, Canary, Live, World })
        {
            app.Launch();
            var epoch = kept.Epoch;
            kept = await WaitAsync(app, world, kept, activation => activation.Epoch > epoch && activation.Status.State >= phase);
            if (phase == World)
                taken = await WaitAsync(app, world, taken, activation => activation.Status.Releases.Count > 0);
            await app.KillAsync();
            kept = await SurvivedAsync(world, kept);
            Assert.True(kept.Status.IsOpen, $"It was to be killed in {phase} and is {kept.Status.State}.");
        }

        // The other is cancelled, with the process killed on the way back.
        taken = await SurvivedAsync(world, taken);
        await world.TakeUpTimeAsync();
        await world.StartNode().Desk.CancelAsync(taken.Id, EngineWorld.Publisher, CancellationToken.None);
        app.Launch();
        taken = await WaitAsync(app, world, taken, activation => activation.Status.RollbackReleases.Count > 0);
        await app.KillAsync();
        taken = await SurvivedAsync(world, taken);

        app.Set("Simulation:Speed", "1000");
        app.Launch();
        taken = await WaitAsync(app, world, taken, activation => !activation.Status.IsOpen);
        kept = await WaitAsync(app, world, kept, activation => !activation.Status.IsOpen);
        await app.KillAsync();

        Assert.Equal(Course(expected), Course(kept).Skip(1), StringComparer.Ordinal);
        Assert.Equal((Active, kept.Plan.Steps.Count), (kept.Status.State, kept.Status.Releases.Count));
        Assert.Equal((Aborted, taken.Status.Releases.Count), (taken.Status.State, taken.Status.RollbackReleases.Count));
        Assert.Single(taken.History, row => row.State == Aborted);
        var (replaced, restored) = (await world.ReadAsync(before[0]), await world.ReadAsync(before[1]));
        Assert.Equal((Inactive, Active), (replaced.Status.State, restored.Status.State));
        Assert.Single(replaced.History, row => row.State == Inactive);
        Assert.Equal(4, (await world.ReadAllAsync()).Count);
    }

    /// <summary>Version 1 is active on both properties, version 2 is asked for on both, and nothing carries it yet.</summary>
    private static async Task<(long[] Before, Activation Kept, Activation Taken)> PrepareAsync(EngineWorld world)
    {
        var node = world.StartNode();
        var shop = await node.CompleteAsync(Order);
        var blog = await node.CompleteAsync(Order with { PropertyId = EngineWorld.Blog });
        var kept = await node.Desk.SubmitAsync(Order with { Version = 2 }, EngineWorld.Publisher, CancellationToken.None);
        var taken = await node.Desk.SubmitAsync(
            Order with
            {
                PropertyId = EngineWorld.Blog,
                Version = 2,
            },
            EngineWorld.Publisher,
            CancellationToken.None
        );
        await node.Ledger.SaveClockAsync(world.Simulated.GetUtcNow(), CancellationToken.None);
        return ([shop.Id, blog.Id], kept.Activation!, taken.Activation!);
    }

    /// <summary>Looks at the database until the activation stands as it is wanted; it never goes back.</summary>
    private static async Task<Activation> WaitAsync(AppProcess app, EngineWorld world, Activation activation, Func<Activation, bool> wanted)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Look);
        while (!wanted(activation))
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(began) < Patience,
                $"It stands at {activation.Status}, epoch {activation.Epoch}.\n{app.Output}\n{app.Errors}"
            );
            await timer.WaitForNextTickAsync();
            activation = await SurvivedAsync(world, activation);
        }
        return activation;
    }

    private static async Task<Activation> SurvivedAsync(EngineWorld world, Activation before)
    {
        var now = await world.ReadAsync(before.Id);
        Assert.Equal(before.Status.Releases, now.Status.Releases.Take(before.Status.Releases.Count));
        Assert.Equal(before.Status.RollbackReleases, now.Status.RollbackReleases.Take(before.Status.RollbackReleases.Count));
        Assert.Equal(now.History.Select(row => row.Elapsed).Order(), now.History.Select(row => row.Elapsed));
        return now;
    }

    private static async Task<TrafficProfile> TrafficAsync(EngineWorld world)
    {
        await using var db = world.CreateDbContext();
        return (await db.Properties.FindAsync(EngineWorld.Shop))!.Traffic;
    }

    private IEnumerable<string> Course(Activation activation)
    {
        foreach (var row in activation.History)
        {
            output.WriteLine($"{row.Elapsed} {row.State}: {row.Reason}");
            yield return $"{row.Elapsed} {row.State}: {row.Reason}";
        }
    }
}
