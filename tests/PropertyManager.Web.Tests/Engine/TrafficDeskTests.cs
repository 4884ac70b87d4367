using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Edge;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>Traffic can be changed, and nothing that was observed changes with it.</summary>
public sealed class TrafficDeskTests
{
    private static readonly ActivationOrder Production = new(EngineWorld.Shop, 1, Network.Production, Acknowledged: true);
    private static readonly TimeSpan At = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_over_is_looked_back_at_as_it_was(bool isFromBefore)
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production);
        var id = (await node.CompleteAsync(Production with { Version = 2 })).Id;
        if (isFromBefore)
            await ForgetTrafficAsync(world, id);
        var before = await RecallAsync(world, id);
        Assert.True(before.Baseline.Hits > 0);

        var traffic = await world.TrafficAsync(EngineWorld.Shop);
        var refusal = await new TrafficDesk(world).SaveAsync(
            EngineWorld.Shop,
            traffic with
            {
                HitsPerSecond = 10,
            },
            EngineWorld.Publisher,
            CancellationToken.None
        );

        Assert.Null(refusal);
        Assert.Equal(10, (await world.TrafficAsync(EngineWorld.Shop)).HitsPerSecond);
        var after = await RecallAsync(world, id);
        Assert.Equal((before.Baseline, before.Updated, before.HitsOnPrevious), (after.Baseline, after.Updated, after.HitsOnPrevious));
        var next = await node.CompleteAsync(Production with { Version = 3 });
        Assert.True((await RecallAsync(world, next.Id)).Baseline.Hits < before.Baseline.Hits / 100);
    }

    [Fact]
    public async Task Of_two_changes_at_once_neither_gives_an_old_plan_the_others_traffic()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        var id = (await world.StartNode().CompleteAsync(Production)).Id;
        await ForgetTrafficAsync(world, id);
        var traffic = await world.TrafficAsync(EngineWorld.Shop);
        meanwhile.BeforeTransaction(() => SaveAsync(1));

        await SaveAsync(2);

        Assert.Equal(traffic.HitsPerSecond, (await world.ReadAsync(id)).Plan.Traffic!.HitsPerSecond);
        Assert.Equal(2, (await world.TrafficAsync(EngineWorld.Shop)).HitsPerSecond);

        async Task SaveAsync(int hits) =>
            Assert.Null(
                await new TrafficDesk(world).SaveAsync(
                    EngineWorld.Shop,
                    traffic with
                    {
                        HitsPerSecond = hits,
                    },
                    EngineWorld.Publisher,
                    CancellationToken.None
                )
            );
    }

    [Fact]
    public async Task Only_who_may_demonstrate_and_sees_the_property_changes_it()
    {
        await using var world = new EngineWorld();
        var traffic = await world.TrafficAsync(EngineWorld.Shop);
        var desk = new TrafficDesk(world);

        Assert.Equal("not-permitted", (await desk.SaveAsync(EngineWorld.Shop, traffic, EngineWorld.Editor, CancellationToken.None))?.Code);
        Assert.Equal("not-found", (await desk.SaveAsync(99, traffic, EngineWorld.Publisher, CancellationToken.None))?.Code);
    }

    private static async Task ForgetTrafficAsync(EngineWorld world, long id)
    {
        await using var db = world.CreateDbContext();
        var plan = await db.Activations.Where(a => a.Id == id).Select(a => a.Plan).SingleAsync() with { Traffic = null };
        await db.Activations.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Plan, plan));
    }

    private static async Task<RolloutObservation> RecallAsync(EngineWorld world, long id)
    {
        Activation activation = await world.ReadAsync(id);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new SimulatedEdgeNetwork(1, key).Recall(activation.OrderFor(await world.TrafficAsync(EngineWorld.Shop)), At);
    }
}
