using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine;
using static PropertyManager.Domain.Activations.ActivationState;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>What must not go wrong when two write, or when nobody can.</summary>
public sealed class LedgerTests
{
    private static readonly ActivationOrder Production = new(
        EngineWorld.Shop,
        2,
        Network.Production,
        NotifyEmails: "ops@shop.example",
        Acknowledged: true
    );

    [Fact]
    public async Task Whoever_claimed_last_writes_and_nobody_else()
    {
        await using var world = new EngineWorld();
        var first = world.StartNode();
        var activation = await first.ActivateAsync(Production);
        await first.RunToAsync(activation.Id, Canary);
        var second = world.StartNode();
        await second.CarryAsync(activation.Id);
        var before = await world.ReadAsync(activation.Id);

        // The first does not know yet: time passes for it, and it decides what the second has not decided.
        await first.TickAsync(200);

        var after = await world.ReadAsync(activation.Id);
        Assert.Equal((before.Status.DecidedAfter, before.History.Count), (after.Status.DecidedAfter, after.History.Count));
        Assert.Single(await world.ReadOutboxAsync());
        Assert.Equal(Active, (await second.RunAsync(activation.Id)).Status.State);
    }

    [Fact]
    public async Task A_write_of_an_older_epoch_changes_nothing_not_even_the_activation_that_it_would_replace()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var active = await node.CompleteAsync(Production with { Version = 1 });
        var activation = await node.ActivateAsync(Production);
        var stale = (await node.Ledger.ClaimAsync([activation.Id], CancellationToken.None))[0].Activation;
        await node.Ledger.ClaimAsync([activation.Id], CancellationToken.None);
        var outbox = (await world.ReadOutboxAsync()).Count;

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() =>
            node.Ledger.SaveAsync(
                stale,
                "www.shop.example",
                new(stale.Status with { State = Active, EndedAfter = TimeSpan.Zero }, "It thinks it is done"),
                CancellationToken.None
            )
        );

        Assert.Equal(Pending, stale.Status.State);
        Assert.Equal((Active, Pending), ((await world.ReadAsync(active.Id)).Status.State, (await world.ReadAsync(activation.Id)).Status.State));
        Assert.Single((await world.ReadAsync(activation.Id)).History);
        Assert.Equal(outbox, (await world.ReadOutboxAsync()).Count);
    }

    [Fact]
    public async Task A_database_that_is_locked_for_a_moment_loses_and_doubles_nothing()
    {
        await using var undisturbed = new EngineWorld();
        var expected = await undisturbed.StartNode().CompleteAsync(Production);

        await using var world = new EngineWorld(patience: 1);
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, Canary);
        await using (var other = await world.ConnectAsync())
        {
            await ExecuteAsync(other, "begin immediate");
            await node.TickAsync(200);
            Assert.Equal(Canary, (await world.ReadAsync(activation.Id)).Status.State);
            await ExecuteAsync(other, "rollback");
        }
        activation = await node.RunAsync(activation.Id);

        Assert.Equal(Rows(expected), Rows(activation));
        Assert.Equal(
            (await undisturbed.ReadOutboxAsync()).Select(m => m.Subject),
            (await world.ReadOutboxAsync()).Select(m => m.Subject),
            StringComparer.Ordinal
        );

        static IEnumerable<(TimeSpan, string)> Rows(Activation activation) => activation.History.Select(row => (row.Elapsed, row.Reason));
    }

    [Fact]
    public async Task A_write_that_fails_half_way_is_taken_back_and_made_once_when_it_can_be()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, Live);
        await using (var other = await world.ConnectAsync())
        {
            await ExecuteAsync(other, "create trigger full before insert on OutboxEvents begin select raise(abort, 'disk full'); end");
            while (
                (await world.ReadAsync(activation.Id)).Status.Releases.Count
                < activation.Plan.Steps.Count(step => step.Stage != Domain.Rollouts.RolloutStage.World)
            )
                await node.TickAsync();
            for (var tick = 0; tick < 100; tick++)
                await node.TickAsync();
            Assert.Equal(Live, (await world.ReadAsync(activation.Id)).Status.State);
            await ExecuteAsync(other, "drop trigger full");
        }

        activation = await node.RunAsync(activation.Id);

        Assert.Equal(Active, activation.Status.State);
        Assert.Equal(activation.Plan.Steps.Count + 2, activation.History.Count);
        Assert.Equal(activation.History.Count, activation.History.DistinctBy(row => row.Reason, StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task What_is_over_cannot_be_claimed()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.CompleteAsync(Production with { Network = Network.Staging });

        Assert.Empty(await node.Ledger.ClaimAsync([activation.Id], CancellationToken.None));
        Assert.Empty(await node.Ledger.OpenExceptAsync([], CancellationToken.None));
    }

    [Fact]
    public async Task Simulated_time_goes_on_where_it_was_kept_and_not_before_what_was_decided()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        Assert.Null(await node.Ledger.ReadClockAsync(CancellationToken.None));
        await node.Ledger.SaveClockAsync(world.Simulated.GetUtcNow(), CancellationToken.None);
        var activation = await node.ActivateAsync(Production);
        activation = await node.RunToAsync(activation.Id, Live);

        Assert.Equal(activation.StartedAt + activation.Status.DecidedAfter, await node.Ledger.ReadClockAsync(CancellationToken.None));
        await node.Ledger.SaveClockAsync(world.Simulated.GetUtcNow().AddDays(1), CancellationToken.None);
        Assert.Equal(world.Simulated.GetUtcNow().AddDays(1), await node.Ledger.ReadClockAsync(CancellationToken.None));
    }

    private static async Task ExecuteAsync(Microsoft.Data.Sqlite.SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
