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
        if (trusted is not null)
            _packages[activationId] = new(IsThere: true, Inspect(revision, package));
    }

    public PackageDefect? Inspect(string revision, RolloutPackage package)
    {
        if (trusted is null)
            return null;
        // A key is not made for several threads.
        lock (trusted)
            return ReceivedPackage.Check(package, revision, trusted);
    }

    public void Carry(RolloutOrder order) =>
        _courses.AddOrUpdate(order.ActivationId, _ => Course(order, TakePackage(order.ActivationId)), (_, course) => course.With(order));

    public RolloutObservation Observe(long activationId, TimeSpan elapsed) =>
        _courses.TryGetValue(activationId, out var course)
            ? course.At(elapsed)
            : throw new InvalidOperationException($"No order was carried for activation {activationId}.");

    public RolloutObservation Recall(RolloutOrder order, TimeSpan elapsed, PackageDefect? defect = null) =>
        // What is carried now need not be worked out from its beginning.
        _courses.TryGetValue(order.ActivationId, out var course) && course.IsOf(order)
            ? course.At(elapsed)
            : Course(order, PackageOf(order.ActivationId, defect)).At(elapsed);

    public IReadOnlyList<SuspendedServer> Suspended(RolloutOrder order, TimeSpan elapsed, int most, PackageDefect? defect = null) =>
        Course(order, PackageOf(order.ActivationId, defect)).Suspended(elapsed, most);

    public void Forget(long activationId)
    {
        _courses.TryRemove(activationId, out _);
        _packages.TryRemove(activationId, out _);
    }

    /// <summary>What the servers found of a package: of a running activation's that is known, of another's the caller says it.</summary>
    private ReceivedPackage PackageOf(long activationId, PackageDefect? defect) =>
        _courses.TryGetValue(activationId, out var course) ? course.Package : new(IsThere: true, defect);

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
