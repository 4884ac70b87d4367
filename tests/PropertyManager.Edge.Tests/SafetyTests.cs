using System.Collections.Concurrent;
using PropertyManager.Domain;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Edge.Tests;

/// <summary>
/// The group invariant (source: how software is rolled out, "groups"), at every second of activations that go wrong in every way: no more than a third
/// of a region is at work on an install, one server in a small one, and never all of it.
/// </summary>
public sealed class SafetyTests
{
    private static readonly SimulatedEdgeNetwork Edge = new(1);

    private readonly ConcurrentDictionary<(RolloutPlan, int), bool> _safe = new();

    [Fact]
    public void At_no_instant_is_more_than_a_third_of_a_region_at_work_nor_all_of_it() =>
        Parallel.For(
            0,
            60,
            index =>
            {
                var random = RandomActivation.Of(Edge, index);
                var activation = random.Activation;
                random.Run(
                    Edge,
                    seen =>
                    {
                        var (steps, taken) = (activation.Plan.Steps, activation.Status.CancelledAfter is not null);
                        var started = taken ? activation.Status.RollbackReleases.Count : activation.Status.Releases.Count;
                        if (seen.Installing == 0)
                            return;
                        Assert.InRange(seen.Installing, 1, steps[started - 1].Servers);
                        if (!taken)
                        {
                            // Whoever is not done is in the step that was started last: of those before, each has the version or is out of service.
                            var before = Enumerable.Range(0, started - 1).Sum(step => steps[step].Servers - seen.InstalledByStep[step]);
                            Assert.InRange(before, 0, seen.Suspended);
                        }
                        Assert.True(IsSafe(activation.Network, activation.Plan, started - 1), $"{index}: step {started - 1} of {activation.Plan}");
                    }
                );
            }
        );

    private bool IsSafe(Network network, RolloutPlan plan, int step) =>
        _safe.GetOrAdd(
            (plan, step),
            _ =>
            {
                var regions = Edge.Places(network);
                var sizes = regions.Select(region => new RegionServers(region.Region, region.Servers, Live: 0)).ToList();
                var servers = RolloutPlanner.ServersByRegion(plan, plan.Steps[step], sizes);
                return servers.Sum() == plan.Steps[step].Servers
                    && servers.Zip(regions).All(pair => pair.First <= Math.Max(1, pair.Second.Servers / 3) && pair.First < pair.Second.Servers);
            }
        );
}
