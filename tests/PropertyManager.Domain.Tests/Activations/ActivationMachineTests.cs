using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Rollouts;
using static PropertyManager.Domain.Activations.ActivationState;
using static PropertyManager.Domain.Tests.Activations.Samples;

namespace PropertyManager.Domain.Tests.Activations;

/// <summary>One row for each transition that the machine knows, and for each neighbour that is none.</summary>
public sealed class ActivationMachineTests
{
    private const double Busy = 5_000;

    private static readonly TrafficSample Broken = new(900, 100, 0, 9_000);

    public static TheoryData<Row> Forward =>
        [
            new("not prepared", Activation(Pending), Seen(5) with { Prepared = false }),
            new(
                "prepared",
                Activation(Pending),
                Seen(25),
                Canary,
                "Package built, signed and checked; first a small group with live traffic, to be watched: 3 servers"
            ),
            new("canary installs", Activation(Canary, 1), Seen(60, 2)),
            new("canary is watched", Activation(Canary, 1), Seen(84, 3) with { StepDoneAt = Seconds(50) }),
            new("canary is watched to the last instant", Activation(Canary, 1), Seen(84.999, 3) with { StepDoneAt = Seconds(50) }),
            new(
                "canary was watched",
                Activation(Canary, 1),
                Seen(85, 3) with
                {
                    StepDoneAt = Seconds(50),
                },
                Live,
                "Live traffic, group 1 of 2: 10 servers"
            ),
            new("live group installs", Activation(Live, 2), Seen(100, 3, 4)),
            new("live group is watched", Activation(Live, 2), Seen(109, 3, 10) with { StepDoneAt = Seconds(100) }),
            new(
                "next live group",
                Activation(Live, 2),
                Seen(110, 3, 10) with
                {
                    StepDoneAt = Seconds(100),
                },
                Live,
                "Live traffic, group 2 of 2: 10 servers"
            ),
            new(
                "live traffic is on it",
                Activation(Live, 3),
                Seen(210, 3, 10, 10) with
                {
                    StepDoneAt = Seconds(200),
                },
                World,
                "Live traffic is on version 5 (23 servers); rest of the network, group 1 of 2: 50 servers"
            ),
            new("world group installs", Activation(World, 4), Seen(240, 3, 10, 10, 20)),
            new(
                "next world group",
                Activation(World, 4),
                Seen(260, 3, 10, 10, 50) with
                {
                    StepDoneAt = Seconds(250),
                },
                World,
                "Rest of the network, group 2 of 2: 50 servers"
            ),
            new("last group is watched", Activation(World, 5), Seen(309, 3, 10, 10, 50, 50) with { StepDoneAt = Seconds(300) }),
            new("complete", Activation(World, 5), All(310), Active, "Version 5 on 123 servers, all of the network"),
            new(
                "complete but for one",
                Activation(World, 5),
                Seen(310, 3, 10, 10, 50, 49) with
                {
                    StepDoneAt = Seconds(300),
                    Suspended = 1,
                },
                Active,
                "Version 5 on 122 servers, all of the network; 1 server suspended itself and takes no traffic"
            ),
            new(
                "complete but for two",
                Activation(World, 5),
                Seen(310, 3, 10, 10, 50, 48) with
                {
                    StepDoneAt = Seconds(300),
                    Suspended = 2,
                },
                Active,
                "Version 5 on 121 servers, all of the network; 2 servers suspended themselves and take no traffic"
            ),
            new(
                "fell back",
                Activation(World, 5, type: ActivationType.FastFallback),
                All(310),
                Active,
                "Version 5 on 123 servers, all of the network"
            ),
            new(
                "off the network",
                Activation(World, 5, type: ActivationType.Deactivate),
                All(310),
                Deactivated,
                "No version on 123 servers, all of the network"
            ),
            new("staging, not prepared", Activation(Pending, network: Network.Staging), Seen(5) with { Prepared = false }),
            new(
                "staging, prepared",
                Activation(Pending, network: Network.Staging),
                Seen(20),
                Pending,
                "Package built, signed and checked; staging network, group 1 of 2: 6 servers"
            ),
            new("staging is watched", Activation(Pending, 1, network: Network.Staging), Seen(63.9, 6) with { StepDoneAt = Seconds(60) }),
            new(
                "staging, next group",
                Activation(Pending, 1, network: Network.Staging),
                Seen(64, 6) with
                {
                    StepDoneAt = Seconds(60),
                },
                Pending,
                "Staging network, group 2 of 2: 6 servers"
            ),
            new(
                "staging, complete",
                Activation(Pending, 2, network: Network.Staging),
                Seen(104, 6, 6) with
                {
                    StepDoneAt = Seconds(100),
                },
                Active,
                "Version 5 on 12 servers, all of the network"
            ),
        ];

