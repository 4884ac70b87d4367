using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>Servers that can be looked at and not be changed: a change fails.</summary>
internal sealed class UntouchedEdge(IEdgeNetwork edge) : IEdgeNetwork
{
    public IReadOnlyList<RegionServers> Survey(Network network, long propertyId, TrafficProfile traffic) => edge.Survey(network, propertyId, traffic);

    public IReadOnlyList<RegionPlace> Places(Network network) => edge.Places(network);

    public PackageDefect? Inspect(string revision, RolloutPackage package) => edge.Inspect(revision, package);

    public RolloutObservation Recall(RolloutOrder order, TimeSpan elapsed, PackageDefect? defect = null) => edge.Recall(order, elapsed, defect);

    public IReadOnlyList<SuspendedServer> Suspended(RolloutOrder order, TimeSpan elapsed, int most, PackageDefect? defect = null) =>
        edge.Suspended(order, elapsed, most, defect);

    public RolloutObservation Observe(long activationId, TimeSpan elapsed) => edge.Observe(activationId, elapsed);

    public void Receive(long activationId, string revision, RolloutPackage package) => throw Changed();

    public void Carry(RolloutOrder order) => throw Changed();

    public void Forget(long activationId) => throw Changed();

    private static InvalidOperationException Changed() => new("The servers were told something.");
}
