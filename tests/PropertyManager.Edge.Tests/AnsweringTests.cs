using System.Text.Json;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Tests;

namespace PropertyManager.Edge.Tests;

/// <summary>Servers that do not have the property do not serve it.</summary>
public sealed class AnsweringTests
{
    private static readonly SimulatedEdgeNetwork Edge = new(1);
    private static readonly TrafficProfile Traffic = new(
        5_000,
        new Dictionary<string, double>(StringComparer.Ordinal) { ["US"] = 1 },
        new(0.9, 0.06, 0.03, 0.01)
    );

    private static readonly RolloutPlan Plan = RolloutPlanner.Plan(
        Network.Production,
        Edge.Survey(Network.Production, 7, Traffic),
        RolloutPace.Standard,
        3
    );

    [Fact]
    public void On_a_first_activation_servers_without_the_property_refuse_every_hit_and_those_with_it_answer()
    {
        var seen = Run(Answering.Updated, ActivationType.Activate, []);

        Assert.All(seen, now => Assert.Equal((0, 0, 0), (now.OthersRate.Ok2xx, now.OthersRate.Redirect3xx, now.OthersRate.ServerError5xx)));
        Assert.All(seen.Where(now => now.Installed > 0 && now.UpdatedRate.Hits > 100), now => Assert.InRange(now.UpdatedRate.OkRatio, 0.8, 0.99));
        Assert.Equal(1.0, seen[0].HitsOnPrevious);
        Assert.Contains(seen, now => now is { HitsOnPrevious: > 0 and < 0.06, OthersRate.ClientError4xx: > 0 });
    }

    [Fact]
    public void On_a_first_activation_there_is_no_traffic_from_before_and_the_error_rate_limit_says_so_and_never_acts()
    {
        var activation = Accepted(Answering.Updated, ActivationType.Activate, [new Fault(FaultKind.ServerErrors, 0.9, TimeSpan.Zero)]);
        HealthVerdict? verdict = null;

        Courses.Run(
            Edge,
            activation,
            Traffic,
            now =>
            {
                Assert.Equal(default, now.Baseline);
                verdict = ActivationMachine.Judge(activation, Traffic.HitsPerSecond, now).Single(each => each.Check == ErrorRateLimit.Name);
                Assert.Equal(HealthOutcome.NotMeasured, verdict.Outcome);
            }
        );

        Assert.Equal(ActivationState.Active, activation.Status.State);
        Assert.EndsWith("no hits were answered before the activation to compare with", verdict!.Evidence, StringComparison.Ordinal);
        Assert.Equal("no version was active before", verdict.NotActing);
    }

    [Fact]
    public void On_a_deactivation_servers_that_it_was_taken_off_refuse_every_hit_and_the_others_answer_as_before()
    {
        var seen = Run(Answering.Others, ActivationType.Deactivate, []);
        var live = seen.Where(now => now is { Installed: > 0, UpdatedRate.Hits: > 100, OthersRate.Hits: > 100 }).ToList();

        Assert.NotEmpty(live);
        Assert.All(live, now => Assert.Equal((0.0, now.UpdatedRate.Hits), (now.UpdatedRate.OkRatio, now.UpdatedRate.ClientError4xx)));
        Assert.All(live, now => Assert.InRange(now.OthersRate.OkRatio, 0.7, 0.99));
        Assert.InRange(seen[^1].Baseline.OkRatio, 0.8, 0.99);
        Assert.All(live[^1].Regions!(), region => Assert.Equal(region.Hits, region.Errors));
    }

    [Fact]
    public void On_a_deactivation_refused_hits_are_measured_and_never_cancel()
    {
        var activation = Accepted(Answering.Others, ActivationType.Deactivate, []);

        Courses.Run(Edge, activation, Traffic);

        Assert.Equal(ActivationState.Deactivated, activation.Status.State);
        Assert.Equal(Answering.Others, Activation.AnsweringOf(ActivationType.Deactivate, 3));
    }

    [Theory]
    [InlineData(Answering.Others, ActivationType.Deactivate)]
    [InlineData(Answering.Updated, ActivationType.Activate)]
    [InlineData(Answering.All, ActivationType.Activate)]
    public void Whoever_answers_every_instant_is_recalled_as_it_was_seen(Answering answering, ActivationType type)
    {
        var activation = Accepted(answering, type, [new Fault(FaultKind.OriginDown, 0.5, TimeSpan.FromMinutes(3)) { Scope = FaultScope.Everywhere }]);
        Dictionary<TimeSpan, string> seen = [];
        Courses.Run(Edge, activation, Traffic, now => seen[now.Elapsed] = JsonSerializer.Serialize(now));

        var order = activation.OrderFor(Traffic);
        foreach (
            var (at, then) in seen.ExceptBy(activation.History.Select(row => row.Elapsed), pair => pair.Key).Where((_, place) => place % 97 == 0)
        )
            Assert.Equal(then, JsonSerializer.Serialize(Edge.Recall(order, at)));
    }

    [Fact]
    public void Plans_that_were_stored_before_this_was_told_apart_replay_as_they_were_seen()
    {
        var stored = JsonSerializer.Serialize(Plan);
        var read = JsonSerializer.Deserialize<RolloutPlan>(stored)!;

        Assert.DoesNotContain(nameof(RolloutPlan.Answering), stored, StringComparison.Ordinal);
        Assert.Equal(Answering.All, read.Answering);
        Assert.Equal(
            Answering.Updated,
            JsonSerializer.Deserialize<RolloutPlan>(JsonSerializer.Serialize(Plan with { Answering = Answering.Updated }))!.Answering
        );
    }

    private static List<RolloutObservation> Run(Answering answering, ActivationType type, IReadOnlyList<Fault> faults)
    {
        List<RolloutObservation> seen = [];
        Courses.Run(Edge, Accepted(answering, type, faults), Traffic, seen.Add);
        return seen;
    }

    private static Activation Accepted(Answering answering, ActivationType type, IReadOnlyList<Fault> faults) =>
        Courses.Accepted(Network.Production, Plan with { Answering = answering }, type, faults: faults);
}
