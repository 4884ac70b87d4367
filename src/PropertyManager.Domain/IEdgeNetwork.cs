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
    /// the signature. Until it is there, nothing is prepared.
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

    /// <summary>What every server would find wrong with the package; null: it would be installed. Changes nothing.</summary>
    /// <param name="revision">The one that the servers want.</param>
    /// <param name="package">What they are given.</param>
    PackageDefect? Inspect(string revision, RolloutPackage package);

    /// <summary>
    /// How an activation stood at <paramref name="elapsed"/>, running or long over: the same as was observed then. Changes nothing.
    /// </summary>
    /// <param name="order">All that was wanted of the servers, up to then or to its end.</param>
    /// <param name="elapsed">Any instant.</param>
    /// <param name="defect">
    /// Of an activation that is over: what the servers found wrong with its package (<see cref="Inspect"/>). A running one's is known.
    /// </param>
    RolloutObservation Recall(RolloutOrder order, TimeSpan elapsed, PackageDefect? defect = null);

    /// <summary>The servers that had suspended themselves by then, at most <paramref name="most"/> of them. Changes nothing.</summary>
    /// <param name="order">As for <see cref="Recall"/>.</param>
    /// <param name="elapsed">Any instant.</param>
    /// <param name="most">Servers to list, at most.</param>
    /// <param name="defect">As for <see cref="Recall"/>.</param>
    IReadOnlyList<SuspendedServer> Suspended(RolloutOrder order, TimeSpan elapsed, int most, PackageDefect? defect = null);

    /// <summary>The activation is over: its order is no longer kept.</summary>
    void Forget(long activationId);
}
