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

    /// <summary>Where the regions of <paramref name="network"/> stand, by number.</summary>
    IReadOnlyList<RegionPlace> Places(Network network);

    /// <summary>
    /// Takes in the package of an activation, for the servers to fetch. Each of them checks its copy: the revision, the SHA-256 of the content, and
    /// the signature. Until it is there, nothing is prepared. Taken in again after the end, it tells a look back what the servers found.
    /// </summary>
    /// <param name="activationId">Whose it is.</param>
    /// <param name="revision">The one that the servers want.</param>
    /// <param name="package">What they are given.</param>
    void Receive(long activationId, string revision, RolloutPackage package);

    /// <summary>Makes <paramref name="order"/> what the servers work at for its activation, in place of the order before.</summary>
    void Carry(RolloutOrder order);

    /// <summary>How the activation stands at <paramref name="elapsed"/>.</summary>
    /// <exception cref="InvalidOperationException">No order was carried for this activation.</exception>
    RolloutObservation Observe(long activationId, TimeSpan elapsed);

    /// <summary>How an activation stood at <paramref name="elapsed"/>, running or long over: the same as was observed then.</summary>
    /// <param name="order">All that was wanted of the servers, up to then or to its end.</param>
    /// <param name="elapsed">Any instant.</param>
    RolloutObservation Recall(RolloutOrder order, TimeSpan elapsed);

    /// <summary>The servers that had suspended themselves by then, at most <paramref name="most"/> of them.</summary>
    IReadOnlyList<SuspendedServer> Suspended(RolloutOrder order, TimeSpan elapsed, int most);

    /// <summary>The activation is over: its order is no longer kept.</summary>
    void Forget(long activationId);
}
