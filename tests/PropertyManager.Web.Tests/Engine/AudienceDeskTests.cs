using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

public sealed class AudienceDeskTests : IAsyncDisposable
{
    private static readonly AudienceRequest Front = new(3, "/");
    private static readonly AudienceRequest Search = new(1, "/search?q=boots") { Country = "DE", OriginStatus = 404 };

    private readonly EngineWorld _world = new();
    private readonly AudienceDesk _desk;

    public AudienceDeskTests() => _desk = new(_world);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task What_is_saved_is_stored_and_can_be_saved_upon()
    {
        var first = await SaveAsync([], [Front, Search]);
        var second = await SaveAsync(first.Saved!, [Search]);
        var third = await SaveAsync(second.Saved!, []);

        Assert.Equal([Front, Search], first.Saved!);
        Assert.Equal([Search], second.Saved!);
        Assert.Equal((true, null, null), (third.Saved is [], third.Refusal, third.Meanwhile));
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task Of_two_who_change_the_same_the_second_is_shown_what_the_first_made_and_overwrites_nothing()
    {
        await SaveAsync([], [Front]);

        var mine = await SaveAsync([], [Search]);

        Assert.Equal((null, null), (mine.Saved, mine.Refusal));
        Assert.Equal([Front], mine.Meanwhile!);
        Assert.Equal([Front], await StoredAsync());
    }

    [Fact]
    public async Task Of_twenty_saves_upon_the_same_one_counts()
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Task.Run(() => SaveAsync([], [new(i, "/")]))));

        var winner = Assert.Single(answers, answer => answer.Saved is not null);
        Assert.Equal(19, answers.Count(answer => answer.Meanwhile is not null));
        Assert.Equal(winner.Saved!, await StoredAsync());
    }

    [Fact]
    public async Task Who_may_not_edit_changes_nothing()
    {
        var viewer = EngineWorld.Editor with { Roles = new Dictionary<long, Role> { [1] = Role.Viewer } };
        var support = Access.None with { IsSupport = true };

        Assert.Equal("not-permitted", (await SaveAsync([], [Front], viewer)).Refusal?.Code);
        Assert.Equal("not-permitted", (await SaveAsync([], [Front], support)).Refusal?.Code);
        Assert.Equal("not-found", (await SaveAsync([], [Front], Access.None)).Refusal?.Code);
        Assert.Equal("not-found", (await _desk.SaveAsync(99, [], [Front], EngineWorld.Editor, default)).Refusal?.Code);
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task What_nobody_can_ask_is_refused_with_its_place()
    {
        var wrong = await SaveAsync([], [Front, Search with { OriginStatus = 42 }]);
        var foreign = await SaveAsync([], [Front with { Host = "www.other.example" }]);
        var endless = await SaveAsync([], [.. Enumerable.Repeat(Front, AudienceRequest.MaxCount + 1)]);

        Assert.Equal("request-not-valid", wrong.Refusal?.Code);
        Assert.StartsWith("Request 2, origin status: ", wrong.Refusal?.Message, StringComparison.Ordinal);
        Assert.Equal("request-not-valid", foreign.Refusal?.Code);
        Assert.Equal("too-many-requests", endless.Refusal?.Code);
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task Any_hostname_of_any_version_can_be_asked()
    {
        await using var db = _world.CreateDbContext();
        var hostname = db.Hostnames.Where(h => h.PropertyId == EngineWorld.Shop).OrderBy(h => h.Version).First().CnameFrom;

        Assert.NotNull((await SaveAsync([], [Front with { Host = hostname }])).Saved);
    }

    private Task<AudienceAnswer> SaveAsync(IReadOnlyList<AudienceRequest> before, IReadOnlyList<AudienceRequest> audience, Access? by = null) =>
        _desk.SaveAsync(EngineWorld.Shop, before, audience, by ?? EngineWorld.Editor, default);

    private async Task<IReadOnlyList<AudienceRequest>> StoredAsync()
    {
        await using var db = _world.CreateDbContext();
        return (await db.Properties.FindAsync(EngineWorld.Shop))!.Audience;
    }
}
