using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

public sealed class VersionHeadsTests : IAsyncDisposable
{
    private readonly EngineWorld _world = new();
    private readonly VersionHeads _heads;

    public VersionHeadsTests() => _heads = new(_world, _world.Real);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task What_is_saved_through_the_desk_counts_at_once()
    {
        var desk = new VersionDesk(_world, _heads, TimeProvider.System);
        Assert.Equal(1, await RevisionAsync());
        var content = new PropertyVersionDocument(new RuleTree(new Rule("default")), [], "", "v2025-10-16");

        await desk.SaveAsync(EngineWorld.Shop, 2, 1, content, EngineWorld.Editor, default);

        Assert.Equal(2, await RevisionAsync());
    }

    [Fact]
    public async Task What_another_process_saves_counts_after_a_moment()
    {
        Assert.Equal(1, await RevisionAsync());
        await using var db = _world.CreateDbContext();
        await db
            .Versions.Where(v => v.PropertyId == EngineWorld.Shop && v.Number == 2)
            .ExecuteUpdateAsync(set => set.SetProperty(v => v.Revision, 5));

        _world.Real.Advance(VersionHeads.Fresh - TimeSpan.FromTicks(1));
        Assert.Equal(1, await RevisionAsync());
        _world.Real.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(5, await RevisionAsync());
    }

    [Fact]
    public async Task Who_may_see_it_is_asked_each_time()
    {
        var viewer = new Access("vic@shop.example", new Dictionary<long, Role> { [1] = Role.Viewer }, IsSupport: false, MayDemonstrate: false);
        Assert.NotNull(await _heads.FindAsync(EngineWorld.Shop, 2, viewer, default));

        Assert.Null(await _heads.FindAsync(EngineWorld.Shop, 2, Access.None, default));
        Assert.Null(await _heads.FindAsync(EngineWorld.Shop, 9, viewer, default));
    }

    [Fact]
    public async Task A_property_that_is_deleted_is_gone_at_once()
    {
        Assert.Equal(1, await RevisionAsync());

        using var senders = new Senders(_world);
        Assert.Null(await senders.Desk(_heads).DeleteAsync(EngineWorld.Shop, EngineWorld.Publisher, default));

        Assert.Null(await RevisionAsync());
    }

    private async Task<int?> RevisionAsync() => (await _heads.FindAsync(EngineWorld.Shop, 2, EngineWorld.Editor, default))?.Revision;
}
