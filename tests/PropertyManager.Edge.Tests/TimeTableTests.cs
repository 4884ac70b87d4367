using System.Globalization;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Tests;
using Xunit.Abstractions;

namespace PropertyManager.Edge.Tests;

/// <summary>
/// The source's table of times ("Time estimates") held against whole activations, of properties with little and with much traffic; and what people
/// are told beforehand held against what came.
/// </summary>
public sealed class TimeTableTests(ITestOutputHelper output)
{
    private const int Activations = 500;
    private static readonly double[] Hits = [40, 1_000, 8_000, 45_000];
    private static readonly SimulatedEdgeNetwork Edge = new(1);

    [Fact]
    public void Staging_takes_2_to_3_minutes()
    {
        var (_, done) = Run(Network.Staging, RolloutPace.Staging);

        Assert.InRange(done.Share(0.05), Minutes(2), Minutes(3));
        Assert.InRange(done.Share(0.99), Minutes(2), Minutes(3.1));
        Assert.InRange(done.Share(1), Minutes(2), Minutes(4));
    }

    [Fact]
    public void Production_is_live_in_4_minutes_for_90_percent_and_in_7_for_99_and_complete_in_15()
    {
        var (live, done) = Run(Network.Production, RolloutPace.Standard);

        Assert.InRange(live.Share(0.05), Minutes(2.5), Minutes(4));
        Assert.InRange(live.Share(0.50), Minutes(3), Minutes(4));
        Assert.InRange(live.Share(0.90), Minutes(3), Minutes(4));
        Assert.InRange(live.Share(0.99), Minutes(3), Minutes(7));
        Assert.InRange(done.Share(0.05), Minutes(8), Minutes(13));
        Assert.InRange(done.Share(0.90), Minutes(8), Minutes(13));
        Assert.InRange(done.Share(1), Minutes(8), Minutes(15));
    }

    [Fact]
    public void Fast_Fallback_takes_2_to_3_minutes()
    {
        var (live, done) = Run(Network.Production, RolloutPace.FastFallback, ActivationType.FastFallback);

        Assert.InRange(live.Share(0.99), 0, Minutes(1.5));
        Assert.InRange(done.Share(0.05), Minutes(1.9), Minutes(3));
        Assert.InRange(done.Share(0.95), Minutes(2), Minutes(3));
        Assert.InRange(done.Share(1), Minutes(2), Minutes(4));
    }

    [Fact]
    public void An_exception_takes_up_to_60_minutes()
    {
        var (_, done) = Run(Network.Production, RolloutPace.Exception, exception: "11 hostnames changed");

        Assert.InRange(done.Share(0.05), Minutes(25), Minutes(60));
        Assert.InRange(done.Share(0.50), Minutes(30), Minutes(60));
        Assert.InRange(done.Share(1), Minutes(30), Minutes(60));
    }

    [Fact]
    public void Without_waiting_is_as_second_by_second()
    {
        var traffic = Traffic(1_000);
        var plan = RolloutPlanner.Plan(Network.Production, Edge.Survey(Network.Production, 2, traffic), RolloutPace.Standard, 5);
        var (slowly, quickly) = (Courses.Accepted(Network.Production, plan), Courses.Accepted(Network.Production, plan));

        Courses.Run(Edge, slowly, traffic);
        Courses.RunQuickly(Edge, quickly, traffic);

        Assert.Equal(slowly.History.Select(row => (row.Elapsed, row.Reason)), quickly.History.Select(row => (row.Elapsed, row.Reason)));
    }

    private (Times Live, Times Done) Run(Network network, RolloutPace pace, ActivationType type = ActivationType.Activate, string? exception = null)
    {
        var (live, done) = (new Times("live"), new Times("done"));
        foreach (var (index, hits) in Hits.Index())
        {
            var traffic = Traffic(hits);
            var plan = RolloutPlanner.Plan(network, Edge.Survey(network, index + 1, traffic), pace, seed: 0);
            for (var seed = 0; seed < Activations / Hits.Length; seed++)
            {
                var activation = Courses.Accepted(network, plan with { Seed = (index * 1_000_003L) + seed }, type, exception);
                Courses.RunQuickly(Edge, activation, traffic);

                Assert.True(activation.Status.State == ActivationState.Active, activation.Status.Cause);
                done.Add(activation.Status.EndedAfter!.Value, RolloutEstimate.Full(plan));
                if (RolloutEstimate.Live(plan) is { } toLive)
                    live.Add(activation.Status.LiveAfter!.Value, toLive);
            }
        }
        foreach (var times in new[] { live, done }.Where(times => times.Count > 0))
        {
            output.WriteLine(times.ToString());
            times.AssertEstimated();
        }
        return (live, done);
    }

    private static double Minutes(double minutes) => 60 * minutes;

    private static TrafficProfile Traffic(double hits) =>
        new(
            hits,
            new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["US"] = 0.5,
                ["DE"] = 0.3,
                ["JP"] = 0.2,
            },
            new(0.9, 0.06, 0.03, 0.01)
        );

    /// <summary>How long many activations took, and whether they kept to their estimates.</summary>
    private sealed class Times(string name)
    {
        private readonly List<double> _seconds = [];
        private int _under;
        private int _over;
        private int _outside;

        public int Count => _seconds.Count;

        public void Add(TimeSpan took, RolloutEstimate estimate)
        {
            _seconds.Add(took.TotalSeconds);
            _under += took < estimate.Low ? 1 : 0;
            _over += took > estimate.High ? 1 : 0;
            _outside += took > estimate.Within ? 1 : 0;
        }

        /// <summary>So many seconds were enough for this share of the activations.</summary>
        public double Share(double share) => _seconds.Order().ElementAt((int)Math.Ceiling(share * Count) - 1);

        /// <summary>"Usually" is said of nine in ten, "99 % within" of ninety-nine in a hundred.</summary>
        public void AssertEstimated()
        {
            Assert.True(_under <= 0.1 * Count && _over <= 0.1 * Count && _outside <= 0.01 * Count, ToString());
        }

        public override string ToString() =>
            $"{name}: "
            + string.Join(
                ", ",
                new[] { 0.05, 0.5, 0.9, 0.99, 1 }.Select(share =>
                    string.Create(CultureInfo.InvariantCulture, $"P{share * 100:0} {TimeSpan.FromSeconds(Share(share)):mm\\:ss}")
                )
            )
            + $"; of {Count}, {_under} were quicker than estimated, {_over} slower, {_outside} outside the bound";
    }
}
