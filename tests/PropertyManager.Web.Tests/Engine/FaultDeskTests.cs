using Microsoft.Data.Sqlite;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Edge;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>Trouble that is set before or while rollouts run, by those who may.</summary>
public sealed class FaultDeskTests
{
    private static readonly ActivationOrder Production = new(EngineWorld.Shop, 1, Network.Production, Acknowledged: true);
    private static readonly Fault Errors = new(FaultKind.ServerErrors, 0.6, TimeSpan.Zero);
    private static readonly Access NoDemo = EngineWorld.Publisher with { MayDemonstrate = false };
    private static readonly Access Stranger = EngineWorld.Publisher with { Roles = new Dictionary<long, Role> { [99] = Role.Publisher } };

    [Fact]
    public async Task What_waits_for_the_next_activation_strikes_that_one_alone()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var running = await node.ActivateAsync(new(EngineWorld.Shop, 1, Network.Staging, Acknowledged: true));
        var (standing, _) = await node.Faults.AddAsync(EngineWorld.Shop, Errors with { Once = true }, EngineWorld.Publisher, CancellationToken.None);

        await node.ActivateAsync(new(EngineWorld.Blog, 1, Network.Production, Acknowledged: true));
        Assert.Single(await node.Faults.ListAsync(EngineWorld.Publisher, CancellationToken.None), fault => fault.Id == standing!.Id);
        var next = await node.ActivateAsync(new(EngineWorld.Shop, 1, Network.Production, Acknowledged: true));