    public static TheoryData<Row> Cancelled =>
        [
            new(
                "before the first server",
                Wished(Pending),
                Seen(10),
                Cancelling,
                "Cancelled by bob@shop.example; version 4 is being restored on 0 servers"
            ),
            new("before it is prepared", Wished(Pending), Seen(1) with { Prepared = false }, Cancelling),
            new("canary", Wished(Canary, 1), Seen(60, 2), Cancelling, "Cancelled by bob@shop.example; version 4 is being restored on 2 servers"),
            new("live", Wished(Live, 2), Seen(100, 3, 4), Cancelling, "Cancelled by bob@shop.example; version 4 is being restored on 7 servers"),
            new("world", Wished(World, 4), Seen(240, 3, 10, 10, 20), Cancelling),
            new("in the instant of completion", Wished(World, 5), All(310), Cancelling),
            new("staging", Wished(Pending, 1, network: Network.Staging), Seen(30, 1), Cancelling),
            new(
                "a first activation",
                Wished(Canary, 1, previous: null),
                Seen(60, 1),
                Cancelling,
                "Cancelled by bob@shop.example; version 5 is being taken off again on 1 server"
            ),
            new("an exception under a quarter", Wished(World, 4, exception: "migrated"), Seen(240, 3, 10, 10, 7), Cancelling),
            new(
                "an exception past a quarter",
                Wished(World, 4, exception: "11 hostnames changed"),
                Seen(240, 3, 10, 10, 8),
                World,
                "Too late to cancel: 31 of 123 servers have version 5: past 25 %, an exception (11 hostnames changed) goes on to the end."
            ),
            new(
                "a wish that lapsed",
                Wished(World, 4, exception: "migrated", status: status => status with { CancelLapsed = true }),
                Seen(240, 3, 10, 10, 8)
            ),
            new(
                "a wish that lapsed does not stop the next group",
                Wished(World, 4, exception: "migrated", status: status => status with { CancelLapsed = true }),
                Seen(260, 3, 10, 10, 50) with
                {
                    StepDoneAt = Seconds(250),
                },
                World
            ),
            new("a standard activation past a quarter", Wished(World, 4), Seen(240, 3, 10, 10, 50), Cancelling),
            new("cancelled before the first server", Activation(Cancelling), Seen(601), Aborted, "Version 4 restored on 0 servers"),
            new("the way back begins", Activation(Cancelling, 2), Seen(601, 3, 4), Cancelling, "Restoring group 1 of 2"),
            new("a group is being restored", Activation(Cancelling, 2, restoring: 1), Seen(632, 3, 4)),
            new(
                "the next group",
                Activation(Cancelling, 2, restoring: 1),
                Seen(640, 3, 4) with
                {
                    RestoreStepDoneAt = Seconds(640),
                    Restored = 3,
                },
                Cancelling,
                "Restoring group 2 of 2"
            ),
            new("the last group is being restored", Activation(Cancelling, 2, restoring: 2), Seen(695, 3, 4) with { Restored = 5 }),
            new(
                "all is restored",
                Activation(Cancelling, 2, restoring: 2),
                Seen(700, 3, 4) with
                {
                    RestoreStepDoneAt = Seconds(700),
                    Restored = 7,
                },
                Aborted,
                "Version 4 restored on 7 servers"
            ),
            new(
                "a first activation is taken off",
                Activation(Cancelling, 2, restoring: 2, previous: null),
                Seen(700, 3, 4) with
                {
                    RestoreStepDoneAt = Seconds(700),
                    Restored = 7,
                },
                Aborted,
                "Version 5 taken off 7 servers; no version is active"
            ),
        ];

