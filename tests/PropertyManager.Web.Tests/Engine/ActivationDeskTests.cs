using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>What people ask for, and what they are told when it is not done.</summary>
public sealed class ActivationDeskTests
{
    private static readonly ActivationOrder Production = new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true);

    public static TheoryData<string, ActivationOrder> Refused =>
        new()
        {
            { "never-on-staging", Production with { Acknowledged = false } },
            { "not-found", Production with { Version = 9 } },
            { "not-found", Production with { PropertyId = 99 } },
            { "invalid-email", Production with { NotifyEmails = "ops@shop.example, ann" } },
            { "note-too-long", Production with { Note = new string('x', ActivationIntent.NoteLength + 1) } },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Refuses_with_a_reason_and_saves_nothing(string code, ActivationOrder order)
    {
        await using var world = new EngineWorld();

        var answer = await world.StartNode().Desk.SubmitAsync(order, EngineWorld.Publisher, CancellationToken.None);

        Assert.Equal(code, answer.Refusal?.Code);
        Assert.Null(answer.Activation);
        Assert.Empty(await world.ReadAllAsync());
    }

    [Fact]
    public async Task A_running_activation_locks_its_network_and_is_named()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var running = await node.ActivateAsync(Production);

        var second = await node.Desk.SubmitAsync(Production with { Version = 3 }, EngineWorld.Publisher, CancellationToken.None);
        var staging = await node.Desk.SubmitAsync(Production with { Network = Network.Staging }, EngineWorld.Publisher, CancellationToken.None);
        var blog = await node.Desk.SubmitAsync(Production with { PropertyId = EngineWorld.Blog }, EngineWorld.Publisher, CancellationToken.None);

        Assert.Equal("activation-pending", second.Refusal?.Code);
        Assert.StartsWith($"atv_{running.Id} (version 2 on production) is still running.", second.Refusal?.Message, StringComparison.Ordinal);
        Assert.Equal((null, null), (staging.Refusal, blog.Refusal));
    }

    [Fact]
    public async Task Of_twenty_that_ask_at_once_one_is_accepted_and_the_others_are_told_of_it()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    Task.Run(() => node.Desk.SubmitAsync(Production with { Version = 1 + (i % 3) }, EngineWorld.Publisher, CancellationToken.None))
                )
        );

        var accepted = Assert.Single(answers, answer => answer.Activation is not null);
        Assert.Equal(accepted.Activation!.Id, Assert.Single(await world.ReadAllAsync()).Id);
        Assert.All(
            answers.Except([accepted]),
            answer =>
            {
                Assert.Equal("activation-pending", answer.Refusal?.Code);
                Assert.StartsWith($"atv_{accepted.Activation.Id} ", answer.Refusal?.Message, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task The_version_that_is_active_is_not_activated_again()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production);

        Assert.Equal("already-active", (await node.Desk.SubmitAsync(Production, EngineWorld.Publisher, CancellationToken.None)).Refusal?.Code);
    }

    [Fact]
    public async Task What_was_active_on_staging_needs_no_acknowledgement()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production with { Network = Network.Staging });

        var answer = await node.Desk.SubmitAsync(Production with { Acknowledged = false }, EngineWorld.Publisher, CancellationToken.None);

        Assert.Null(answer.Refusal);
    }

    [Fact]
    public async Task Only_publishers_act_and_others_learn_nothing_of_what_they_may_not_see()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var running = await node.ActivateAsync(Production);

        Assert.Equal("not-permitted", await AskAsync(EngineWorld.Editor));
        Assert.Equal("not-found", await AskAsync(Access.None));

        async Task<string?> AskAsync(Access by)
        {
            var codes = new[]
            {
                (await node.Desk.SubmitAsync(Production, by, CancellationToken.None)).Refusal?.Code,
                (await node.Desk.DeactivateAsync(EngineWorld.Shop, Network.Production, "", "", by, CancellationToken.None)).Refusal?.Code,
                (await node.Desk.FastFallbackAsync(running.Id, by, CancellationToken.None)).Refusal?.Code,
                (await node.Desk.CancelAsync(running.Id, by, CancellationToken.None))?.Code,
            };
            return Assert.Single(codes.Distinct(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Only_who_may_demonstrate_makes_things_go_wrong()
    {
        await using var world = new EngineWorld();
        var order = Production with { Faults = [new Fault(FaultKind.Crash, 1, TimeSpan.Zero)] };

        var answer = await world.StartNode().Desk.SubmitAsync(order, EngineWorld.Publisher with { MayDemonstrate = false }, CancellationToken.None);

        Assert.Equal("not-permitted", answer.Refusal?.Code);
    }

    [Fact]
    public async Task A_cancel_is_recorded_once_with_who_and_when()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);

        Assert.Null(await node.Desk.CancelAsync(activation.Id, EngineWorld.Publisher, CancellationToken.None));
        var again = await node.Desk.CancelAsync(activation.Id, EngineWorld.Publisher with { Email = "bob@shop.example" }, CancellationToken.None);

        Assert.Equal("already-cancelling", again?.Code);
        var intent = (await world.ReadAsync(activation.Id)).Intent;
        Assert.Equal(("ann@shop.example", world.Real.GetUtcNow()), (intent.CancelRequestedBy, intent.CancelRequestedAt));
    }

    [Fact]
    public async Task What_is_over_is_not_cancelled()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.CompleteAsync(Production);

        Assert.Equal("not-pending", (await node.Desk.CancelAsync(activation.Id, EngineWorld.Publisher, CancellationToken.None))?.Code);
        Assert.Equal("not-found", (await node.Desk.CancelAsync(99, EngineWorld.Publisher, CancellationToken.None))?.Code);
    }

    [Fact]
    public async Task The_window_of_Fast_Fallback_closes_after_60_minutes_of_simulated_time()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production with { Version = 1 });
        var active = await node.CompleteAsync(Production);
        var window = active.StartedAt + active.Status.EndedAfter!.Value + TimeSpan.FromMinutes(60) - world.Simulated.GetUtcNow();

        world.Simulated.Advance(window);
        Assert.Null(Admission.FastFallback(active, new NetworkFacts(null, active), attempted: false, world.Simulated.GetUtcNow()));
        world.Simulated.Advance(TimeSpan.FromTicks(1));

        Assert.Equal("window-closed", (await node.Desk.FastFallbackAsync(active.Id, EngineWorld.Publisher, CancellationToken.None)).Refusal?.Code);
    }

    [Fact]
    public async Task A_preview_tells_what_would_be_replaced()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var active = await node.CompleteAsync(Production with { Version = 1 });

        var preview = await node.PreviewAsync(EngineWorld.Shop, 4, Network.Production, EngineWorld.Publisher);

        Assert.Equal(
            (active.Id, 11, true, false),
            (preview!.Active?.Id, preview.Hostnames.Added.Count, preview.Class.IsException, preview.WasOnStaging)
        );
        Assert.Equal((null, null), (preview.Open, preview.Refusal));
        Assert.Null(await node.PreviewAsync(EngineWorld.Shop, 5, Network.Production, EngineWorld.Publisher));
        Assert.Null(await node.PreviewAsync(EngineWorld.Shop, 4, Network.Production, Access.None));
        Assert.Equal("not-found", (await node.Desk.FastFallbackAsync(active.Id, Access.None, CancellationToken.None)).Refusal?.Code);
    }

    [Fact]
    public async Task A_hostname_from_the_legacy_manager_makes_the_activation_that_brings_it_an_exception()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production with { Version = 1 });
        await using (var db = world.CreateDbContext())
        {
            db.Hostnames.Add(
                new()
                {
                    PropertyId = EngineWorld.Shop,
                    Version = 2,
                    CnameFrom = "old.shop.example",
                    EdgeHostname = "shop.example.edgekey.net",
                    MigratedFromLegacy = true,
                }
            );
            await db.SaveChangesAsync();
        }

        var preview = await node.PreviewAsync(EngineWorld.Shop, 2, Network.Production, EngineWorld.Publisher);
        var brought = await node.ActivateAsync(Production);

        Assert.Equal("1 hostname migrated from the legacy Configuration Manager", preview!.Class.Reason);
        Assert.Equal(preview.Class.Reason, brought.ExceptionReason);
    }
}
