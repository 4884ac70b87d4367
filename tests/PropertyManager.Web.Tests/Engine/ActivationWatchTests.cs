using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>What a listener outside hears: how it stands, each turn, the end; and nothing that is not theirs.</summary>
public sealed class ActivationWatchTests
{
    private static readonly ActivationOrder Production = new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task An_activation_is_told_from_how_it_stands_to_its_end()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        var heard = await HearAsync(world, node, new(PublicId.Activation, activation.Id));

        Assert.Equal("PENDING", heard[0].Message.Status);
        var statuses = heard.Where(news => news.IsTransition).Select(news => news.Message.Status).ToList();
        Assert.Equal(["PENDING", "ZONE_1", "ZONE_2", "ZONE_3", "ACTIVE"], statuses, StringComparer.Ordinal);
        Assert.Equal(heard.Select(news => news.Message.ServersDone).Order(), heard.Select(news => news.Message.ServersDone));
        var last = heard[^1].Message;
        Assert.True(last.IsOver);
        Assert.Equal((100, last.Servers, "Active", "www.shop.example"), (last.Percent, last.ServersDone, last.Label, last.PropertyName));
        Assert.StartsWith("Version 2 on ", last.Reason, StringComparison.Ordinal);
        Assert.Equal(0, node.Feed.Watchers);
    }

    [Fact]
    public async Task Of_what_is_over_there_is_one_word()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.CompleteAsync(Production);

        var news = Assert.Single(await HearAsync(world, node, new(PublicId.Activation, activation.Id)));

        Assert.Equal(("ACTIVE", 100, true), (news.Message.Status, news.Message.Percent, news.Message.IsOver));
    }

    [Fact]
    public async Task A_property_is_told_of_what_begins_later_and_of_no_other_property()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        using var enough = new CancellationTokenSource(Patience);
        var (watch, _) = await Watches(world, node).OpenAsync(new(PublicId.Property, EngineWorld.Shop), Rights(EngineWorld.Publisher), enough.Token);
        await using var news = watch!.ReadAllAsync(enough.Token).GetAsyncEnumerator(CancellationToken.None);
        var first = news.MoveNextAsync();

        var other = await node.ActivateAsync(Production with { PropertyId = EngineWorld.Blog });
        var ours = await node.ActivateAsync(Production);
        await node.RunAsync(other.Id, _ => false, 5);

        Assert.True(await first);
        Assert.Equal(PublicId.Of(PublicId.Activation, ours.Id), news.Current.Message.ActivationId);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await news.MoveNextAsync())
                Assert.Equal("prp_1", news.Current.Message.PropertyId);
        });
    }

    [Theory]
    [InlineData(PublicId.Activation)]
    [InlineData(PublicId.Property)]
    [InlineData(PublicId.Account)]
    public async Task What_is_not_theirs_looks_like_what_there_is_not(string kind)
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.ActivateAsync(Production);

        foreach (var (id, access) in new[] { (1L, Access.None), (99L, EngineWorld.Publisher) })
        {
            var (watch, refusal) = await Watches(world, node).OpenAsync(new(kind, id), Rights(access), CancellationToken.None);
            Assert.Null(watch);
            Assert.Equal("not-found", refusal?.Code);
        }
    }

    [Fact]
    public async Task Whoever_loses_the_right_hears_nothing_more()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.ActivateAsync(Production);
        Access? access = EngineWorld.Publisher;
        var (watch, _) = await Watches(world, node).OpenAsync(new(PublicId.Account, 1), _ => new ValueTask<Access?>(access), CancellationToken.None);
        using var patience = new CancellationTokenSource(Patience);
        await using var news = watch!.ReadAllAsync(patience.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await news.MoveNextAsync());
        var next = news.MoveNextAsync();

        access = null;
        world.Real.Advance(ActivationWatch.RightsFresh);

        Assert.False(await next);
        Assert.Equal("not-permitted", watch.Lost?.Code);
        Assert.Equal(0, node.Feed.Watchers);
    }

    [Fact]
    public async Task A_right_that_could_not_be_read_for_once_is_looked_at_again()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.ActivateAsync(Production);
        var asked = 0;
        var (watch, _) = await Watches(world, node)
            .OpenAsync(
                new(PublicId.Account, 1),
                _ =>
                    Interlocked.Increment(ref asked) switch
                    {
                        1 => new ValueTask<Access?>(EngineWorld.Publisher),
                        // As SQL Server's says what may pass.
                        2 => throw new InvalidOperationException("Likely a transient failure.", new TimeoutException()),
                        _ => new ValueTask<Access?>((Access?)null),
                    },
                CancellationToken.None
            );
        using var patience = new CancellationTokenSource(Patience);
        await using var news = watch!.ReadAllAsync(patience.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await news.MoveNextAsync());
        var next = news.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            world.Real.Advance(ActivationWatch.RightsFresh);
            await Task.Yield();
        }

        Assert.False(await next);
        Assert.Equal(("not-permitted", 3), (watch.Lost?.Code, asked));
    }

    [Fact]
    public async Task What_goes_on_where_nothing_may_be_read_asks_for_no_rights()
    {
        await using var world = new EngineWorld();
        await using (var db = world.CreateDbContext())
        {
            db.Groups.Add(
                new PropertyGroup
                {
                    Id = 2,
                    AccountId = 1,
                    Name = "Blogs",
                    ContractId = "ctr_1",
                }
            );
            await db.SaveChangesAsync();
            await db.Properties.Where(p => p.Id == EngineWorld.Blog).ExecuteUpdateAsync(set => set.SetProperty(p => p.GroupId, 2L));
        }
        var everything = EngineWorld.Publisher with
        {
            Roles = new Dictionary<long, Role> { [1] = Role.Publisher, [2] = Role.Publisher },
        };
        var node = world.StartNode();
        var ours = await node.ActivateAsync(Production);
        var theirs = await node.Desk.SubmitAsync(Production with { PropertyId = EngineWorld.Blog }, everything, CancellationToken.None);
        await node.CarryAsync(theirs.Activation!.Id);
        var (asked, ticks) = (0, 0);
        using var patience = new CancellationTokenSource(Patience);
        var (watch, _) = await Watches(world, node)
            .OpenAsync(
                new(PublicId.Account, 1),
                _ =>
                {
                    Interlocked.Increment(ref asked);
                    return ValueTask.FromResult<Access?>(EngineWorld.Publisher);
                },
                patience.Token
            );
        await using var news = watch!.ReadAllAsync(patience.Token).GetAsyncEnumerator(CancellationToken.None);

        for (var heard = 0; heard < 30; heard++)
        {
            var next = news.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                await node.TickAsync(0.5);
                ticks++;
                await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(20)));
            }
            Assert.True(await next);
            Assert.Equal(PublicId.Of(PublicId.Activation, ours.Id), news.Current.Message.ActivationId);
        }

        // When it opened, for the one that was new, and from time to time.
        Assert.InRange(asked, 1, 2 + (int)(ticks * 0.5 / ActivationWatch.RightsFresh.TotalSeconds) + 1);
    }

    [Fact]
    public async Task What_is_taken_back_is_told_with_its_cause()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production with { Version = 1 });
        var activation = await node.ActivateAsync(Production with { Faults = [new(Domain.Rollouts.FaultKind.ServerErrors, 0.5, TimeSpan.Zero)] });
        var heard = await HearAsync(world, node, new(PublicId.Activation, activation.Id));

        var cancelling = heard.First(news => news.Message.Status == "PENDING_CANCELLATION").Message;
        Assert.Contains("4xx+5xx rose from ", cancelling.Reason, StringComparison.Ordinal);
        Assert.Null(cancelling.SecondsLeft);
        Assert.Equal(("ABORTED", 0), (heard[^1].Message.Status, heard[^1].Message.ServersDone));
    }

    private static ActivationWatches Watches(EngineWorld world, EngineNode node) =>
        new(world, node.Feed, world.Real, NullLogger<ActivationWatch>.Instance);

    private static Func<CancellationToken, ValueTask<Access?>> Rights(Access access) => _ => ValueTask.FromResult<Access?>(access);

    /// <summary>All that a listener hears, up to the end. Time stands still while there is something that was not heard yet.</summary>
    private static async Task<List<ActivationNews>> HearAsync(EngineWorld world, EngineNode node, WatchTarget target)
    {
        using var patience = new CancellationTokenSource(Patience);
        var (watch, refusal) = await Watches(world, node).OpenAsync(target, Rights(EngineWorld.Publisher), patience.Token);
        Assert.Null(refusal);
        List<ActivationNews> heard = [];
        await using var news = watch!.ReadAllAsync(patience.Token).GetAsyncEnumerator(CancellationToken.None);
        for (var next = news.MoveNextAsync().AsTask(); await HeardAsync(next); next = news.MoveNextAsync().AsTask())
            heard.Add(news.Current);
        return heard;

        async Task<bool> HeardAsync(Task<bool> next)
        {
            while (!next.IsCompleted)
            {
                patience.Token.ThrowIfCancellationRequested();
                var now = node.Feed.Find(target.Id);
                if (now is not null && (heard.Count == 0 || StatusWords.Api(now.Status.State, now.Type) == heard[^1].Message.Status))
                    await node.TickAsync();
                else
                    world.Real.Advance(ActivationWatch.Pace);
                await Task.Yield();
            }
            return await next;
        }
    }
}
