using System.Collections.Concurrent;
using System.Security.Cryptography;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Edge;

/// <summary>
/// Two fleets of simulated servers. How a rollout goes is a pure function of its order and the time, so a restart, a replay and a look at any
/// past instant all give the same.
/// </summary>
/// <param name="seed">The same seed gives the same fleets and the same course of events.</param>
/// <param name="trusted">
/// The key whose signature the servers trust. Null where there is no engine to sign packages: then each is taken to be there, and to be good.
/// </param>
public sealed class SimulatedEdgeNetwork(int seed, ECDsa? trusted = null) : IEdgeNetwork
{
    private static readonly ReceivedPackage Good = new(IsThere: true, Defect: null);

    private readonly ConcurrentDictionary<long, RolloutCourse> _courses = new();
    private readonly ConcurrentDictionary<long, ReceivedPackage> _packages = new();
    private FleetPlaces? _stagingPlaces;
    private FleetPlaces? _productionPlaces;

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

    public IReadOnlyList<RegionPlace> Places(Network network) => Of(network).Places;

    public void Receive(long activationId, string revision, RolloutPackage package)
    {
        if (trusted is null)
            return;
        // A key is not made for several threads.
        lock (trusted)
            _packages[activationId] = ReceivedPackage.Check(package, revision, trusted);
    }

    public void Carry(RolloutOrder order) =>
        _courses.AddOrUpdate(order.ActivationId, _ => Course(order, TakePackage(order.ActivationId)), (_, course) => course.With(order));

    public RolloutObservation Observe(long activationId, TimeSpan elapsed) =>
        _courses.TryGetValue(activationId, out var course)
            ? course.At(elapsed)
            : throw new InvalidOperationException($"No order was carried for activation {activationId}.");

    public RolloutObservation Recall(RolloutOrder order, TimeSpan elapsed) =>
        // What is carried now need not be worked out from its beginning.
        _courses.TryGetValue(order.ActivationId, out var course) && course.IsOf(order)
            ? course.At(elapsed)
            : Course(order, Kept(order.ActivationId)).At(elapsed);

    public IReadOnlyList<SuspendedServer> Suspended(RolloutOrder order, TimeSpan elapsed, int most) =>
        Course(order, Kept(order.ActivationId)).Suspended(elapsed, most);

    public void Forget(long activationId)
    {
        // That the servers refused a package is part of what happened: who looks back is told so.
        if (_courses.TryRemove(activationId, out var course) && course.IsRefusedByAll)
            _packages[activationId] = course.Package;
        else
            _packages.TryRemove(activationId, out _);
    }

    /// <summary>What the servers found of a package, for a look back; where it is not known any more they took it.</summary>
    private ReceivedPackage Kept(long activationId) =>
        _courses.TryGetValue(activationId, out var course) ? course.Package : _packages.GetValueOrDefault(activationId, Good);

    private RolloutCourse Course(RolloutOrder order, ReceivedPackage package) => new(order, Of(order.Network), package);

    /// <summary>What a new course is carried out with; none was received where its package is missing.</summary>
    private ReceivedPackage TakePackage(long activationId) =>
        trusted is null ? Good
        : _packages.TryRemove(activationId, out var package) ? package
        : default;

    private FleetPlaces Of(Network network) =>
        network == Network.Staging
            ? LazyInitializer.EnsureInitialized(ref _stagingPlaces, () => new FleetPlaces(Staging))
            : LazyInitializer.EnsureInitialized(ref _productionPlaces, () => new FleetPlaces(Production));
}
