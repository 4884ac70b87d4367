using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
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

    private static async Task<string?> FindAsync(ActivationMemory memory, long id) =>
        (await memory.FindAsync(id, CancellationToken.None))!.Activation.Intent.Note;

    private static async Task NoteAsync(EngineWorld world, long id, string note)
    {
        await using var db = world.CreateDbContext();
        await db.Activations.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Intent.Note, note));
    }
}
