using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
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
        await node.CompleteAsync(Version(2));
        world.Real.SetWallClock(-TimeSpan.FromDays(1));
        var last = await node.CompleteAsync(Version(3));

        await using var db = world.CreateDbContext();
        var state = (await NetworkStates.ReadAsync(db, EngineWorld.Shop, rulesOf: null, CancellationToken.None))[Network.Staging];

        Assert.Equal((last.Id, last.Id, 2), (state.Active?.Id, state.Last?.Id, state.BeforeActive));

        static ActivationOrder Version(int number) => new(EngineWorld.Shop, number, Network.Staging);
    }
}
