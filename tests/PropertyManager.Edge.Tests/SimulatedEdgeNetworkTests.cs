using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Tests;

namespace PropertyManager.Edge.Tests;

public sealed class SimulatedEdgeNetworkTests
{
    private static readonly SimulatedEdgeNetwork Edge = new(1);
    private static readonly RolloutPlan Standard = Plan(5_000);

    /// <summary>Steps started at any gaps, trouble of any kind, a way back or none.</summary>
    private static readonly Gen<RolloutOrder> Orders =
        from seed in Gen.Choose(1, 1_000_000)
        from gaps in Gen.Choose(5, 120).ListOf(Standard.Steps.Count)
        from started in Gen.Choose(0, Standard.Steps.Count)
        from faults in Faults
        from cancelled in Gen.Choose(-1, 200)
        let plan = Standard with
        {
            Seed = seed,
        }
        let releases = Releases(gaps.Take(started))
        let decided = (releases is [.., var last] ? last : TimeSpan.Zero) + TimeSpan.FromSeconds(cancelled)
        select Order(plan, releases, faults) with
        {
            Rollback = cancelled < 0 ? null : new(decided, RolloutPlanner.PlanRollback(plan, started), Releases(gaps.Take(started), decided)),
        };

    private static Gen<IReadOnlyList<Fault>> Faults =>
        from faults in (
            from kind in Gen.Elements(Enum.GetValues<FaultKind>())
            from share in Gen.Choose(0, 100)
            from after in Gen.Choose(0, 600)
            select new Fault(kind, share / 100.0, TimeSpan.FromSeconds(after))
        ).ListOf()
        select (IReadOnlyList<Fault>)[.. faults.Take(2)];

    [Fact]
    public void What_is_seen_at_an_instant_depends_on_nothing_seen_before() =>
        ForAll(
            (order, instants) =>
            {
                var played = Carried(order);
                var seen = instants.Select(at => Text(played.Observe(order.ActivationId, at))).ToList();
                return instants.Zip(seen).All(pair => Text(Carried(order).Observe(order.ActivationId, pair.First)) == pair.Second);
            }
        );

    [Fact]
    public void A_newer_order_keeps_what_was_done() =>
        ForAll(
            (order, instants) =>
            {
                if (order.Releases.Count == 0 || order.Rollback is not null)
                    return true;
                var network = Carried(order with { Releases = [.. order.Releases.SkipLast(1)] });
                var before = instants.Where(at => at <= order.Releases[^1]).ToDictionary(at => at, at => network.Observe(order.ActivationId, at));
                network.Carry(order);
                return before.All(pair =>
                {
                    var now = network.Observe(order.ActivationId, pair.Key);
                    return now.InstalledByStep.Take(pair.Value.InstalledByStep.Count).SequenceEqual(pair.Value.InstalledByStep)
                        && now.InstalledByStep.Skip(pair.Value.InstalledByStep.Count).All(count => count == 0)
                        && now.Suspended == pair.Value.Suspended
                        && now.Updated == pair.Value.Updated;
                });
            }
        );

    [Fact]
    public void Counts_never_go_back() =>
        ForAll(
            (order, instants) =>
            {
                var network = Carried(order);
                var seen = instants.Order().Select(at => network.Observe(order.ActivationId, at)).ToList();
                return seen.Zip(seen.Skip(1))
                    .All(pair =>
                        pair.First.InstalledByStep.Count <= pair.Second.InstalledByStep.Count
                        && pair.First.InstalledByStep.Zip(pair.Second.InstalledByStep).All(step => step.First <= step.Second)
                        && pair.First.Suspended <= pair.Second.Suspended
                        && pair.First.Restored <= pair.Second.Restored
                        && pair.First.Updated.Hits <= pair.Second.Updated.Hits + 1e-6
                    );
            }
        );

    [Fact]
    public void Every_server_that_was_told_to_install_is_installing_installed_or_suspended() =>
        ForAll(
            (order, instants) =>
            {
                var network = Carried(order);
                return order.Rollback is not null
                    || instants.All(at =>
                    {
                        var seen = network.Observe(order.ActivationId, at);
                        return seen.Installed + seen.Installing + seen.Suspended
                                == order.Plan.Steps.Take(order.Releases.Count(release => release <= at)).Sum(step => step.Servers)
                            && seen is { Installing: >= 0, Suspended: >= 0, Restored: 0 }
                            && seen.UpdatedServers.Servers + seen.OtherServers.Servers == order.Plan.Servers;
                    });
            }
        );

    [Fact]
    public void A_way_back_ends_with_every_server_restored() =>
        ForAll(
            (order, _) =>
            {
                if (order.Rollback is null || order.Releases.Count == 0)
                    return true;
                var end = Carried(order).Observe(order.ActivationId, TimeSpan.FromHours(2));
                return end.Restored == end.Installed
                    && end.Installing == 0
                    && end.RestoreStepDoneAt is not null
                    && Math.Abs(end.HitsOnPrevious - 1) < 1e-9;
            }
        );

