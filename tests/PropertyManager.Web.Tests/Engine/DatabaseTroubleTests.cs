using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine;
using Quartz;
using static PropertyManager.Domain.Activations.ActivationState;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>A database that is full or fails while a rollout runs: nothing is lost, nothing is doubled, and people are told.</summary>
public sealed class DatabaseTroubleTests
{
    private static readonly ActivationOrder Production = new(
        EngineWorld.Shop,
        2,
        Network.Production,
        NotifyEmails: "ops@shop.example",
        Acknowledged: true
    );

    [Fact]
    public async Task On_a_full_disk_the_next_step_waits_and_people_are_told()
    {
        var disk = new FullDisk();
        await using var world = new EngineWorld(interceptors: disk);
        var node = world.StartNode();
        var over = await node.CompleteAsync(Production with { PropertyId = EngineWorld.Blog, Network = Network.Staging, NotifyEmails = "" });
        var activation = await node.ActivateAsync(Production);
        activation = await node.RunToAsync(activation.Id, Canary);

        using var watcher = node.Feed.Subscribe(watched => watched.ActivationId == activation.Id);
        await disk.FillAsync(world, over.Id);
        await node.RunAsync(activation.Id, progress => progress.Trouble is not null, seconds: 1);
        var since = world.Real.GetUtcNow();
        for (var second = 0; second < 60; second++)
            await node.TickAsync();

        Assert.Equal(activation.History.Count, (await world.ReadAsync(activation.Id)).History.Count);
        var trouble = node.Feed.Find(activation.Id)!.Trouble!;
        Assert.Equal(since, trouble.Since);
        Assert.StartsWith("The next step has to wait: the disk of the database is full. Nothing is lost: ", trouble.Text, StringComparison.Ordinal);

        disk.Free();
        await node.RunAsync(activation.Id, progress => progress.Trouble is null, seconds: 1);
        await AssertUndisturbedAsync(world, await node.RunAsync(activation.Id));
    }

    [Theory]
    [InlineData("INSERT INTO \"ActivationEvents\"")]
    [InlineData("INSERT INTO \"OutboxEvents\"")]
    [InlineData("UPDATE \"Activations\"")]
    [InlineData("UPDATE \"Simulation\"")]
    [InlineData("\"CancelRequestedAt\" IS NOT NULL")]
    [InlineData(" ")]
    public async Task Whatever_fails_for_however_long_the_course_is_the_same(string statement)
    {
        var database = new FailingDatabase();
        await using var world = new EngineWorld(interceptors: database);
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);

        // It fails four times on the way, for a minute and a half.
        List<string> told = [];
        foreach (var phase in new[] { Pending, Canary, Live, World })
        {
            activation = await node.RunToAsync(activation.Id, phase);
            database.FailsAt = statement;
            var seen = await node.FailAsync(activation.Id, seconds: 90);
            if (seen.Trouble is { } trouble)
                told.Add(trouble.Text);
            database.FailsAt = null;
        }
        activation = await node.RunAsync(activation.Id);

