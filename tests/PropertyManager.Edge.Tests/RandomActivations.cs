using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Tests;

namespace PropertyManager.Edge.Tests;

/// <summary>An activation of any kind with any trouble: before it starts, while it runs, and people who cancel.</summary>
/// <param name="Activation">As it was accepted.</param>
/// <param name="Struck">Faults that come while it runs, by the second at which somebody sets them.</param>
/// <param name="CancelAt">The second at which somebody cancels; null when nobody does.</param>
internal sealed record RandomActivation(Activation Activation, TrafficProfile Traffic, IReadOnlyList<(int Second, Fault Fault)> Struck, int? CancelAt)
{
    /// <summary>The same numbers give the same activation, and a new one each time.</summary>
    public static RandomActivation Of(SimulatedEdgeNetwork edge, int index)
    {
        var random = new Random(index);
        var (network, type, pace) = random.Next(6) switch
        {
            0 => (Network.Staging, ActivationType.Activate, RolloutPace.Staging),
            1 => (Network.Production, ActivationType.FastFallback, RolloutPace.FastFallback),
            2 => (Network.Production, ActivationType.Deactivate, RolloutPace.Standard),
            3 => (Network.Production, ActivationType.Activate, RolloutPace.Exception),
            _ => (Network.Production, ActivationType.Activate, RolloutPace.Standard),
        };
        var traffic = new TrafficProfile(
            40 * Math.Pow(500, random.NextDouble()),
            new Dictionary<string, double>(StringComparer.Ordinal) { ["US"] = random.NextDouble(), ["DE"] = random.NextDouble() },
            new(0.9, 0.06, 0.03, 0.01)
        );
        var plan = RolloutPlanner.Plan(network, edge.Survey(network, index % 10, traffic), pace, index) with
        {
            Answering = Activation.AnsweringOf(type, index % 4 == 0 ? null : 1),
        };
        var activation = Courses.Accepted(
            network,
            plan,
            type,
            pace == RolloutPace.Exception ? "custom or advanced configuration" : null,
            limit: random.Next(4) > 0,
            faults:
            [
                .. Enumerable.Range(0, random.Next(3)).Select(_ => FaultOf(random, edge.Places(network), TimeSpan.FromSeconds(random.Next(400)))),
            ],
            id: index + 1
        );
        var struck = Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(1, 500)).Order().ToList();
        return new(
            activation,
            traffic,
            [.. struck.Select(second => (second, FaultOf(random, edge.Places(network), TimeSpan.FromSeconds(second + 2)) with { Phase = null }))],
            random.Next(3) == 0 ? random.Next(1, 700) : null
        );
    }

    /// <summary>Carries it to its end, with all that happens to it.</summary>
    /// <param name="look">Sees each observation before it is decided on.</param>
    public void Run(IEdgeNetwork edge, Action<RolloutObservation>? look = null) =>
        Courses.Run(
            edge,
            Activation,
            Traffic,
            seen =>
            {
                look?.Invoke(seen);
                if (seen.Elapsed == TimeSpan.FromSeconds(CancelAt ?? -1))
                    Activation.Intent.CancelRequestedAt = DateTimeOffset.UnixEpoch;
                foreach (var (_, fault) in Struck.Where(struck => seen.Elapsed == TimeSpan.FromSeconds(struck.Second)))
                {
                    Activation.Intent.Faults = [.. Activation.Intent.Faults, fault];
                    edge.Carry(Activation.OrderFor(Traffic));
                }
            }
        );

    private static Fault FaultOf(Random random, IReadOnlyList<RegionPlace> places, TimeSpan from)
    {
        var kinds = Enum.GetValues<FaultKind>();
        var place = places[random.Next(places.Count)];
        return new Fault(kinds[random.Next(kinds.Length)], Math.Pow(random.NextDouble(), 3), from)
        {
            Until = random.Next(2) == 0 ? from + TimeSpan.FromSeconds(random.Next(1, 300)) : null,
            Phase = random.Next(4) == 0 ? RolloutStage.World : null,
            Slowness = random.Next(1, 12),
            Scope = new FaultScope
            {
                Country = random.Next(3) == 0 ? "US" : null,
                Asn = random.Next(5) == 0 ? place.Asn : null,
                Servers = random.Next(2) == 0 ? 1 : random.NextDouble(),
                OnlyUpdated = random.Next(3) > 0,
            },
        };
    }
}
