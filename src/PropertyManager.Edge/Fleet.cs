namespace PropertyManager.Edge;

/// <summary>An access network that hosts edge servers.</summary>
/// <param name="Asn">Its autonomous system number.</param>
/// <param name="Name">Its made-up name, unique within a fleet.</param>
public sealed record IspNetwork(int Asn, string Name);

/// <summary>Edge servers that stand together: in one city, in one ISP's network.</summary>
/// <param name="Index">Its place in <see cref="Fleet.Regions"/>.</param>
/// <param name="City">Where it stands.</param>
/// <param name="Isp">Whose network it stands in; no two regions share both city and network.</param>
/// <param name="Servers">How many servers, at least 2.</param>
public sealed record Region(int Index, City City, IspNetwork Isp, int Servers);

/// <summary>The edge servers of one network, grouped in regions. It never changes once it is built.</summary>
public sealed class Fleet
{
    /// <summary>The fewest servers of a region: one goes on serving while another is being installed.</summary>
    public const int SmallestRegion = 2;

    /// <summary>Groups servers into a fleet.</summary>
    /// <exception cref="ArgumentException">A region's index is not its place in the list, or a region is too small.</exception>
    public Fleet(IEnumerable<Region> regions)
    {
        ArgumentNullException.ThrowIfNull(regions);
        Region[] list = [.. regions];
        for (var i = 0; i < list.Length; i++)
        {
            if (list[i].Index != i)
            {
                throw new ArgumentException($"The region at place {i} has the index {list[i].Index}.", nameof(regions));
            }

            if (list[i].Servers < SmallestRegion)
            {
                throw new ArgumentException($"Region {i} has {list[i].Servers} servers; the least is {SmallestRegion}.", nameof(regions));
            }
        }

        Regions = Array.AsReadOnly(list);
        ServerCount = list.Sum(region => region.Servers);
    }

    /// <summary>All regions, in the order of their index: by country code, then city, then network number.</summary>
    public IReadOnlyList<Region> Regions { get; }

    /// <summary>Servers of all regions together.</summary>
    public int ServerCount { get; }

    /// <summary>
    /// The network that serves end users: 350,000 servers in 4,200 regions and 1,400 ISP networks. Countries weigh by their demand for edge traffic,
    /// cities by their size. The same seed gives the same fleet on every machine.
    /// </summary>
    public static Fleet Production(int seed) => FleetBuilder.Production(seed);

    /// <summary>The small network for testing: 250 servers in 12 regions, two on each continent. The same seed gives the same fleet.</summary>
    public static Fleet Staging(int seed) => FleetBuilder.Staging(seed);
}