    public static TheoryData<Row> Harmed =>
        [
            new(
                "errors",
                Activation(Live, 2),
                Seen(100, 3, 4) with
                {
                    Updated = Broken,
                },
                Cancelling,
                "Cancelled by the check “HTTP error rate limit”: 4xx+5xx rose from 3.0 % to 90.0 % (30×) on 7 updated servers; version 4 is being restored on 7 servers"
            ),
            new("errors in the canary", Activation(Canary, 1), Seen(60, 3) with { Updated = Broken }, Cancelling),
            new(
                "errors of a Fast Fallback",
                Activation(Live, 2, type: ActivationType.FastFallback),
                Seen(100, 3, 4) with
                {
                    Updated = Broken,
                },
                Cancelling
            ),
            new("errors, opted out", Activation(Live, 2, limit: false), Seen(100, 3, 4) with { Updated = Broken }),
            new("errors of little traffic", Activation(Live, 2), Seen(100, 3, 4) with { Updated = Broken }, Hits: 999.9),
            new("errors of just enough traffic", Activation(Live, 2), Seen(100, 3, 4) with { Updated = Broken }, Cancelling, Hits: 1_000),
            new("errors of an exception", Activation(Live, 2, exception: "migrated"), Seen(100, 3, 4) with { Updated = Broken }),
            new("errors of a deactivation", Activation(Live, 2, type: ActivationType.Deactivate), Seen(100, 3, 4) with { Updated = Broken }),
            new("errors on staging", Activation(Pending, 1, network: Network.Staging), Seen(60, 6) with { Updated = Broken }),
            new("errors while it is cancelled", Activation(Cancelling, 2, restoring: 1), Seen(632, 3, 4) with { Updated = Broken }),
            new(
                "servers down",
                Activation(Live, 2),
                Seen(100, 3, 10) with
                {
                    UpdatedServers = new(13, 3),
                },
                Cancelling,
                "Cancelled by the check “Server health”: 3 of 13 updated servers (23.1 %) are harmed: 3 down; 0.0 % of the others are; version 4 is being restored on 13 servers"
            ),
            new("servers down, opted out", Activation(Live, 2, limit: false), Seen(100, 3, 10) with { UpdatedServers = new(13, 3) }, Cancelling),
            new(
                "servers down on staging",
                Activation(Pending, 2, network: Network.Staging),
                Seen(100, 6, 6) with
                {
                    UpdatedServers = new(12, 3),
                },
                Cancelling
            ),
            new(
                "servers down of an exception",
                Activation(Live, 2, exception: "migrated"),
                Seen(100, 3, 10) with
                {
                    UpdatedServers = new(13, 3),
                },
                Cancelling
            ),
            new("two servers down", Activation(Live, 2), Seen(100, 3, 10) with { UpdatedServers = new(13, 2) }),
            new("bad copies, not all counted yet", Activation(Canary, 1), Seen(60, 0) with { Suspended = 1, UpdatedServers = new(1, 1) }),
            new(
                "every copy is bad",
                Activation(Canary, 1),
                Seen(60, 0) with
                {
                    Suspended = 3,
                    StepDoneAt = Seconds(60),
                    UpdatedServers = new(3, 3),
                },
                Failed,
                "No server could install version 5: 3 servers refused three bad copies and suspended themselves"
            ),
            new("a wish goes before failing", Wished(Canary, 1), Seen(60, 0) with { Suspended = 3, StepDoneAt = Seconds(60) }, Cancelling),
        ];

    public static TheoryData<ActivationState> Final => [Active, Inactive, Aborted, Failed, Deactivated];

    [Theory]
    [MemberData(nameof(Forward))]
    public void Goes_forward_step_by_step(Row row) => Check(row);

    [Theory]
    [MemberData(nameof(Cancelled))]
    public void Is_cancelled_and_goes_back(Row row) => Check(row);

    [Theory]
    [MemberData(nameof(Harmed))]
    public void Is_cancelled_by_harm_alone(Row row) => Check(row);

    [Theory]
    [MemberData(nameof(Final))]
    public void What_is_over_stays_as_it_is(ActivationState state)
    {
        Assert.Null(ActivationMachine.Decide(Wished(state, 5), Busy, All(900) with { Updated = Broken }));
    }

    /// <summary>Simulated time runs on while nothing is decided, for instance after a restart; who asks then is told what became of it.</summary>
    [Fact]
    public void A_wish_to_cancel_from_after_the_end_is_answered_in_the_row_of_the_end()
    {
        var activation = Activation(World, 5, wish: "bob@shop.example");
        activation.Intent.CancelRequestedAfter = Seconds(311);

        var transition = ActivationMachine.Decide(activation, 5_000, All(310));

        Assert.Equal((Active, true), (transition?.Next.State, transition?.Next.CancelLapsed));
        Assert.Equal("Version 5 on 123 servers, all of the network; bob@shop.example asked to cancel it after that", transition?.Reason);
    }

