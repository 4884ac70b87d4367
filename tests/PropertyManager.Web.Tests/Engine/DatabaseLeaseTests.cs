using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Hosting;
using static PropertyManager.Domain.Activations.ActivationState;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>One process at a time works on a database.</summary>
public sealed class DatabaseLeaseTests
{
    private static readonly ActivationOrder Production = new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true);
    private static readonly LeaseStart Patient = new("process 2 on b", "lock of b", TimeSpan.FromSeconds(15));

    [Fact]
    public async Task An_engine_that_has_lost_the_lease_writes_nothing_and_ends_its_rollouts()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, Canary);
        await node.Loop.SaveClockAsync(CancellationToken.None);
        var clock = await node.Ledger.ReadClockAsync(CancellationToken.None);
        using var other = new DatabaseLease(world, world.Real);
        await Patient.TakeAsync(other, "shop.db", world.Real, TextWriter.Null);
        var before = await world.ReadAsync(activation.Id);

        await node.TickAsync(200);
        await node.Loop.SaveClockAsync(CancellationToken.None);
        var again = node.Carry(activation.Id);
        await node.TickAsync();

        var after = await world.ReadAsync(activation.Id);
        Assert.Equal((before.Epoch, before.Status.DecidedAfter, before.History.Count), (after.Epoch, after.Status.DecidedAfter, after.History.Count));
        Assert.Equal(clock, await node.Ledger.ReadClockAsync(CancellationToken.None));
        Assert.True(node.Lease.Lost.IsCancellationRequested);
        Assert.False(other.Lost.IsCancellationRequested);
        Assert.True(again.IsCompleted);
    }

    [Fact]
    public async Task A_holder_that_renews_is_waited_for_and_named()
    {
        await using var world = new EngineWorld();
        using var holder = new DatabaseLease(world, world.Real);
        await new LeaseStart("process 1 on a", "lock of a", TimeSpan.Zero).TakeAsync(holder, "shop.db", world.Real, TextWriter.Null);
        using var waiting = new DatabaseLease(world, world.Real);
        var told = new StringWriter();
        // The holder's time passes as the one's who waits.
        var time = new HastyTime(() => world.Real.Advance(TimeSpan.FromMilliseconds(250)));

        var problem = await Assert.ThrowsAsync<StartupProblem>(() => Patient.TakeAsync(waiting, "shop.db", time, told));

        Assert.Equal(Patient.Patience, time.Passed);
        Assert.Contains("shop.db is in use by process 1 on a", problem.Message, StringComparison.Ordinal);
        Assert.StartsWith("Waiting up to 15 s: ", Assert.Single(told.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.False(holder.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_holder_that_is_silent_is_followed_after_ten_seconds_whatever_its_clock_says()
    {
        await using var world = new EngineWorld();
        using var holder = new DatabaseLease(world, world.Real);
        await new LeaseStart("process 1 on a", "lock of a", TimeSpan.Zero).TakeAsync(holder, "shop.db", world.Real, TextWriter.Null);
        using var next = new DatabaseLease(world, world.Real);
        var time = new HastyTime();

        await Patient.TakeAsync(next, "shop.db", time, TextWriter.Null);

        Assert.Equal(DatabaseLease.Silence, time.Passed);
        // It comes back: its next renewal tells it.
        world.Real.Advance(DatabaseLease.Renewal);
        Assert.True(holder.Lost.IsCancellationRequested);
        Assert.Equal("process 2 on b", (await next.ReadAsync(CancellationToken.None)).Holder);
    }

    [Theory]
    [InlineData("lock of a", false)]
    [InlineData("lock of b", true)]
    public async Task Whoever_was_killed_under_the_same_lock_or_has_released_the_lease_is_followed_at_once(string lockId, bool releases)
    {
        await using var world = new EngineWorld();
        using var holder = new DatabaseLease(world, world.Real);
        await new LeaseStart("process 1 on a", "lock of a", TimeSpan.Zero).TakeAsync(holder, "shop.db", world.Real, TextWriter.Null);
        if (releases)
            holder.Release();
        using var next = new DatabaseLease(world, world.Real);
        var time = new HastyTime();

        await (Patient with { LockId = lockId }).TakeAsync(next, "shop.db", time, TextWriter.Null);

        Assert.Equal(TimeSpan.Zero, time.Passed);
    }

    [Fact]
    public async Task Of_two_that_take_it_at_once_one_does()
    {
        await using var world = new EngineWorld();
        using var one = new DatabaseLease(world, world.Real);
        using var other = new DatabaseLease(world, world.Real);
        var seen = await one.ReadAsync(CancellationToken.None);

        var taken = await Task.WhenAll(
            Task.Run(() => one.TryTakeAsync(seen, "one", "1", CancellationToken.None)),
            Task.Run(() => other.TryTakeAsync(seen, "other", "2", CancellationToken.None))
        );

        Assert.Single(taken, isTaken => isTaken);
    }
}
