using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Tests;

/// <summary>
/// How well harm is told from noise: healthy activations that must not be cancelled, and bad versions that must be, each on a random property with a
/// random mix of answers.
/// </summary>
public static class Detections
{
    /// <summary>Of the activations, so many were cancelled.</summary>
    /// <param name="Kind">"healthy" or "bad version".</param>
    /// <param name="Longest">Of those cancelled: from enough data to the decision, simulated time; zero where none was.</param>
    public sealed record Row(string Kind, int Activations, int Cancelled, TimeSpan Longest)
    {
        /// <summary>Why one was cancelled, or was not: the first that is not as it should be.</summary>
        public string? Surprise { get; init; }
    }

    /// <summary>The share of the hits that a bad version answers with an error is at least so many times what the limit allows.</summary>
    private const double Bad = 1.5;

    private static readonly string[] Countries = ["US", "DE", "JP", "BR", "IN", "FR", "GB", "AU"];

    /// <summary>Activations of versions that are as good as the ones before, at 40 to 45,000 hits/s.</summary>
    public static Row Healthy(Func<IEdgeNetwork> edges, int activations) =>
        Count("healthy", edges, activations, index => Case(index, leastHits: 40, bad: false));

    /// <summary>Activations of versions that answer with errors, at 1,000 hits/s and more.</summary>
    public static Row BadVersions(Func<IEdgeNetwork> edges, int activations) =>
        Count("bad version", edges, activations, index => Case(index, leastHits: 1_000, bad: true));

    private static Row Count(string kind, Func<IEdgeNetwork> edges, int activations, Func<int, (TrafficProfile, List<Fault>)> make)
    {
        var gate = new Lock();
        var row = new Row(kind, activations, 0, TimeSpan.Zero);
        Parallel.For(
            0,
            activations,
            edges,
            (index, _, edge) =>
            {
                var (traffic, faults) = make(index);
                var (cancelled, took, cause) = Run(edge, index, traffic, faults);
                lock (gate)
                {
                    row = row with
                    {
                        Cancelled = row.Cancelled + (cancelled ? 1 : 0),
                        Longest = took > row.Longest ? took : row.Longest,
                        Surprise =
                            cancelled != faults.Count > 0 ? row.Surprise ?? $"{index} ({traffic.HitsPerSecond:0} hits/s): {cause}" : row.Surprise,
                    };
                }
                return edge;
            },
            _ => { }
        );
        return row;
    }

    private static (bool Cancelled, TimeSpan Took, string? Cause) Run(
        IEdgeNetwork edge,
        int index,
        TrafficProfile traffic,
        IReadOnlyList<Fault> faults
    )
    {
        // A handful of properties: where they are served takes longer to work out than what happens to them.
        var plan = RolloutPlanner.Plan(Network.Production, edge.Survey(Network.Production, index % 20, traffic), RolloutPace.Standard, index);
        var activation = Courses.Accepted(Network.Production, plan, faults: faults, id: index + 1);
        TimeSpan? enough = null;
        Courses.Run(edge, activation, traffic, seen => enough ??= seen.Updated.Hits >= ErrorRateLimit.LeastHits ? seen.Elapsed : null);
        var cancelled = activation.Status.State == ActivationState.Aborted;
        return (
            cancelled,
            cancelled && enough is { } since ? activation.Status.CancelledAfter!.Value - since : TimeSpan.Zero,
            activation.Status.Cause
        );
    }

    private static (TrafficProfile, List<Fault>) Case(int index, double leastHits, bool bad)
    {
        var random = new Random(index);
        var hits = leastHits * Math.Pow(45_000 / leastHits, random.NextDouble());
        var errors = 0.0002 * Math.Pow(250, random.NextDouble()); // 0.02 to 5 %
        var redirects = 0.2 * random.NextDouble();
        var mix = new StatusMix(1 - errors - redirects, redirects, errors * 0.8, errors * 0.2);
        var countries = Countries.OrderBy(_ => random.Next()).Take(random.Next(1, 5));
        var traffic = new TrafficProfile(
            hits,
            countries.ToDictionary(country => country, _ => 0.2 + random.NextDouble(), StringComparer.Ordinal),
            mix
        );
        if (!bad)
            return (traffic, []);
        var least = Math.Min(0.9, Bad * ErrorRateLimit.Rise * Math.Max(errors, ErrorRateLimit.LeastErrors));
        var kind = random.Next(2) == 0 ? FaultKind.ServerErrors : FaultKind.ClientErrors;
        return (traffic, [new(kind, least + ((1 - least) * random.NextDouble()), TimeSpan.Zero)]);
    }
}