    [Fact]
    public void A_started_step_is_kept_with_its_time()
    {
        var next = Decide(Activation(Live, 2), Seen(110, 3, 10) with { StepDoneAt = Seconds(100) });

        Assert.Equal([Seconds(30), Seconds(90), Seconds(110)], next.Releases);
        Assert.Null(next.LiveAfter);
    }

    [Fact]
    public void The_time_when_live_traffic_was_on_it_is_kept_to_the_end()
    {
        var world = Decide(Activation(Live, 3), Seen(210, 3, 10, 10) with { StepDoneAt = Seconds(200) });
        var active = Decide(Activation(World, 5, status: _ => world with { Releases = Releases(5) }), All(310));

        Assert.Equal(Seconds(210), world.LiveAfter);
        Assert.Equal((Seconds(210), Seconds(310)), (active.LiveAfter, active.EndedAfter));
    }

    [Fact]
    public void Staging_is_never_called_live()
    {
        var status = Decide(Activation(Pending, 2, network: Network.Staging), Seen(104, 6, 6) with { StepDoneAt = Seconds(100) });

        Assert.Equal((null, Seconds(104)), (status.LiveAfter, status.EndedAfter));
    }

    [Fact]
    public void The_way_back_counts_from_the_instant_of_the_decision()
    {
        var status = Decide(Wished(Live, 2), Seen(100, 3, 4));

        Assert.Equal((Seconds(100), "Cancelled by bob@shop.example"), (status.CancelledAfter, status.Cause));
        Assert.Equal(2, status.Releases.Count);
        Assert.Null(status.EndedAfter);
    }

    [Fact]
    public void A_wish_that_came_too_late_lapses_with_its_reason()
    {
        var status = Decide(Wished(World, 4, exception: "migrated"), Seen(240, 3, 10, 10, 8));

        Assert.True(status.CancelLapsed);
        Assert.Contains("31 of 123 servers", status.Cause, StringComparison.Ordinal);
        Assert.Null(status.CancelledAfter);
    }

    [Fact]
    public void The_worst_verdict_comes_first()
    {
        var verdicts = ActivationMachine.Judge(
            Activation(Live, 2, limit: false),
            Busy,
            Seen(100, 3, 10) with
            {
                Updated = Broken,
                UpdatedServers = new(13, 3),
            }
        );

        Assert.Equal([HealthOutcome.Cancel, HealthOutcome.OverLimit], verdicts.Select(verdict => verdict.Outcome));
        Assert.Equal("it was turned off for this activation", verdicts[1].NotActing);
    }

    [Fact]
    public void Says_how_little_traffic_keeps_the_limit_from_acting()
    {
        var verdict = ActivationMachine.Judge(Activation(Live, 2), 41.5, Seen(100, 3, 10)).Single(verdict => verdict.Check == ErrorRateLimit.Name);

        Assert.Equal("the property has 41.5 hits/s on average, fewer than 1,000", verdict.NotActing);
    }

    private static void Check(Row row)
    {
        var before = row.Before.Status;

        var transition = ActivationMachine.Decide(row.Before, row.Hits, row.Seen);

        Assert.Equal(row.Next, transition?.Next.State);
        if (row.Reason is not null)
            Assert.Equal(row.Reason, transition?.Reason);
        if (transition is not null)
            Assert.Equal(row.Seen.Elapsed, transition.Next.DecidedAfter);
        Assert.Same(before, row.Before.Status);
    }

    private static ActivationStatus Decide(Activation activation, RolloutObservation seen) => ActivationMachine.Decide(activation, Busy, seen)!.Next;

    private static Activation Wished(
        ActivationState state,
        int released = 0,
        int? previous = 4,
        Network network = Network.Production,
        string? exception = null,
        Func<ActivationStatus, ActivationStatus>? status = null
    ) => Activation(state, released, previous, network: network, exception: exception, wish: "bob@shop.example", status: status);

    private static RolloutObservation All(double elapsed) => Seen(elapsed, 3, 10, 10, 50, 50) with { StepDoneAt = Seconds(300) };

    private static TimeSpan[] Releases(int count) => [.. Enumerable.Range(0, count).Select(step => Seconds(30 + (60 * step)))];

    /// <param name="Next">Null: nothing happens.</param>
    /// <param name="Reason">Null where another row has the same.</param>
    /// <param name="Hits">Average of the property, hits/s.</param>
    public sealed record Row(
        string Name,
        Activation Before,
        RolloutObservation Seen,
        ActivationState? Next = null,
        string? Reason = null,
        double Hits = Busy
    )
    {
        public override string ToString() => Name;
    }
}
