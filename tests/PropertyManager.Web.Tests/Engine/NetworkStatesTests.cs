using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

public sealed class NetworkStatesTests
{
    [Fact]
    public async Task What_came_last_is_not_told_by_the_clock()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Version(1));
        world.Real.SetWallClock(-TimeSpan.FromDays(1));
        await node.CompleteAsync(Version(2));
        world.Real.SetWallClock(-TimeSpan.FromDays(1));
        var last = await node.CompleteAsync(Version(3));

        await using var db = world.CreateDbContext();
        var state = (await NetworkStates.ReadAsync(db, EngineWorld.Shop, rulesOf: null, CancellationToken.None))[Network.Staging];

        Assert.Equal((last.Id, last.Id, 2), (state.Active?.Id, state.Last?.Id, state.BeforeActive));
    }

    [Fact]
    public async Task What_failed_last_is_not_told_by_the_clock_either()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var active = await node.CompleteAsync(Version(1));
        world.Real.SetWallClock(-TimeSpan.FromDays(1));
        var failed = await node.CompleteAsync(Version(2) with { Faults = [new Fault(FaultKind.CorruptedTransfer, 1, TimeSpan.Zero)] });

        await using var db = world.CreateDbContext();
        var state = (await NetworkStates.ReadAsync(db, EngineWorld.Shop, rulesOf: null, CancellationToken.None))[Network.Staging];

        Assert.NotEqual(ActivationState.Active, failed.Status.State);
        Assert.Equal((active.Id, failed.Id), (state.Active?.Id, state.Last?.Id));
    }

    [Fact]
    public async Task What_was_there_before_is_another_version_that_was_active_on_the_same_network()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Version(1));
        await node.CompleteAsync(Version(2));
        await node.CompleteAsync(Version(2) with { Type = ActivationType.Deactivate });
        var active = await node.CompleteAsync(Version(2));
        var failed = await node.CompleteAsync(Version(3) with { Faults = [new Fault(FaultKind.CorruptedTransfer, 1, TimeSpan.Zero)] });
        await node.CompleteAsync(Version(3) with { Network = Network.Production });
        await node.CompleteAsync(Version(1) with { Network = Network.Production });

        await using var db = world.CreateDbContext();
        var states = await NetworkStates.ReadAsync(db, EngineWorld.Shop, rulesOf: null, CancellationToken.None);

        var staging = states[Network.Staging];
        Assert.Equal((active.Id, failed.Id, 1), (staging.Active?.Id, staging.Last?.Id, staging.BeforeActive));
        Assert.Equal(3, states[Network.Production].BeforeActive);
    }

    private static ActivationOrder Version(int number) => new(EngineWorld.Shop, number, Network.Staging, Acknowledged: true);
}
