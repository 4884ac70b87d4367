using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Domain;

/// <summary>
/// The one port to the servers: what carries a rollout and tells how it goes. Orders are idempotent and say all that is wanted, so that an
/// engine that starts anew sends them again. All times are simulated time since the activation's start.
/// </summary>
public interface IEdgeNetwork
{
    /// <summary>The servers of <paramref name="network"/> by region, and how many of them serve this property's end users now.</summary>
    IReadOnlyList<RegionServers> Survey(Network network, long propertyId, TrafficProfile traffic);

    /// <summary>Makes <paramref name="order"/> what the servers work at for its activation, in place of the order before.</summary>
    void Carry(RolloutOrder order);

    /// <summary>How the activation stands at <paramref name="elapsed"/>.</summary>
    /// <exception cref="InvalidOperationException">No order was carried for this activation.</exception>
    RolloutObservation Observe(long activationId, TimeSpan elapsed);

    /// <summary>The activation is over: its order is no longer kept.</summary>
    void Forget(long activationId);
}
