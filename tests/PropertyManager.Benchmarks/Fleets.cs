using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Edge;

namespace PropertyManager.Benchmarks;

/// <summary>Properties as customers have them: from a blog to a news site, most of them small.</summary>
internal static class Fleets
{
    private const double LeastHits = 40;
    private const double MostHits = 45_000;

    /// <summary>A property's traffic at its average of <paramref name="hits"/> a second.</summary>
    public static TrafficProfile Traffic(double hits) =>
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

    /// <summary>So many properties, their traffic spread evenly over the orders of magnitude; the same ones every time.</summary>
    public static IReadOnlyList<TrafficProfile> Properties(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => Traffic(LeastHits * Math.Pow(MostHits / LeastHits, random.NextDouble())))];
    }

    /// <summary>A plan for each property. With another seed it is that of another activation.</summary>
    public static RolloutPlan[] Plans(SimulatedEdgeNetwork edge, IReadOnlyList<TrafficProfile> properties, Network network, RolloutPace pace) =>
        [
            .. properties
                .Index()
                .AsParallel()
                .AsOrdered()
                .Select(property =>
                    RolloutPlanner.Plan(network, edge.Survey(network, property.Index + 1, property.Item), pace, seed: property.Index + 1)
                ),
        ];
}
