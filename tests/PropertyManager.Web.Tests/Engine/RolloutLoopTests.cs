using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;
using static PropertyManager.Domain.Activations.ActivationState;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>The engine on a real database, tick by tick.</summary>
public sealed class RolloutLoopTests
{
    private static readonly ActivationOrder Production = new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true);

    [Fact]
    public async Task Staging_is_activated_group_by_group()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();

        var activation = await node.CompleteAsync(Production with { Network = Network.Staging });

        Assert.Equal(Active, activation.Status.State);
        Assert.Equal([Pending, .. activation.Plan.Steps.Select(_ => Pending), Active], activation.History.Select(row => row.State));
        Assert.InRange(activation.Status.EndedAfter!.Value, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3.5));
        Assert.Null(node.Feed.Find(activation.Id));
    }

    [Fact]
    public async Task Production_goes_from_a_small_group_to_live_traffic_to_the_world()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();

        var activation = await node.CompleteAsync(Production);

        var stages = activation.Plan.Steps.Select(step =>
            step.Stage switch
            {
                RolloutStage.Canary => Canary,
                RolloutStage.Live => Live,
                _ => World,
            }
        );
        Assert.Equal([Pending, .. stages, Active], activation.History.Select(row => row.State));
        Assert.Equal(activation.Status.Releases, activation.History.Skip(1).SkipLast(1).Select(row => row.Elapsed));
        Assert.Equal(activation.History.Select(row => row.Elapsed), activation.History.Select(row => row.Elapsed).Order());
        Assert.Equal(activation.Status.LiveAfter, activation.History.First(row => row.State == World).Elapsed);
        Assert.Equal("Version 2 on 350,000 servers, all of the network", activation.History[^1].Reason);
    }

    [Fact]
    public async Task After_every_tick_the_status_and_its_newest_row_agree()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);

        var transitions = 1;
        while (node.Feed.Find(activation.Id) is not null)
        {
            await node.TickAsync();
            activation = await world.ReadAsync(activation.Id);
            var status = activation.Status;
            Assert.Equal((status.State, status.DecidedAfter), (activation.History[^1].State, activation.History[^1].Elapsed));
            Assert.InRange(activation.History.Count, transitions, transitions + 1);
            transitions = activation.History.Count;
        }
        Assert.Equal(activation.Plan.Steps.Count + 2, transitions);
    }

    [Fact]
    public async Task A_version_that_is_replaced_becomes_inactive_in_the_same_instant()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var first = await node.CompleteAsync(Production with { Version = 1 });
        await node.TickAsync(1_000);

        var second = await node.CompleteAsync(Production);
        first = await world.ReadAsync(first.Id);

        Assert.Equal((Inactive, Active), (first.Status.State, second.Status.State));
        Assert.Equal((null, 1), (first.PreviousVersion, second.PreviousVersion));
        var replaced = Assert.Single(first.History, row => row.State == Inactive);
        Assert.Equal("Replaced by version 2 (atv_2)", replaced.Reason);
        Assert.Equal(second.StartedAt + second.Status.EndedAfter, first.StartedAt + replaced.Elapsed);
    }

    [Theory]
    [InlineData(Pending)]
    [InlineData(Canary)]
    [InlineData(Live)]
    [InlineData(World)]
    public async Task Cancelled_in_any_phase_the_version_before_stays_active(ActivationState phase)
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var before = await node.CompleteAsync(Production with { Version = 1 });
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, phase);

        Assert.Null(await node.Desk.CancelAsync(activation.Id, EngineWorld.Publisher, CancellationToken.None));
        activation = await node.RunAsync(activation.Id);

        Assert.Equal((Aborted, Active), (activation.Status.State, (await world.ReadAsync(before.Id)).Status.State));
        Assert.Equal("Cancelled by ann@shop.example", activation.Status.Cause);
        Assert.Equal(activation.Status.Releases.Count, activation.Status.RollbackReleases.Count);
        Assert.Equal([phase, Cancelling], activation.History.Select(row => row.State).SkipWhile(state => state != phase).Distinct().Take(2));
        Assert.StartsWith("Version 1 restored on ", activation.History[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_activation_that_is_cancelled_leaves_nothing_active()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, Live);

        await node.Desk.CancelAsync(activation.Id, EngineWorld.Publisher, CancellationToken.None);
        activation = await node.RunAsync(activation.Id);

        Assert.Equal(Aborted, activation.Status.State);
        Assert.EndsWith("no version is active", activation.History[^1].Reason, StringComparison.Ordinal);
        Assert.Equal("not-active", (await DeactivateAsync(node)).Refusal?.Code);
    }

    [Theory]
    [InlineData(EngineWorld.Shop, true, Aborted)]
    [InlineData(EngineWorld.Shop, false, Active)]
    [InlineData(EngineWorld.Blog, true, Active)]
    public async Task Errors_cancel_where_the_limit_acts(long property, bool limit, ActivationState end)
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production with { PropertyId = property, Version = 1 });

        var activation = await node.CompleteAsync(
            Production with
            {
                PropertyId = property,
                CancelIfErrorRateIncreases = limit,
                Faults = [new(FaultKind.ServerErrors, 0.5, TimeSpan.Zero)],
            }
        );

        Assert.Equal(end, activation.Status.State);
        if (end == Aborted)
            Assert.StartsWith(
                "Cancelled by the check “HTTP error rate limit”: 4xx+5xx rose from ",
                activation.Status.Cause,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task A_wish_that_comes_too_late_for_an_exception_lapses_and_says_why()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production with { Version = 1 });
        var activation = await node.ActivateAsync(Production with { Version = 4 });
        Assert.Equal("11 hostnames changed (more than 10 at a time)", activation.ExceptionReason);
        await node.RunAsync(activation.Id, progress => progress.Progress.Percent >= 25);

        // Where nobody has seen its progress yet, the wish is taken down; the engine knows better.
        Assert.Null(await world.StartNode().Desk.CancelAsync(activation.Id, EngineWorld.Publisher, CancellationToken.None));
        activation = await node.RunAsync(activation.Id);

        Assert.Equal((Active, true), (activation.Status.State, activation.Status.CancelLapsed));
        Assert.Single(activation.History, row => row.Reason.StartsWith("Too late to cancel: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_exception_past_a_quarter_refuses_to_be_cancelled_and_goes_on()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production with { Version = 1 });
        var activation = await node.ActivateAsync(Production with { Version = 4 });
        await node.RunAsync(activation.Id, progress => progress.Progress.Percent >= 25);

        var refusal = await node.Desk.CancelAsync(activation.Id, EngineWorld.Publisher, CancellationToken.None);
        activation = await node.RunAsync(activation.Id);

        Assert.Equal("too-far", refusal?.Code);
        Assert.Equal(Active, activation.Status.State);
        Assert.Equal("exception", (await node.Desk.FastFallbackAsync(activation.Id, EngineWorld.Publisher, CancellationToken.None)).Refusal?.Code);
    }

    [Fact]
    public async Task A_deactivation_takes_the_property_off_the_network()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var active = await node.CompleteAsync(Production);

        var answer = await DeactivateAsync(node);
        await node.CarryAsync(answer.Activation!.Id);
        var deactivation = await node.RunAsync(answer.Activation.Id);

        Assert.Equal(Deactivated, deactivation.Status.State);
        active = await world.ReadAsync(active.Id);
        Assert.Equal((Inactive, "Deactivated (atv_2)"), (active.Status.State, active.History[^1].Reason));
    }

    [Fact]
    public async Task Fast_Fallback_puts_the_version_before_on_the_network_again()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production with { Version = 1 });
        var bad = await node.CompleteAsync(Production);

        var answer = await node.Desk.FastFallbackAsync(bad.Id, EngineWorld.Publisher, CancellationToken.None);
        await node.CarryAsync(answer.Activation!.Id);
        var fallback = await node.RunAsync(answer.Activation.Id);

        Assert.Equal((1, Active, ActivationType.FastFallback), (fallback.Version, fallback.Status.State, fallback.Type));
        Assert.Equal((2, bad.Id), (fallback.PreviousVersion, fallback.FallbackOf));
        Assert.Equal(Inactive, (await world.ReadAsync(bad.Id)).Status.State);
        Assert.InRange(fallback.Status.EndedAfter!.Value, TimeSpan.FromMinutes(1.5), TimeSpan.FromMinutes(4));
        Assert.Equal("is-fallback", (await node.Desk.FastFallbackAsync(fallback.Id, EngineWorld.Publisher, CancellationToken.None)).Refusal?.Code);
    }

    [Fact]
    public async Task Fast_Fallback_that_was_cancelled_is_not_offered_again()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production with { Version = 1 });
        var bad = await node.CompleteAsync(Production);
        var answer = await node.Desk.FastFallbackAsync(bad.Id, EngineWorld.Publisher, CancellationToken.None);
        await node.CarryAsync(answer.Activation!.Id);

        await node.Desk.CancelAsync(answer.Activation.Id, EngineWorld.Publisher, CancellationToken.None);
        await node.RunAsync(answer.Activation.Id);

        Assert.Equal("already-attempted", (await node.Desk.FastFallbackAsync(bad.Id, EngineWorld.Publisher, CancellationToken.None)).Refusal?.Code);
    }

    /// <summary>What is decided does not depend on when somebody looks.</summary>
    [Theory]
    [InlineData(0.6)]
    [InlineData(7.3)]
    [InlineData(400)]
    public async Task However_late_the_ticks_come_the_course_is_the_same(double seconds)
    {
        var expected = await CourseAsync((node, id) => node.RunAsync(id, seconds: 1));

        Assert.Equal(expected, await CourseAsync((node, id) => node.RunAsync(id, seconds: seconds)));
    }

    [Theory]
    [InlineData(Pending)]
    [InlineData(Canary)]
    [InlineData(Live)]
    [InlineData(World)]
    public async Task An_engine_that_starts_in_the_middle_ends_as_an_undisturbed_one(ActivationState phase)
    {
        var expected = await CourseAsync((node, id) => node.RunAsync(id));

        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, phase);
        await node.TickAsync(11.7);
        var successor = world.StartNode();
        await successor.CarryAsync(activation.Id);

        activation = await successor.RunAsync(activation.Id);

        Assert.Equal(expected, Course(activation));
        Assert.Equal(2, activation.Epoch);
    }

    [Fact]
    public async Task A_cancel_goes_on_in_an_engine_that_starts_in_the_middle_of_it()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, Live);
        await node.Desk.CancelAsync(activation.Id, EngineWorld.Publisher, CancellationToken.None);
        await node.RunAsync(activation.Id, progress => progress.Status.RollbackReleases.Count == 1, seconds: 1);

        var successor = world.StartNode();
        await successor.CarryAsync(activation.Id);
        activation = await successor.RunAsync(activation.Id);

        Assert.Equal(Aborted, activation.Status.State);
        Assert.Single(activation.History, row => row.State == Aborted);
        Assert.Equal(activation.Status.Releases.Count, activation.Status.RollbackReleases.Count);
    }

    private static async Task<IReadOnlyList<string>> CourseAsync(Func<EngineNode, long, Task<Activation>> run)
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        return Course(await run(node, (await node.ActivateAsync(Production)).Id));
    }

    private static IReadOnlyList<string> Course(Activation activation) =>
        [.. activation.History.Select(row => $"{row.Elapsed} {row.State}: {row.Reason}")];

    private static Task<ActivationAnswer> DeactivateAsync(EngineNode node) =>
        node.Desk.DeactivateAsync(EngineWorld.Shop, Network.Production, "", "", EngineWorld.Publisher, CancellationToken.None);
}
