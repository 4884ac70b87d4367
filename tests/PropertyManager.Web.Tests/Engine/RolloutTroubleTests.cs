using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Edge;
using PropertyManager.Tests;
using PropertyManager.Web.Engine;
using static PropertyManager.Domain.Activations.ActivationState;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>One activation that cannot go on holds up no other.</summary>
public sealed class RolloutTroubleTests
{
    private static readonly ActivationOrder Shop = new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true);
    private static readonly ActivationOrder Blog = Shop with { PropertyId = EngineWorld.Blog };

    [Fact]
    public async Task A_tick_that_throws_is_logged_and_tried_again_later_each_time_while_the_others_go_on()
    {
        await using var world = new EngineWorld();
        FailingEdge edge = null!;
        var log = new KeptLog<RolloutLoop>(world.Real);
        var node = world.StartNode(servers => edge = new FailingEdge(servers), log);
        var (shop, blog) = (await node.ActivateAsync(Shop), await node.ActivateAsync(Blog));
        await node.RunToAsync(shop.Id, Canary);
        log.Lines.Clear();

        using var watcher = node.Feed.Subscribe(watched => watched.ActivationId == shop.Id);
        edge.FailsFor = shop.Id;
        blog = await node.RunAsync(blog.Id, seconds: 0.25);

        Assert.Equal(Active, blog.Status.State);
        Assert.Equal(Canary, (await world.ReadAsync(shop.Id)).Status.State);
        var trouble = node.Feed.Find(shop.Id)!.Trouble!;
        Assert.StartsWith("The next step has to wait: something unexpected went wrong.", trouble.Text, StringComparison.Ordinal);
        Assert.All(
            log.Lines,
            line => Assert.Equal((LogLevel.Error, $"Activation {shop.Id} could not go on; it is tried again"), (line.Level, line.Text))
        );
        var waits = log.Lines.Zip(log.Lines.Skip(1), (before, after) => (after.At - before.At).TotalSeconds).ToList();
        Assert.Equal([0.25, 0.5, 1, 2, 4, 8, 10, 10, 10], waits.Take(9));
        Assert.All(waits.Skip(9), wait => Assert.Equal(10, wait));

        edge.FailsFor = null;
        shop = await node.RunAsync(shop.Id);
        await using var undisturbed = new EngineWorld();
        var expected = await undisturbed.StartNode().CompleteAsync(Shop);
        Assert.Equal(expected.History.Select(row => (row.Elapsed, row.Reason)), shop.History.Select(row => (row.Elapsed, row.Reason)));
        Assert.Equal($"Activation {shop.Id} goes on", log.Lines[^1].Text);
    }

    [Theory]
    [InlineData("Plan")]
    [InlineData("Releases")]
    [InlineData("Faults")]
    public async Task A_row_that_cannot_be_read_holds_up_no_other(string column)
    {
        await using var world = new EngineWorld();
        var log = new KeptLog<RolloutLoop>(world.Real);
        var node = world.StartNode(log: log);
        var shop = (await node.Desk.SubmitAsync(Shop, EngineWorld.Publisher, CancellationToken.None)).Activation!;
        var blog = (await node.Desk.SubmitAsync(Blog, EngineWorld.Publisher, CancellationToken.None)).Activation!;
        await using var connection = await world.ConnectAsync();
        var whole = (string)(await ExecuteAsync(connection, $"select {column} from Activations where Id = {shop.Id}"))!;
        await ExecuteAsync(connection, $"update Activations set {column} = '{{' where Id = {shop.Id}");

        _ = node.Carry(shop.Id);
        await node.CarryAsync(blog.Id);
        blog = await node.RunAsync(blog.Id);

        Assert.Equal(Active, blog.Status.State);
        Assert.Null(node.Feed.Find(shop.Id));
        Assert.Contains(log.Lines, line => line.Text == $"Activation {shop.Id} could not go on; it is tried again");
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains($"Activation {blog.Id} ", StringComparison.Ordinal));

        await ExecuteAsync(connection, $"update Activations set {column} = '{whole}' where Id = {shop.Id}");
        await node.TickUntilOverAsync(shop.Id);
        Assert.Equal(Active, (await world.ReadAsync(shop.Id)).Status.State);
    }

    [Fact]
    public async Task A_version_whose_activation_cannot_be_read_is_replaced_all_the_same()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var first = await node.CompleteAsync(Shop with { Version = 1 });
        var second = await node.ActivateAsync(Shop);
        await using var connection = await world.ConnectAsync();
        await ExecuteAsync(connection, $"update Activations set Plan = '{{' where Id = {first.Id}");

        Assert.Equal(Active, (await node.RunAsync(second.Id)).Status.State);
        Assert.Equal("Inactive", await ExecuteAsync(connection, $"select State from Activations where Id = {first.Id}"));
    }

    private static async Task<object?> ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