        Assert.Equal(Errors, Assert.Single((await world.ReadAsync(next.Id)).Intent.Faults));
        Assert.Empty((await world.ReadAsync(running.Id)).Intent.Faults);
        Assert.Empty(await node.Faults.ListAsync(EngineWorld.Publisher, CancellationToken.None));
    }

    [Fact]
    public async Task Standing_trouble_is_counted_for_each_property_and_for_all_of_them()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        async Task<string?> AddAsync(long? property) =>
            (await node.Faults.AddAsync(property, Errors, EngineWorld.Publisher, CancellationToken.None)).Refusal?.Message;

        for (var i = 0; i < FaultDesk.Most; i++)
            Assert.Null(await AddAsync(EngineWorld.Shop));
        Assert.StartsWith("For this property there are 20", await AddAsync(EngineWorld.Shop), StringComparison.Ordinal);
        Assert.Null(await AddAsync(EngineWorld.Blog));
        for (var i = 0; i < FaultDesk.Most; i++)
            Assert.Null(await AddAsync(null));
        Assert.StartsWith("For all properties there are 20", await AddAsync(null), StringComparison.Ordinal);
        Assert.Null(await AddAsync(EngineWorld.Blog));
    }

    [Fact]
    public async Task What_begins_with_a_phase_waits_for_an_activation_that_has_it()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var late = Errors with { Once = true, Phase = RolloutStage.World };
        await node.Faults.AddAsync(EngineWorld.Shop, late, EngineWorld.Publisher, CancellationToken.None);

        var staging = await node.ActivateAsync(Production with { Network = Network.Staging });
        var production = await node.ActivateAsync(Production);

        Assert.Empty((await world.ReadAsync(staging.Id)).Intent.Faults);
        Assert.Equal(RolloutStage.World, Assert.Single((await world.ReadAsync(production.Id)).Intent.Faults).Phase);
        Assert.Empty(await node.Faults.ListAsync(EngineWorld.Publisher, CancellationToken.None));
    }

    [Fact]
    public async Task What_is_set_while_an_activation_is_drawn_up_strikes_it_once()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        var node = world.StartNode();
        var answer = new FaultAnswer(null, null);
        meanwhile.BeforeTransaction(async () =>
            answer = await node.Faults.AddAsync(EngineWorld.Shop, Errors, EngineWorld.Publisher, CancellationToken.None)
        );

        var activation = await node.ActivateAsync(Production);

        Assert.NotNull(answer.Standing);
        Assert.Equal(Errors with { Standing = answer.Standing.Id }, Assert.Single((await world.ReadAsync(activation.Id)).Intent.Faults));
    }

    [Fact]
    public async Task What_is_set_just_before_an_activation_starts_strikes_it_once()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        var node = world.StartNode();
        Activation? started = null;
        meanwhile.BeforeTransaction(async () => started = await node.ActivateAsync(Production));

        var (standing, _) = await node.Faults.AddAsync(EngineWorld.Shop, Errors, EngineWorld.Publisher, CancellationToken.None);

        Assert.Equal(standing!.Id, Assert.Single((await world.ReadAsync(started!.Id)).Intent.Faults).Standing);
    }

    [Fact]
    public async Task Of_many_who_make_trouble_at_once_each_does()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);

        var struck = Enumerable
            .Range(0, 3)
            .Select(_ => Task.Run(() => node.Faults.StrikeAsync(activation.Id, Errors, EngineWorld.Publisher, CancellationToken.None)))
            .ToList();
        var standing = await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(_ => Task.Run(() => node.Faults.AddAsync(EngineWorld.Shop, Errors, EngineWorld.Publisher, CancellationToken.None)))
        );

        Assert.All(await Task.WhenAll(struck), Assert.Null);
        var faults = (await world.ReadAsync(activation.Id)).Intent.Faults;
        Assert.Equal(3, faults.Count(fault => fault.Standing is null));
        Assert.Equal(
            standing.Select(answer => answer.Standing?.Id).Order(),
            faults.Select(fault => fault.Standing).Where(id => id is not null).Order()
        );
    }

    [Fact]
    public async Task Trouble_set_while_it_runs_strikes_from_then_on_and_is_kept()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production with { Version = 2 });
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, ActivationState.World);
        var before = node.Feed.Find(activation.Id)!.Progress.Elapsed;

        Assert.Null(await node.Faults.StrikeAsync(activation.Id, Errors, EngineWorld.Publisher, CancellationToken.None));
        var ended = await node.RunAsync(activation.Id, seconds: 1);

        Assert.Equal(ActivationState.Aborted, ended.Status.State);
        Assert.Contains("4xx+5xx rose", ended.Status.Cause, StringComparison.Ordinal);
        var kept = Assert.Single(ended.Intent.Faults);
        Assert.InRange(kept.From, before, before + TimeSpan.FromSeconds(3));
        Assert.Equal(1, ended.Intent.FaultsRevision);
    }

    [Fact]
    public async Task Ended_trouble_does_no_more_harm_and_what_it_did_stays()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, ActivationState.Canary);
        var mild = new Fault(FaultKind.Overload, 0.04, TimeSpan.Zero) { Scope = FaultScope.Everywhere };
        await node.Faults.StrikeAsync(activation.Id, mild, EngineWorld.Publisher, CancellationToken.None);
        await node.RunToAsync(activation.Id, ActivationState.World);

        Assert.Null(await node.Faults.EndAsync(activation.Id, 0, EngineWorld.Publisher, CancellationToken.None));
        var ended = await node.RunAsync(activation.Id);

        var fault = Assert.Single(ended.Intent.Faults);
        Assert.NotNull(fault.Until);
        var edge = new SimulatedEdgeNetwork(1);
        var order = ended.OrderFor(await world.TrafficAsync(EngineWorld.Shop));
        Assert.NotEqual(0, edge.Recall(order, fault.Until.Value - TimeSpan.FromSeconds(1)).UpdatedServers.Overloaded);
        Assert.Equal(0, edge.Recall(order, fault.Until.Value).UpdatedServers.Overloaded);
    }

    [Fact]
    public async Task A_phase_that_is_yet_to_come_starts_the_clock_of_its_trouble_and_one_that_is_past_does_not()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, ActivationState.Live);
        var small = new Fault(FaultKind.Overload, 0.001, TimeSpan.FromSeconds(7));

        await node.Faults.StrikeAsync(activation.Id, small with { Phase = RolloutStage.World }, EngineWorld.Publisher, CancellationToken.None);
        await node.Faults.StrikeAsync(activation.Id, small with { Phase = RolloutStage.Canary }, EngineWorld.Publisher, CancellationToken.None);

        var faults = (await world.ReadAsync(activation.Id)).Intent.Faults;
        Assert.Equal((RolloutStage.World, TimeSpan.FromSeconds(7)), (faults[0].Phase, faults[0].From));
        Assert.Null(faults[1].Phase);
        Assert.True(faults[1].From > node.Feed.Find(activation.Id)!.Progress.Elapsed);
    }

    [Fact]
    public async Task Standing_trouble_strikes_what_runs_and_what_starts_until_it_is_removed()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(Production with { Version = 2 });
        var running = await node.ActivateAsync(Production with { PropertyId = EngineWorld.Blog });
        await node.RunToAsync(running.Id, ActivationState.Canary);

        Assert.Null((await node.Faults.AddAsync(null, Errors, EngineWorld.Publisher, CancellationToken.None)).Refusal);
        var standing = Assert.Single(await node.Faults.ListAsync(EngineWorld.Publisher, CancellationToken.None));
        var started = await node.CompleteAsync(Production);
        Assert.Null(await node.Faults.RemoveAsync(standing.Id, EngineWorld.Publisher, CancellationToken.None));
        var after = await node.CompleteAsync(Production);

        Assert.Equal((ActivationState.Aborted, standing.Id), (started.Status.State, started.Intent.Faults.Single().Standing));
        Assert.Equal((ActivationState.Active, 0), (after.Status.State, after.Intent.Faults.Count));
        // The one that ran was struck, and ended while the trouble stood.
        Assert.Equal(standing.Id, (await world.ReadAsync(running.Id)).Intent.Faults.Single().Standing);
        Assert.Empty(await node.Faults.ListAsync(EngineWorld.Publisher, CancellationToken.None));
    }

    [Fact]
    public async Task What_fails_to_strike_all_that_runs_does_not_stand_and_can_be_tried_again()
    {
        var database = new FailingDatabase();
        await using var world = new EngineWorld(interceptors: database);
        var node = world.StartNode();
        Activation[] running = [await node.ActivateAsync(Production), await node.ActivateAsync(Production with { PropertyId = EngineWorld.Blog })];

        database.FailsAt = "UPDATE \"Activations\"";
        await Assert.ThrowsAsync<SqliteException>(() => node.Faults.AddAsync(null, Errors, EngineWorld.Publisher, CancellationToken.None));

        database.FailsAt = null;
        Assert.Empty(await node.Faults.ListAsync(EngineWorld.Publisher, CancellationToken.None));
        var (standing, _) = await node.Faults.AddAsync(null, Errors, EngineWorld.Publisher, CancellationToken.None);
        foreach (var activation in running)
            Assert.Equal(standing!.Id, Assert.Single((await world.ReadAsync(activation.Id)).Intent.Faults).Standing);
    }

    [Fact]
    public async Task What_is_removed_frees_all_that_it_struck_or_still_stands()
    {
        var database = new FailingDatabase();
        await using var world = new EngineWorld(interceptors: database);
        var node = world.StartNode();
        var late = Errors with { From = TimeSpan.FromHours(1) };
        Activation[] running = [await node.ActivateAsync(Production), await node.ActivateAsync(Production with { PropertyId = EngineWorld.Blog })];
        var (standing, _) = await node.Faults.AddAsync(null, late, EngineWorld.Publisher, CancellationToken.None);

        database.FailsAt = "UPDATE \"Activations\"";
        await Assert.ThrowsAsync<SqliteException>(() => node.Faults.RemoveAsync(standing!.Id, EngineWorld.Publisher, CancellationToken.None));

        database.FailsAt = null;
        Assert.Single(await node.Faults.ListAsync(EngineWorld.Publisher, CancellationToken.None));
        Assert.Null(await node.Faults.RemoveAsync(standing!.Id, EngineWorld.Publisher, CancellationToken.None));
        foreach (var activation in running)
            Assert.NotNull((await world.ReadAsync(activation.Id)).Intent.Faults.Single().Until);
        Assert.Equal("not-found", (await node.Faults.RemoveAsync(standing.Id, EngineWorld.Publisher, CancellationToken.None))?.Code);
    }

    [Fact]
    public async Task Standing_trouble_of_one_property_strikes_no_other()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();

        await node.Faults.AddAsync(EngineWorld.Blog, Errors, EngineWorld.Publisher, CancellationToken.None);

        Assert.Empty((await node.ActivateAsync(Production)).Intent.Faults);
        Assert.Single((await node.ActivateAsync(Production with { PropertyId = EngineWorld.Blog })).Intent.Faults);
    }

    [Fact]
    public async Task Who_may_not_demonstrate_or_does_not_see_the_property_changes_nothing()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        await node.Faults.StrikeAsync(activation.Id, Errors with { From = TimeSpan.FromHours(1) }, EngineWorld.Publisher, CancellationToken.None);
        await node.Faults.AddAsync(EngineWorld.Blog, Errors, EngineWorld.Publisher, CancellationToken.None);

        foreach (var (by, code) in new[] { (NoDemo, "not-permitted"), (Stranger, "not-found") })
        {
            Assert.Equal(code, (await node.Faults.StrikeAsync(activation.Id, Errors, by, CancellationToken.None))?.Code);
            Assert.Equal(code, (await node.Faults.EndAsync(activation.Id, 0, by, CancellationToken.None))?.Code);
            Assert.Equal(code, (await node.Faults.AddAsync(EngineWorld.Shop, Errors, by, CancellationToken.None)).Refusal?.Code);
        }
        Assert.Equal("not-permitted", (await node.Faults.RemoveAsync(1, NoDemo, CancellationToken.None))?.Code);
        Assert.Equal("not-found", (await node.Faults.RemoveAsync(1, Stranger, CancellationToken.None))?.Code);
        Assert.Equal(1, (await world.ReadAsync(activation.Id)).Intent.FaultsRevision);
        Assert.Empty(await node.Faults.ListAsync(Stranger, CancellationToken.None));
    }

    [Fact]
    public async Task Who_may_demonstrate_does_it_where_they_are_publisher_and_for_all_properties_only_where_they_publish_all()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.ActivateAsync(Production);
        var viewer = EngineWorld.Publisher with
        {
            Roles = new Dictionary<long, Role> { [1] = Role.Viewer, [99] = Role.Publisher },
        };
        var (standing, _) = await node.Faults.AddAsync(EngineWorld.Shop, Errors, EngineWorld.Publisher, CancellationToken.None);

        Refusal?[] refusals =
        [
            await node.Faults.StrikeAsync(activation.Id, Errors, viewer, CancellationToken.None),
            await node.Faults.EndAsync(activation.Id, 0, viewer, CancellationToken.None),
            (await node.Faults.AddAsync(EngineWorld.Shop, Errors, viewer, CancellationToken.None)).Refusal,
            await node.Faults.RemoveAsync(standing!.Id, viewer, CancellationToken.None),
            await new TrafficDesk(world).SaveAsync(EngineWorld.Shop, await world.TrafficAsync(EngineWorld.Shop), viewer, CancellationToken.None),
        ];

        Assert.All(refusals, refusal => Assert.Contains("role Publisher for www.shop.example", refusal?.Message, StringComparison.Ordinal));
        Assert.All(refusals, refusal => Assert.Equal("not-permitted", refusal!.Code));
        var forAll = (await node.Faults.AddAsync(null, Errors, viewer, CancellationToken.None)).Refusal;
        Assert.Equal("not-permitted", forAll?.Code);
        Assert.Contains("do not have the role Publisher: choose one property", forAll!.Message, StringComparison.Ordinal);
        Assert.NotNull((await node.Faults.AddAsync(null, Errors, EngineWorld.Publisher, CancellationToken.None)).Standing);
    }

    [Theory]
    [InlineData(Role.Admin, true, false, true)]
    [InlineData(Role.Admin, true, true, false)]
    [InlineData(Role.Admin, false, false, false)]
    [InlineData(Role.Publisher, true, false, false)]
    [InlineData(Role.Editor, true, false, false)]
    public async Task The_speed_of_simulated_time_takes_an_administrator(Role role, bool mayDemonstrate, bool isConfined, bool may)
    {
        await using var world = new EngineWorld();
        var speed = 20.0;
        var desk = new SimulationDesk(new(() => speed, wanted => speed = wanted), world.StartNode().Ledger, world.Real, world.Simulated);
        var by = EngineWorld.Publisher with
        {
            MayDemonstrate = mayDemonstrate,
            IsConfined = isConfined,
            Roles = new Dictionary<long, Role> { [1] = role },
        };

        var refusal = await desk.SetSpeedAsync(60, by, CancellationToken.None);

        Assert.Equal((may, may ? 60 : 20), (by.MayChangeSpeed, speed));
        Assert.Equal(may ? null : "not-permitted", refusal?.Code);
    }

    [Theory]
    [InlineData(1.1, 0, null, "A share is from 0 to 100 %.")]
    [InlineData(double.NaN, 0, null, "A share is from 0 to 100 %.")]
    [InlineData(0.5, -1, null, "A fault begins and ends within 24 hours.")]
    [InlineData(0.5, 60, 60, "A fault ends after it begins.")]
    public async Task What_cannot_be_is_refused_with_the_reason(double share, double from, int? until, string message)
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var fault = new Fault(FaultKind.Crash, share, TimeSpan.FromSeconds(from)) { Until = until is { } end ? TimeSpan.FromSeconds(end) : null };

        var answer = await node.Desk.SubmitAsync(Production with { Faults = [fault] }, EngineWorld.Publisher, CancellationToken.None);

        Assert.Equal(new Refusal("invalid-fault", message), answer.Refusal);
    }

    [Fact]
    public async Task A_place_without_a_server_is_refused()
    {
        await using var world = new EngineWorld();
        var fault = Errors with { Scope = new() { City = "Atlantis" } };

        var (_, refusal) = await world.StartNode().Faults.AddAsync(null, fault, EngineWorld.Publisher, CancellationToken.None);

        Assert.Equal(("invalid-fault", "No server stands in the place that was named."), (refusal?.Code, refusal?.Message));
    }

    [Fact]
    public async Task What_is_over_cannot_be_struck()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        var activation = await node.CompleteAsync(Production);

        Assert.Equal("not-pending", (await node.Faults.StrikeAsync(activation.Id, Errors, EngineWorld.Publisher, CancellationToken.None))?.Code);
    }

    [Fact]
    public async Task The_package_is_the_version_as_it_was_signed()
    {
        await using var world = new EngineWorld();
        var activation = await world.StartNode().ActivateAsync(Production);

        await using var db = world.CreateDbContext();
        var kept = await db.Packages.FindAsync(activation.Id);

        Assert.Equal("prp_1 v1", kept!.Revision);
        Assert.Contains("Property name: www.shop.example, version: 1", System.Text.Encoding.UTF8.GetString(kept.Content), StringComparison.Ordinal);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(kept.Content), kept.Sha256);
    }
}
