using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>What is published of an activation is enough to show it without the database.</summary>
public sealed class ActivationChangesTests
{
    private static readonly ActivationOrder Production = new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true);

    [Fact]
    public async Task An_activation_that_was_read_before_its_start_is_shown_as_the_database_has_it_after_each_publication()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production with { Version = 1 });
        var started = await node.ActivateAsync(Production);
        var shown = await world.ReadAsync(started.Id);
        using var page = node.Feed.Subscribe(key => key.ActivationId == started.Id);

        while (node.Feed.Find(started.Id) is { } published)
        {
            shown = published.ApplyTo(shown);
            Assert.Equal(Describe(await world.ReadAsync(started.Id)), Describe(shown));
            await node.TickAsync(5);
        }
    }

    [Fact]
    public async Task A_request_to_cancel_and_faults_are_published_with_the_next_tick()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var started = await node.ActivateAsync(Production);
        var shown = await world.ReadAsync(started.Id);
        using var page = node.Feed.Subscribe(_ => true);
        await node.TickAsync();
        var before = node.Feed.Find(started.Id)!;

        var fault = new Fault(FaultKind.ServerErrors, 0.01, TimeSpan.FromMinutes(50));
        Assert.Null(await node.Faults.StrikeAsync(started.Id, fault, EngineWorld.Publisher, CancellationToken.None));
        await node.TickAsync();
        var struck = node.Feed.Find(started.Id)!;
        Assert.Null(await node.Desk.CancelAsync(started.Id, EngineWorld.Publisher, CancellationToken.None));
        await node.TickAsync();
        var canceled = node.Feed.Find(started.Id)!;
        await node.TickAsync();

        Assert.True(struck.IsTransitionFrom(before));
        Assert.Equal(FaultKind.ServerErrors, Assert.Single(struck.ApplyTo(shown).Intent.Faults).Kind);
        Assert.Null(struck.ApplyTo(shown).Intent.CancelRequestedAt);
        Assert.Equal(EngineWorld.Publisher.Email, canceled.ApplyTo(shown).Intent.CancelRequestedBy);
        Assert.Null(started.Intent.CancelRequestedBy);
    }

    [Fact]
    public async Task A_transition_that_was_not_published_leaves_the_history_behind_the_status()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var started = await node.ActivateAsync(Production);
        var early = await world.ReadAsync(started.Id);
        await node.RunToAsync(started.Id, ActivationState.Live);
        // Another process has taken it over meanwhile: it published nothing of what this one saved.
        var other = world.StartNode();
        await other.CarryAsync(started.Id);

        var shown = other.Feed.Find(started.Id)!.ApplyTo(early);

        Assert.Equal(ActivationState.Live, shown.Status.State);
        Assert.True(shown.History[^1].Elapsed < shown.Status.DecidedAfter);
    }

    [Fact]
    public async Task What_was_published_before_the_activation_was_read_takes_nothing_of_it_back()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var started = await node.ActivateAsync(Production);
        using var page = node.Feed.Subscribe(_ => true);
        await node.TickAsync();
        var before = node.Feed.Find(started.Id)!;
        await node.RunToAsync(started.Id, ActivationState.Live);
        var read = await world.ReadAsync(started.Id);

        Assert.True(before.Status.DecidedAfter < read.Status.DecidedAfter);
        Assert.Equal(Describe(read), Describe(before.ApplyTo(read)));
    }

    private static string Describe(Activation activation) =>
        string.Join(
            '\n',
            activation
                .History.Select(row => $"{row.State} {row.Elapsed} {row.Reason}")
                .Prepend(
                    $"{activation.Status.State} {activation.Status.DecidedAfter} {activation.Status.Releases.Count} {activation.Status.EndedAfter}"
                )
        );
}
