using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;
using static PropertyManager.Domain.Activations.ActivationState;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>What people ask for between the moment at which the engine, or another person, has read an activation and the moment at which it writes.</summary>
public sealed class ConcurrentRequestTests
{
    private static readonly ActivationOrder Production = new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true);
    private static readonly Fault Errors = new(FaultKind.ServerErrors, 0.6, TimeSpan.Zero);

    [Fact]
    public async Task A_cancel_between_the_last_look_and_the_last_write_is_not_lost()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        var node = world.StartNode();
        var before = await node.CompleteAsync(Production with { Version = 1 });
        var activation = await ReleaseAllAsync(node, world);

        meanwhile.BeforeTransaction(async () =>
            Assert.Null(await node.Desk.CancelAsync(activation.Id, EngineWorld.Publisher, CancellationToken.None))
        );
        activation = await node.RunAsync(activation.Id, seconds: 1);

        Assert.Equal((Aborted, Active), (activation.Status.State, (await world.ReadAsync(before.Id)).Status.State));
        Assert.DoesNotContain(activation.History, row => row.State == Active);
        Assert.Null(LateCancel.Of(activation));
    }

    [Fact]
    public async Task A_cancel_after_the_last_servers_were_updated_is_answered_in_the_record()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        var node = world.StartNode();
        var activation = await ReleaseAllAsync(node, world);

        // The tick is late: the last decision is for an instant minutes before the request.
        meanwhile.BeforeTransaction(async () =>
            Assert.Null(await node.Desk.CancelAsync(activation.Id, EngineWorld.Publisher, CancellationToken.None))
        );
        activation = await node.RunAsync(activation.Id, seconds: 600);

        Assert.Equal((Active, true), (activation.Status.State, activation.Status.CancelLapsed));
        Assert.EndsWith("; ann@shop.example asked to cancel it after that", activation.History[^1].Reason, StringComparison.Ordinal);
        var late = LateCancel.Of(activation);
        Assert.Equal(("ann@shop.example", activation.Intent.CancelRequestedAt), (late?.By, late?.At));
        Assert.Equal(", after the last servers had been updated; it could not be canceled any more.", late?.Reason);
    }

    [Fact]
    public async Task A_cancel_between_a_look_and_the_release_of_a_group_stops_that_group()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        activation = await node.RunToAsync(activation.Id, Live);
        var releases = activation.Status.Releases.Count;

        meanwhile.BeforeTransaction(async () =>
            Assert.Null(await node.Desk.CancelAsync(activation.Id, EngineWorld.Publisher, CancellationToken.None))
        );
        activation = await node.RunAsync(activation.Id, seconds: 1);

        Assert.Equal((Aborted, releases), (activation.Status.State, activation.Status.Releases.Count));
    }

    [Fact]
    public async Task A_cancel_of_what_the_system_cancels_at_that_moment_says_so()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        var node = world.StartNode();
        await node.CompleteAsync(Production with { Version = 1 });
        var activation = await node.ActivateAsync(Production with { Faults = [Errors] });
        await node.RunToAsync(activation.Id, Canary);

        meanwhile.BeforeUpdate("Activations", () => node.RunToAsync(activation.Id, Cancelling));
        var refusal = await node.Desk.CancelAsync(activation.Id, EngineWorld.Publisher, CancellationToken.None);

        Assert.Equal("already-cancelling", refusal?.Code);
        Assert.Null((await world.ReadAsync(activation.Id)).Intent.CancelRequestedBy);
    }

    [Fact]
    public async Task A_fault_never_begins_before_what_was_decided_without_it()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, Canary);

        meanwhile.BeforeUpdate("Activations", () => node.RunToAsync(activation.Id, World, seconds: 5));
        Assert.Null(await node.Faults.StrikeAsync(activation.Id, Errors, EngineWorld.Publisher, CancellationToken.None));

        activation = await world.ReadAsync(activation.Id);
        Assert.Equal(World, activation.Status.State);
        Assert.InRange(Assert.Single(activation.Intent.Faults).From, activation.Status.DecidedAfter + TimeSpan.FromTicks(1), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task A_transition_is_not_saved_over_a_fault_that_it_does_not_know()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        var claimed = (await node.Ledger.ClaimAsync([activation.Id], CancellationToken.None))[0].Activation;
        Assert.Null(await node.Faults.StrikeAsync(activation.Id, Errors, EngineWorld.Publisher, CancellationToken.None));

        var saved = await node.Ledger.SaveAsync(
            claimed,
            "www.shop.example",
            new(claimed.Status with { State = Canary, DecidedAfter = TimeSpan.FromSeconds(60) }, "First group"),
            CancellationToken.None
        );

        Assert.False(saved);
        Assert.Equal((Pending, 1), ((await world.ReadAsync(activation.Id)).Status.State, (await world.ReadAsync(activation.Id)).History.Count));
    }

    [Theory]
    [InlineData(ActivationType.Activate)]
    [InlineData(ActivationType.Deactivate)]
    [InlineData(ActivationType.FastFallback)]
    public async Task What_was_drawn_up_against_another_active_version_is_refused(ActivationType type)
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        var node = world.StartNode();
        await node.CompleteAsync(Production with { Version = 1 });
        var active = await node.CompleteAsync(Production);

        meanwhile.BeforeTransaction(() => node.CompleteAsync(Production with { Version = 3 }));
        var answer =
            type == ActivationType.FastFallback
                ? await node.Desk.FastFallbackAsync(active.Id, EngineWorld.Publisher, CancellationToken.None)
                : await node.Desk.SubmitAsync(
                    Production with
                    {
                        Type = type,
                        Version = type == ActivationType.Deactivate ? 2 : 1,
                    },
                    EngineWorld.Publisher,
                    CancellationToken.None
                );

        Assert.Equal("active-version-changed", answer.Refusal?.Code);
        Assert.DoesNotContain(await world.ReadAllAsync(), activation => activation.Status.IsOpen);
    }

    /// <summary>Version 2 is on its way, and its last group was told to install.</summary>
    private static async Task<Activation> ReleaseAllAsync(EngineNode node, EngineWorld world)
    {
        var activation = await node.ActivateAsync(Production);
        return await node.RunAsync(activation.Id, progress => progress.Status.Releases.Count == activation.Plan.Steps.Count, seconds: 1);
    }
}
