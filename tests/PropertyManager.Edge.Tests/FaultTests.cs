using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Tests;

namespace PropertyManager.Edge.Tests;

/// <summary>Each kind of trouble, in each scope, at its time.</summary>
public sealed class FaultTests
{
    private static readonly SimulatedEdgeNetwork Edge = new(1);
    private static readonly TrafficProfile Traffic = new(
        20_000,
        new Dictionary<string, double>(StringComparer.Ordinal) { ["US"] = 0.5, ["DE"] = 0.5 },
        new(0.95, 0.045, 0.004, 0.001)
    );
    private static readonly RolloutPlan Plan = RolloutPlanner.Plan(
        Network.Production,
        Edge.Survey(Network.Production, 7, Traffic),
        RolloutPace.Standard,
        3
    );
    private static readonly TimeSpan Released = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData(FaultKind.ServerErrors, 0.3, true, 0.3, 0.0)]
    [InlineData(FaultKind.ServerErrors, 0.3, false, 0.3, 0.3)]
    [InlineData(FaultKind.ClientErrors, 0.3, true, 0.3, 0.0)]
    [InlineData(FaultKind.OriginDown, 1, false, 0.12, 0.12)]
    [InlineData(FaultKind.OriginDown, 0.5, true, 0.06, 0.0)]
    [InlineData(FaultKind.Crash, 1, false, 0.0, 0.0)]
    public void Errors_show_on_the_servers_that_are_meant(FaultKind kind, double share, bool onlyUpdated, double updated, double others)
    {
        var seen = Seen(new Fault(kind, share, TimeSpan.Zero) { Scope = new() { OnlyUpdated = onlyUpdated } });

        Assert.InRange(seen.Updated.ErrorRatio, updated, updated + 0.02);
        Assert.InRange(seen.Others.ErrorRatio, others * 0.95, others + 0.02);
    }

    [Theory]
    [InlineData(FaultKind.Crash)]
    [InlineData(FaultKind.Unavailable)]
    [InlineData(FaultKind.Overload)]
    public void Harm_shows_on_the_servers_that_are_meant(FaultKind kind)
    {
        var updatedOnly = Seen(new Fault(kind, 0.4, TimeSpan.Zero));
        var everywhere = Seen(new Fault(kind, 0.4, TimeSpan.Zero) { Scope = FaultScope.Everywhere });
        var half = Seen(new Fault(kind, 0.4, TimeSpan.Zero) { Scope = new() { Servers = 0.5 } });

        Assert.Equal(
            kind switch
            {
                FaultKind.Crash => updatedOnly.UpdatedServers.Rebooting,
                FaultKind.Overload => updatedOnly.UpdatedServers.Overloaded,
                _ => updatedOnly.UpdatedServers.Unavailable,
            },
            updatedOnly.UpdatedServers.Harmed
        );
        Assert.InRange(updatedOnly.UpdatedServers.HarmedRatio, 0.35, 0.45);
        Assert.InRange(updatedOnly.OtherServers.HarmedRatio, 0, 0.001);
        Assert.InRange(everywhere.OtherServers.HarmedRatio, 0.39, 0.41);
        Assert.InRange(half.UpdatedServers.HarmedRatio, 0.15, 0.25);
    }

    [Fact]
    public void Trouble_with_one_ISP_is_seen_there_and_named()
    {
        var isp = Busiest(place => place.Asn);
        var (activation, _) = Run(new Fault(FaultKind.Crash, 1, TimeSpan.Zero) { Scope = new() { Asn = isp } });

        Assert.Equal(ActivationState.Aborted, activation.Status.State);
        Assert.Contains($", all in AS{isp} (", activation.Status.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Trouble_in_one_country_is_seen_there_and_named()
    {
        var (activation, seen) = Run(new Fault(FaultKind.ServerErrors, 1, TimeSpan.Zero) { Scope = new() { Country = "DE" } });

        Assert.Equal(ActivationState.Aborted, activation.Status.State);
        Assert.Contains(
            ", all in Germany; version 1",
            activation.History.Single(row => row.Reason.StartsWith("Cancelled", StringComparison.Ordinal)).Reason,
            StringComparison.Ordinal
        );
        var regions = seen.Regions!();
        Assert.All(regions.Where(region => region.Place.Country != "DE"), region => Assert.True(region.Errors < 0.05 * region.Hits));
    }

    [Fact]
    public void Trouble_in_one_city_and_in_one_region_is_seen_there_and_named()
    {
        var city = Busiest(place => place.City);
        var inCity = Seen(new Fault(FaultKind.Unavailable, 1, TimeSpan.Zero) { Scope = new() { City = city } });
        var region = Busiest(place => place.Region);
        var inRegion = Seen(new Fault(FaultKind.Unavailable, 1, TimeSpan.Zero) { Scope = new() { Region = region } });

        Assert.NotEqual(0, inCity.UpdatedServers.Unavailable);
        Assert.All(inCity.Regions!(), seen => Assert.Equal(seen.Place.City == city, seen.Harmed > 0));
        Assert.NotEqual(0, inRegion.UpdatedServers.Unavailable);
        Assert.All(inRegion.Regions!(), seen => Assert.Equal(seen.Place.Region == region, seen.Harmed > 0));
    }

    [Fact]
    public void It_lasts_from_its_beginning_to_its_end_and_a_crashed_server_reboots()
    {
        var fault = new Fault(FaultKind.Crash, 1, TimeSpan.FromSeconds(100)) { Until = TimeSpan.FromSeconds(110) };

        Assert.Equal(0, Seen(fault, 99.9).UpdatedServers.Rebooting);
        Assert.NotEqual(0, Seen(fault, 100).UpdatedServers.Rebooting);
        Assert.NotEqual(0, Seen(fault, 110 + 89).UpdatedServers.Rebooting);
        Assert.Equal(0, Seen(fault, 110 + 90).UpdatedServers.Rebooting);
    }

    [Fact]
    public void In_a_phase_it_begins_when_the_phase_does()
    {
        var (activation, _) = Run(
            new Fault(FaultKind.Unavailable, 0.5, TimeSpan.FromSeconds(30))
            {
                Phase = RolloutStage.World,
                Scope = new() { Servers = 0.5 },
            }
        );

        var world = activation.Status.Releases[activation.Plan.Steps.TakeWhile(step => step.Stage != RolloutStage.World).Count()];
        Assert.Equal(ActivationState.Aborted, activation.Status.State);
        Assert.Equal(world + TimeSpan.FromSeconds(30), activation.Status.CancelledAfter);
    }

    [Fact]
    public void Bad_copies_are_refused_and_fetched_again_and_three_of_them_suspend_the_server()
    {
        var all = Plan.Steps[0].Servers;
        var good = Seen(new Fault(FaultKind.CorruptedTransfer, 0, TimeSpan.Zero));
        var some = Seen(new Fault(FaultKind.CorruptedTransfer, 0.5, TimeSpan.Zero));
        var none = Seen(new Fault(FaultKind.CorruptedTransfer, 1, TimeSpan.Zero));

        Assert.Equal((all, 0, 0), (good.Installed, good.Suspended, good.BadCopies));
        Assert.InRange(some.Suspended, all / 8 - 1, all / 8 + 1);
        Assert.Equal((0, all, 3 * all), (none.Installed, none.Suspended, none.BadCopies));
        // A quarter refuses one copy, an eighth two, an eighth three: 0.25 + 2 × 0.125 + 3 × 0.125 of them all.
        Assert.InRange(some.BadCopies, 0.8 * all, 0.95 * all);
    }

    [Fact]
    public void Stragglers_hold_a_step_up_no_longer_than_patience_and_are_listed()
    {
        var slow = new Fault(FaultKind.SlowInstall, 1, TimeSpan.Zero)
        {
            Slowness = 60,
            Scope = new() { Country = "DE", Servers = 0.02 },
        };
        var (activation, _) = Run(slow);

        Assert.Equal(ActivationState.Active, activation.Status.State);
        var order = activation.OrderFor(Traffic);
        var end = Edge.Recall(order, activation.Status.EndedAfter!.Value);
        Assert.NotEqual(0, end.Suspended);
        Assert.Equal(Plan.Servers, end.Installed + end.Suspended);
        var longest = Plan
            .Steps.Select(
                (step, index) =>
                    index + 1 < activation.Status.Releases.Count
                        ? activation.Status.Releases[index + 1] - activation.Status.Releases[index] - step.Soak
                        : TimeSpan.Zero
            )
            .Max();
        Assert.InRange(longest, Plan.Pace.Patience, Plan.Pace.Patience + TimeSpan.FromSeconds(2));

        var listed = Edge.Suspended(order, activation.Status.EndedAfter.Value, 10_000);
        Assert.Equal(end.Suspended, listed.Count);
        Assert.Equal(listed.Count, listed.Select(server => (server.Place.Region, server.Server)).Distinct().Count());
        Assert.All(listed, server => Assert.InRange(server.Server, 1, server.Place.Servers));
        Assert.True(listed.Count(server => server.Place.Country == "DE") > 0.95 * listed.Count);
        Assert.Equal(5, Edge.Suspended(order, activation.Status.EndedAfter.Value, 5).Count);
    }

    [Fact]
    public void An_outage_that_strikes_all_servers_is_not_blamed_on_the_version()
    {
        var (activation, _) = Run(
            new Fault(FaultKind.Unavailable, 0.3, TimeSpan.Zero) { Until = TimeSpan.FromMinutes(5), Scope = FaultScope.Everywhere }
        );
        var (origin, _) = Run(new Fault(FaultKind.OriginDown, 1, TimeSpan.FromSeconds(40)) { Scope = FaultScope.Everywhere });

        Assert.Equal(ActivationState.Active, activation.Status.State);
        // The source's limit compares with before: it cancels, and says what else is known.
        Assert.Equal(ActivationState.Aborted, origin.Status.State);
        Assert.Contains("; servers with the version before have 1", origin.Status.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Users_move_to_servers_that_are_not_updated_yet_and_meet_the_new_version_at_the_end()
    {
        var activation = Courses.Accepted(Network.Production, Plan);
        Dictionary<RolloutStage, List<double>> onPrevious = [];
        Courses.Run(
            Edge,
            activation,
            Traffic,
            seen =>
            {
                if (activation.Status.Releases.Count > 0)
                    (
                        onPrevious.TryGetValue(Plan.Steps[activation.Status.Releases.Count - 1].Stage, out var list)
                            ? list
                            : onPrevious[Plan.Steps[activation.Status.Releases.Count - 1].Stage] = []
                    ).Add(seen.HitsOnPrevious);
            }
        );

        Assert.InRange(onPrevious[RolloutStage.Canary].Average(), 0.9, 1);
        // Live traffic is on it, but for those who were mapped elsewhere meanwhile.
        Assert.InRange(onPrevious[RolloutStage.World][0], 0.002, 0.06);
        Assert.Equal(0, onPrevious[RolloutStage.World][^1], 3);
    }

    private static T Busiest<T>(Func<RegionPlace, T> of)
        where T : notnull
    {
        var places = Edge.Places(Network.Production);
        var sizes = places.Select(place => new RegionServers(place.Region, place.Servers, 0)).ToList();
        var canaries = RolloutPlanner.ServersByRegion(Plan, Plan.Steps[0], sizes);
        return places.GroupBy(of).MaxBy(group => group.Sum(place => canaries[place.Region]))!.Key;
    }

    /// <summary>The small group has it, for as long as is said.</summary>
    private static RolloutObservation Seen(Fault fault, double? at = null) =>
        Edge.Recall(
            new RolloutOrder(1, Network.Production, 7, Traffic, Plan, [Released], [fault], Rollback: null),
            at is { } seconds ? TimeSpan.FromSeconds(seconds) : Later
        );

    private static (Activation Activation, RolloutObservation Last) Run(Fault fault)
    {
        var activation = Courses.Accepted(Network.Production, Plan, faults: [fault], id: Interlocked.Increment(ref _ids));
        RolloutObservation? last = null;
        Courses.Run(Edge, activation, Traffic, seen => last = activation.Status.CancelledAfter is null ? seen : last);
        return (activation, last!);
    }

    private static long _ids;
}