    [Fact]
    public void Nothing_is_installed_once_the_way_back_is_decided() =>
        ForAll(
            (order, instants) =>
            {
                if (order.Rollback is not { } back)
                    return true;
                var network = Carried(order);
                var then = network.Observe(order.ActivationId, back.From).Installed;
                return instants.Where(at => at >= back.From).All(at => network.Observe(order.ActivationId, at).Installed == then);
            }
        );

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(180)]
    [InlineData(300)]
    [InlineData(480)]
    public void A_cancelled_activation_is_taken_back_whenever_it_is_cancelled(int second)
    {
        var activation = Courses.Accepted(Network.Production, Standard);
        RolloutObservation? last = null;

        Courses.Run(
            Edge,
            activation,
            Traffic(5_000),
            seen =>
            {
                last = seen;
                if (seen.Elapsed >= TimeSpan.FromSeconds(second))
                    activation.Intent.CancelRequestedAt ??= DateTimeOffset.UnixEpoch;
            }
        );

        Assert.Equal((ActivationState.Aborted, TimeSpan.FromSeconds(second)), (activation.Status.State, activation.Status.CancelledAfter));
        Assert.Equal((last!.Installed, 0, 1.0), (last.Restored, last.Installing, Math.Round(last.HitsOnPrevious, 9)));
        Assert.True(activation.Status.EndedAfter - activation.Status.CancelledAfter < TimeSpan.FromMinutes(3), activation.Status.ToString());
    }

    [Theory]
    [InlineData(5_000, FaultKind.ServerErrors, 0.5, true, "4xx+5xx rose")]
    [InlineData(5_000, FaultKind.ClientErrors, 0.5, true, "4xx+5xx rose")]
    [InlineData(1_000, FaultKind.ServerErrors, 0.5, true, "4xx+5xx rose")]
    [InlineData(5_000, FaultKind.ServerErrors, 0.5, false, null)]
    [InlineData(5_000, FaultKind.ServerErrors, 0.05, true, null)]
    [InlineData(999, FaultKind.ServerErrors, 0.5, true, null)]
    [InlineData(5_000, FaultKind.Crash, 0.3, false, "Server health")]
    [InlineData(5_000, FaultKind.Crash, 0.01, true, null)]
    [InlineData(5_000, FaultKind.CorruptedTransfer, 0.5, true, "Server health")]
    public void Harm_in_the_first_small_group_cancels_and_goes_no_further(double hits, FaultKind kind, double share, bool limit, string? cause)
    {
        var activation = Courses.Accepted(Network.Production, Plan(hits), limit: limit, faults: [new(kind, share, TimeSpan.Zero)]);

        Courses.Run(Edge, activation, Traffic(hits));

        if (cause is null)
        {
            Assert.Equal(ActivationState.Active, activation.Status.State);
            return;
        }
        Assert.Equal((ActivationState.Aborted, 1), (activation.Status.State, activation.Status.Releases.Count));
        Assert.Contains(cause, activation.Status.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_that_every_server_refuses_fails_the_activation()
    {
        var activation = Courses.Accepted(Network.Staging, Plan(Network.Staging), faults: [new(FaultKind.CorruptedTransfer, 1, TimeSpan.Zero)]);

        Courses.Run(Edge, activation, Traffic(5_000));

        Assert.Equal((ActivationState.Failed, 1), (activation.Status.State, activation.Status.Releases.Count));
    }

    [Fact]
    public void Staging_has_no_hits_to_go_wrong()
    {
        var activation = Courses.Accepted(Network.Staging, Plan(Network.Staging), faults: [new(FaultKind.ServerErrors, 1, TimeSpan.Zero)]);
        var hits = 0.0;

        Courses.Run(Edge, activation, Traffic(5_000), seen => hits += seen.Updated.Hits + seen.HitsOnPrevious);

        Assert.Equal((ActivationState.Active, 0.0), (activation.Status.State, hits));
    }

    [Fact]
    public void Trouble_shows_in_the_samples_of_the_updated_servers_from_its_instant_on()
    {
        var at = TimeSpan.FromMinutes(10);
        var good = Seen([]);
        var canary = Standard.Steps[0].Servers;

        Assert.InRange(good.Updated.ErrorRatio, 0.03, 0.05);
        Assert.InRange(Seen([new(FaultKind.ServerErrors, 0.4, TimeSpan.Zero)]).Updated.ServerError5xx / good.Updated.Hits, 0.40, 0.42);
        Assert.InRange(Seen([new(FaultKind.ClientErrors, 0.4, TimeSpan.Zero)]).Updated.ClientError4xx / good.Updated.Hits, 0.40, 0.45);
        Assert.InRange(Seen([new(FaultKind.ServerErrors, 1, at - TimeSpan.FromSeconds(60))]).Updated.ServerError5xx / good.Updated.Hits, 0.1, 0.13);
        Assert.Equal(good.Updated, Seen([new(FaultKind.ServerErrors, 1, at)]).Updated);
        Assert.Equal(good.Baseline, Seen([new(FaultKind.ServerErrors, 1, TimeSpan.Zero)]).Baseline);
        Assert.Equal(
            new ServerSample(canary, 0, Rebooting: (int)Math.Round(canary * 0.5)),
            Seen([new(FaultKind.Crash, 0.5, TimeSpan.Zero)]).UpdatedServers
        );

        var refused = Seen([new(FaultKind.CorruptedTransfer, 0.25, TimeSpan.Zero)]);
        // Three copies in a row are bad for one server in 64; the first is for one in four.
        Assert.Equal((int)Math.Round(canary / 64.0), refused.Suspended);
        Assert.Equal(canary - refused.Suspended, refused.Installed);
        Assert.InRange(refused.BadCopies, canary / 4, canary / 2);
        Assert.Equal(new ServerSample(canary, 0, Suspended: refused.Suspended), refused.UpdatedServers);

        RolloutObservation Seen(IReadOnlyList<Fault> faults) => Carried(Order(Standard, [TimeSpan.FromSeconds(50)], faults)).Observe(1, at);
    }

    [Fact]
    public void Baseline_is_the_hits_of_five_minutes() =>
        Assert.InRange(Carried(Order(Standard, [], [])).Observe(1, TimeSpan.Zero).Baseline.Hits, 0.9 * 300 * 5_000, 1.1 * 300 * 5_000);

    [Fact]
    public void What_was_not_carried_or_is_forgotten_cannot_be_observed()
    {
        var network = Carried(Order(Standard, [], []));
        network.Forget(1);

        Assert.Throws<InvalidOperationException>(() => network.Observe(1, TimeSpan.Zero));
        Assert.Throws<InvalidOperationException>(() => network.Observe(2, TimeSpan.Zero));
    }

    [Fact]
    public void Survey_counts_the_servers_of_a_network_and_those_with_live_traffic()
    {
        var (staging, production) = (Edge.Survey(Network.Staging, 7, Traffic(1_000)), Edge.Survey(Network.Production, 7, Traffic(1_000)));

        Assert.Equal((250, 0), (staging.Sum(region => region.Servers), staging.Sum(region => region.Live)));
        Assert.Equal(350_000, production.Sum(region => region.Servers));
        Assert.InRange(production.Sum(region => region.Live), 100, 400);
    }

    private static RolloutPlan Plan(double hits) =>
        RolloutPlanner.Plan(Network.Production, Edge.Survey(Network.Production, 7, Traffic(hits)), RolloutPace.Standard, 3);

    private static RolloutPlan Plan(Network network) => RolloutPlanner.Plan(network, Edge.Survey(network, 7, Traffic(1_000)), RolloutPace.Staging, 3);

    private static RolloutOrder Order(RolloutPlan plan, IReadOnlyList<TimeSpan> releases, IReadOnlyList<Fault> faults) =>
        new(1, Network.Production, 7, Traffic(5_000), plan, releases, faults, Rollback: null);

    /// <summary>The fleets do not matter to what is observed: one network serves all, each order in an activation's place of its own.</summary>
    private static SimulatedEdgeNetwork Carried(RolloutOrder order)
    {
        Edge.Forget(order.ActivationId);
        Edge.Carry(order);
        return Edge;
    }

    private static TrafficProfile Traffic(double hits) =>
        new(hits, new Dictionary<string, double>(StringComparer.Ordinal) { ["US"] = 0.5, ["DE"] = 0.5 }, new(0.9, 0.06, 0.03, 0.01));

    private static List<TimeSpan> Releases(IEnumerable<int> gaps, TimeSpan from = default)
    {
        List<TimeSpan> releases = [];
        foreach (var gap in gaps)
            releases.Add(from += TimeSpan.FromSeconds(gap));
        return releases;
    }

    private static string Text(RolloutObservation seen) => JsonSerializer.Serialize(seen);

    private static void ForAll(Func<RolloutOrder, IReadOnlyList<TimeSpan>, bool> holds)
    {
        var instants = Gen.Choose(0, 15_000).Select(tenths => TimeSpan.FromSeconds(tenths / 10.0)).ListOf(20);
        Prop.ForAll(Orders.SelectMany(order => instants.Select(at => (order, at: at.ToList()))).ToArbitrary(), c => holds(c.order, c.at))
            .QuickCheckThrowOnFailure();
    }
}
