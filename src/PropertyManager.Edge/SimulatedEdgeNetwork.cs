using System.Collections.Concurrent;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Edge;

/// <summary>
/// Two fleets of simulated servers. How a rollout goes is a pure function of its order and the time, so a restart, a replay and a look at any
/// past instant all give the same.
/// </summary>
public sealed class SimulatedEdgeNetwork(int seed) : IEdgeNetwork
{
    private readonly ConcurrentDictionary<long, RolloutCourse> _courses = new();

    /// <summary>The production network's servers.</summary>
    public Fleet Production { get; } = Fleet.Production(seed);

    /// <summary>The staging network's servers.</summary>
    public Fleet Staging { get; } = Fleet.Staging(seed);

    public IReadOnlyList<RegionServers> Survey(Network network, long propertyId, TrafficProfile traffic)
    {
        if (network == Network.Staging)
            return [.. Staging.Regions.Select(region => new RegionServers(region.Index, region.Servers, Live: 0))];
        var live = Footprint.Of(Production, traffic, propertyId, seed);
        return [.. Production.Regions.Select(region => new RegionServers(region.Index, region.Servers, live[region.Index]))];
    }

    public void Carry(RolloutOrder order) =>
        _courses.AddOrUpdate(order.ActivationId, _ => new RolloutCourse(order), (_, course) => course.With(order));

    public RolloutObservation Observe(long activationId, TimeSpan elapsed) =>
        _courses.TryGetValue(activationId, out var course)
            ? course.At(elapsed)
            : throw new InvalidOperationException($"No order was carried for activation {activationId}.");

    public void Forget(long activationId) => _courses.TryRemove(activationId, out _);
}
