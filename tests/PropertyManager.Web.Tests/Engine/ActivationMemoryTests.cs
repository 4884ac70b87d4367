using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>What programs ask for again and again is held, and never older than what was written here.</summary>
public sealed class ActivationMemoryTests
{
    private static readonly ActivationOrder Order = new(EngineWorld.Shop, 1, Network.Production, Acknowledged: true);

    [Fact]
    public async Task What_was_read_is_held_for_a_second_or_until_something_is_written_about_the_property()
    {
        await using var world = new EngineWorld();
        var memory = new ActivationMemory(world, world.Real);
        var id = (await world.StartNode().ActivateAsync(Order)).Id;
        await FindAsync(memory, id);

        await NoteAsync(world, id, "first");
        Assert.Equal("", await FindAsync(memory, id));
        memory.Forget(EngineWorld.Blog);
        Assert.Equal("", await FindAsync(memory, id));
        memory.Forget(EngineWorld.Shop);
        Assert.Equal("first", await FindAsync(memory, id));

        await NoteAsync(world, id, "second");
        world.Real.Advance(ActivationMemory.Fresh);
        Assert.Equal("second", await FindAsync(memory, id));
    }

    [Fact]
    public async Task What_is_written_while_it_is_read_is_not_missed()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        var memory = new ActivationMemory(world, world.Real);
        var id = (await world.StartNode().ActivateAsync(Order)).Id;
        // The activation has been read by then, and its property has not.
        meanwhile.BeforeQuery(
            "Properties",
            async () =>
            {
                await NoteAsync(world, id, "written meanwhile");
                memory.Forget(EngineWorld.Shop);
            }
        );
        await FindAsync(memory, id);

        Assert.Equal("written meanwhile", await FindAsync(memory, id));
    }

    [Fact]
    public async Task The_list_leaves_out_what_somebody_cancelled_and_not_what_the_system_had_cancelled_before_they_wished_it()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var memory = new ActivationMemory(world, world.Real);
        var harmed = await node.CompleteAsync(Order with { Faults = [new Fault(FaultKind.Crash, 1, TimeSpan.Zero)] });
        Assert.Equal(ActivationState.Aborted, harmed.Status.State);

        await WishAsync(harmed.Status.CancelledAfter!.Value + TimeSpan.FromSeconds(1));
        Assert.Single(await memory.ListAsync(EngineWorld.Shop, CancellationToken.None));
        await WishAsync(harmed.Status.CancelledAfter!.Value);
        Assert.Empty(await memory.ListAsync(EngineWorld.Shop, CancellationToken.None));

        async Task WishAsync(TimeSpan after)
        {
            await using var db = world.CreateDbContext();
            await db
                .Activations.Where(a => a.Id == harmed.Id)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(a => a.Intent.CancelRequestedAt, world.Real.GetUtcNow()).SetProperty(a => a.Intent.CancelRequestedAfter, after)
                );
        }
    }

    private static async Task<string?> FindAsync(ActivationMemory memory, long id) =>
        (await memory.FindAsync(id, CancellationToken.None))!.Activation.Intent.Note;

    private static async Task NoteAsync(EngineWorld world, long id, string note)
    {
        await using var db = world.CreateDbContext();
        await db.Activations.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Intent.Note, note));
    }
}