        Assert.NotEmpty(told);
        Assert.All(
            told,
            text => Assert.StartsWith("The next step has to wait: the disk of the database reports an error. ", text, StringComparison.Ordinal)
        );
        await AssertUndisturbedAsync(world, activation);
    }

    [Fact]
    public async Task A_write_that_was_done_though_it_seemed_to_fail_is_not_done_again()
    {
        var database = new FailingDatabase();
        await using var world = new EngineWorld(interceptors: database);
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, Canary);

        // Each such write ends whoever carries it, because the row is not what they know. The sweeper would find another.
        while ((await world.ReadAsync(activation.Id)).Status.IsOpen)
        {
            await node.CarryAnewAsync(activation.Id);
            database.LosesAnswers = 1;
            await node.TickUntilOverAsync(activation.Id);
        }
        await node.CarryAnewAsync(activation.Id);

        Assert.Null(node.Feed.Find(activation.Id));
        await AssertUndisturbedAsync(world, await world.ReadAsync(activation.Id));
    }

    [Fact]
    public async Task A_cancel_that_cannot_be_read_yet_holds_from_when_it_was_asked_for()
    {
        var database = new FailingDatabase();
        await using var world = new EngineWorld(interceptors: database);
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, Canary);

        database.FailsAt = "\"CancelRequestedAt\" IS NOT NULL";
        await node.FailAsync(activation.Id, seconds: 1);
        Assert.Null(await node.Desk.CancelAsync(activation.Id, EngineWorld.Publisher, CancellationToken.None));
        var wished = world.Simulated.GetUtcNow() - activation.StartedAt;
        await node.FailAsync(activation.Id, seconds: 120);
        database.FailsAt = null;
        activation = await node.RunAsync(activation.Id);

        Assert.Equal(Aborted, activation.Status.State);
        Assert.InRange(activation.Status.CancelledAfter!.Value, wished, wished + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task What_cannot_be_claimed_is_claimed_when_it_can_be()
    {
        var database = new FailingDatabase();
        await using var world = new EngineWorld(interceptors: database);
        var node = world.StartNode();
        var answer = await node.Desk.SubmitAsync(Production, EngineWorld.Publisher, CancellationToken.None);
        database.FailsAt = "UPDATE \"Activations\"";
        var carried = node.Carry(answer.Activation!.Id);
        for (var second = 0; second < 40; second++)
            await node.TickAsync();

        Assert.False(carried.IsCompleted);
        Assert.Equal((0, Pending), ((await world.ReadAsync(answer.Activation.Id)).Epoch, (await world.ReadAsync(answer.Activation.Id)).Status.State));
        database.FailsAt = null;
        while (node.Feed.Find(answer.Activation.Id) is null)
            await node.TickAsync();
        var activation = await node.RunAsync(answer.Activation.Id);

        Assert.Equal(1, activation.Epoch);
        await AssertUndisturbedAsync(world, activation);
    }

    [Fact]
    public async Task Simulated_time_is_kept_again_when_it_can_be()
    {
        var database = new FailingDatabase();
        await using var world = new EngineWorld(interceptors: database);
        var node = world.StartNode();
        await node.Loop.SaveClockAsync(CancellationToken.None);
        var kept = world.Simulated.GetUtcNow();

        database.FailsAt = "UPDATE \"Simulation\"";
        await PassAsync(world, TimeSpan.FromSeconds(60), () => node.Loop.SaveClockAsync(CancellationToken.None));
        Assert.Equal(kept, await node.Ledger.ReadClockAsync(CancellationToken.None));
        // After 0.25 s, 0.5 s, 1 s, … 10 s: not at every try.
        Assert.InRange(database.Failures, 8, 12);

        database.FailsAt = null;
        await PassAsync(world, TimeSpan.FromSeconds(10), () => node.Loop.SaveClockAsync(CancellationToken.None));
        Assert.Equal(world.Simulated.GetUtcNow(), await node.Ledger.ReadClockAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_sweeper_finds_what_has_no_job_when_it_can_read_again()
    {
        var database = new FailingDatabase();
        await using var world = new EngineWorld(interceptors: database);
        var answer = await world.StartNode().Desk.SubmitAsync(Production, EngineWorld.Publisher, CancellationToken.None);
        var node = world.StartNode();
        var scheduler = await node.Schedulers.GetScheduler(CancellationToken.None);
        var job = new JobKey($"{answer.Activation!.Id}", "rollouts");

        database.FailsAt = "\"IsOpen\"";
        await PassAsync(world, TimeSpan.FromSeconds(60), () => node.Loop.SweepAsync(CancellationToken.None));
        Assert.True(database.Failures > 0);
        Assert.False(await scheduler.Exists(job));

        database.FailsAt = null;
        await PassAsync(world, TimeSpan.FromSeconds(10), () => node.Loop.SweepAsync(CancellationToken.None));
        Assert.True(await scheduler.Exists(job));
    }

    /// <summary>Time goes on second by second, and the work is tried at each.</summary>
    private static async Task PassAsync(EngineWorld world, TimeSpan time, Func<Task> work)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            world.Simulated.Advance(TimeSpan.FromSeconds(1));
            world.Real.Advance(TimeSpan.FromSeconds(1));
            await work();
        }
    }

    /// <summary>Every transition is there once, at its second, in its words, and so are the e-mails.</summary>
    private static async Task AssertUndisturbedAsync(EngineWorld world, Activation activation)
    {
        await using var undisturbed = new EngineWorld();
        var expected = await undisturbed.StartNode().CompleteAsync(Production);
        Assert.Equal(Rows(expected), Rows(activation));
        Assert.Equal(
            (await undisturbed.ReadOutboxAsync()).Select(message => message.Subject),
            (await world.ReadOutboxAsync()).Where(message => message.ActivationId == activation.Id).Select(message => message.Subject),
            StringComparer.Ordinal
        );

        static IEnumerable<(TimeSpan, ActivationState, string)> Rows(Activation activation) =>
            activation.History.Select(row => (row.Elapsed, row.State, row.Reason));
    }
}
