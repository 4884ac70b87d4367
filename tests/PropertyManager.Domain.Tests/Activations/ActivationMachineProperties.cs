using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Rollouts;
using static PropertyManager.Domain.Activations.ActivationState;
using static PropertyManager.Domain.Tests.Activations.Samples;

namespace PropertyManager.Domain.Tests.Activations;

/// <summary>Whatever an activation and an observation hold, the machine has an answer, and it is a good one.</summary>
public sealed class ActivationMachineProperties
{
    private static readonly Dictionary<ActivationState, ActivationState[]> Ways = new()
    {
        [Pending] = [Pending, Canary, Cancelling, Active, Deactivated, Failed],
        [Canary] = [Canary, Live, World, Cancelling, Active, Deactivated, Failed],
        [Live] = [Live, World, Cancelling, Active, Deactivated, Failed],
        [World] = [World, Cancelling, Active, Deactivated, Failed],
        [Cancelling] = [Cancelling, Aborted],
    };

    private static readonly Gen<Activation> Activations =
        from network in Gen.Elements(Network.Staging, Network.Production)
        from started in Gen.Choose(0, network == Network.Staging ? Staging.Steps.Count : Production.Steps.Count)
        from turned in Gen.Choose(0, 3)
        from over in Gen.Elements(Active, Inactive, Aborted, Failed, Deactivated)
        from restoring in Gen.Choose(0, started)
        from type in Gen.Elements(Enum.GetValues<ActivationType>())
        from previous in Gen.Elements<int?>(null, 4)
        from exception in Gen.Elements(null, "migrated")
        from wish in Gen.Elements(null, "bob@shop.example")
        from limit in Gen.Elements(true, false)
        from lapsed in Gen.Elements(true, false)
        let state = turned switch
        {
            0 => over,
            1 => Cancelling,
            _ => Standing(network, started),
        }
        select Activation(
            state,
            started,
            previous,
            type,
            network,
            exception,
            wish,
            limit,
            state == Cancelling ? restoring : 0,
            status => status with { CancelLapsed = lapsed }
        );

    private static readonly Gen<double> Numbers = Gen.Elements(0, 0.5, 1, 10, 999.9, 1_000, 5_000, 1e12);

    private static readonly Gen<TrafficSample> Traffic =
        from ok in Numbers
        from redirect in Numbers
        from client in Numbers
        from server in Numbers
        select new TrafficSample(ok, redirect, client, server);

    private static readonly Gen<ServerSample> Servers =
        from servers in Gen.Choose(0, 200)
        from harmed in Gen.Choose(0, servers)
        select new ServerSample(servers, harmed);

    private static readonly Gen<TimeSpan?> Instants = Gen.Choose(-1, 5_000).Select(tenths => tenths < 0 ? (TimeSpan?)null : Seconds(tenths / 10.0));

    private static readonly Gen<RolloutObservation> Observations =
        from elapsed in Gen.Choose(0, 10_000)
        from prepared in Gen.Elements(true, false)
        from installed in Gen.Choose(0, 60).ListOf()
        from suspended in Gen.Choose(0, 20)
        from done in Instants
        from restored in Gen.Choose(0, 123)
        from back in Instants
        from baseline in Traffic
        from updated in Traffic
        from updatedServers in Servers
        from others in Servers
        select new RolloutObservation(
            Seconds(elapsed / 10.0),
            prepared,
            [.. installed],
            Installing: 0,
            suspended,
            done,
            restored,
            back,
            baseline,
            updated,
            updatedServers,
            others,
            HitsOnPrevious: 0.5
        );

    [Fact]
    public void The_same_activation_and_observation_give_the_same_decision() =>
        ForAll(
            (activation, hits, seen) =>
            {
                var (one, other) = (ActivationMachine.Decide(activation, hits, seen), ActivationMachine.Decide(activation, hits, seen));
                return one?.Reason == other?.Reason
                    && one?.Next.State == other?.Next.State
                    && (one?.Next.Releases ?? []).SequenceEqual(other?.Next.Releases ?? [])
                    && (one?.Next.RollbackReleases ?? []).SequenceEqual(other?.Next.RollbackReleases ?? []);
            }
        );

    [Fact]
    public void Nothing_that_is_over_is_decided_again() =>
        ForAll((activation, hits, seen) => activation.Status.IsOpen || ActivationMachine.Decide(activation, hits, seen) is null);

    [Fact]
    public void A_state_is_followed_only_by_those_that_may_follow_it() =>
        ForAll(
            (activation, hits, seen) =>
                ActivationMachine.Decide(activation, hits, seen) is not { } transition
                || Ways[activation.Status.State].Contains(transition.Next.State)
        );

    [Fact]
    public void A_decision_starts_one_step_at_most_and_forgets_none() =>
        ForAll(
            (activation, hits, seen) =>
                ActivationMachine.Decide(activation, hits, seen) is not { } transition
                || (
                    Grown(activation.Status.Releases, transition.Next.Releases)
                        + Grown(activation.Status.RollbackReleases, transition.Next.RollbackReleases)
                        is 0
                            or 1
                    && transition.Next.Releases.Count <= activation.Plan.Steps.Count
                    && transition.Next.RollbackReleases.Count <= transition.Next.Releases.Count
                )
        );

    [Fact]
    public void What_is_decided_has_a_reason_its_time_and_an_end_where_it_ends() =>
        ForAll(
            (activation, hits, seen) =>
                ActivationMachine.Decide(activation, hits, seen) is not { } transition
                || (
                    transition.Reason.Length > 10
                    && transition.Next.DecidedAfter == seen.Elapsed
                    && (transition.Next.EndedAfter == seen.Elapsed) == !transition.Next.IsOpen
                )
        );

    [Fact]
    public void An_exception_with_a_quarter_of_its_servers_is_not_cancelled_by_a_wish() =>
        ForAll(
            (activation, hits, seen) =>
                Admission.TooLate(activation, seen.Installed) is null
                || ActivationMachine.Decide(activation, hits, seen) is not { Next.State: Cancelling } transition
                || activation.Status.State == Cancelling
                || !transition.Reason.StartsWith("Cancelled by bob", StringComparison.Ordinal)
        );

    private static ActivationState Standing(Network network, int started) =>
        network == Network.Staging || started == 0
            ? Pending
            : Production.Steps[started - 1].Stage switch
            {
                RolloutStage.Canary => Canary,
                RolloutStage.Live => Live,
                _ => World,
            };

    /// <summary>Steps that were added; −1 where one that was there is not any more.</summary>
    private static int Grown(IReadOnlyList<TimeSpan> before, IReadOnlyList<TimeSpan> after) =>
        after.Take(before.Count).SequenceEqual(before) ? after.Count - before.Count : -1;

    private static void ForAll(Func<Activation, double, RolloutObservation, bool> holds) =>
        Prop.ForAll(
                Activations.SelectMany(activation => Numbers.SelectMany(hits => Observations.Select(seen => (activation, hits, seen)))).ToArbitrary(),
                c => holds(c.activation, c.hits, c.seen)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
}
