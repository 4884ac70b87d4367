using PropertyManager.Domain.Properties;

namespace PropertyManager.Edge;

/// <summary>
/// Which servers carry a property's live traffic: those near its end users, and the more of them the more it is asked.
/// <para>
/// Every property ranks the regions once, by the part of its hits that they would get: its country's share × the region's part of that country's
/// servers × a liking of the property's own (routes, prices, who peers with whom). Traffic then <em>reaches</em> down this ranking by
/// <c>hits^(5/8) ÷ 2</c> regions: 6 at 50 hits/s, 38 at 1,000, 376 at 40,000. A region carries the more servers the deeper the reach goes past it.
/// As each region follows from the reach alone, more traffic never takes a live server away.
/// </para>
/// </summary>
public static class Footprint
{
    /// <summary>The fewest regions of a property with any traffic, where the fleet has them: one region's trouble never leaves it without a server.</summary>
    public const int FewestRegions = 3;

    /// <summary>A region of this many servers takes one more live server with every region that the reach goes past it.</summary>
    private const double ServersPerStep = 2_000;

    /// <summary>Up to this many servers a region may be live as a whole; a larger one keeps a fifth of its servers for others.</summary>
    private const int TinyRegion = 4;

    /// <summary>Live servers of the property per region of the fleet.</summary>
    /// <param name="fleet">Where the property is served.</param>
    /// <param name="traffic">
    /// Its traffic. Hits from countries without a region are served anywhere; so are all hits when no country has a positive share. Without hits no
    /// server is live.
    /// </param>
    /// <param name="propertyId">Makes one property's places differ from another's.</param>
    /// <param name="seed">The simulation's seed.</param>
    /// <returns>Aligned with <see cref="Fleet.Regions"/>, each from 0 to the region's servers.</returns>
    public static int[] Of(Fleet fleet, TrafficProfile traffic, long propertyId, int seed)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(traffic);
        var live = new int[fleet.Regions.Count];
        if (!(traffic.HitsPerSecond > 0))
        {
            return live;
        }

        var reach = Math.Max(FewestRegions, Reach(traffic.HitsPerSecond));
        foreach (var (rank, region) in Ranking(fleet, traffic, propertyId, seed).Index())
        {
            if (rank >= reach)
            {
                break;
            }

            var wanted = Math.Ceiling((reach - rank) * region.Servers / ServersPerStep);
            live[region.Index] = (int)Math.Min(wanted, MostLive(region));
        }

        return live;
    }

    /// <summary>hits^(5/8) ÷ 2, by square roots alone: they are exact to the bit on every machine.</summary>
    private static double Reach(double hits) => Math.Sqrt(hits) * Math.Sqrt(Math.Sqrt(Math.Sqrt(hits))) / 2;

    private static int MostLive(Region region) => region.Servers <= TinyRegion ? region.Servers : region.Servers * 4 / 5;

    /// <summary>All regions: those of the property's countries, the likeliest first, then those abroad, the nearest to the likeliest first.</summary>
    private static IEnumerable<Region> Ranking(Fleet fleet, TrafficProfile traffic, long propertyId, int seed)
    {
        var (shares, anywhere) = Shares(fleet, traffic);
        var home = new List<(Region Region, double Score)>();
        var abroad = new List<Region>();
        foreach (var region in fleet.Regions)
        {
            var share = shares.GetValueOrDefault(region.City.Country) + anywhere;
            if (share > 0)
            {
                home.Add((region, region.Servers * share * (0.25 + SimulationRandom.Uniform(seed, propertyId, region.Index))));
            }
            else
            {
                abroad.Add(region);
            }
        }

        var ranking = home.OrderByDescending(pair => pair.Score).Select(pair => pair.Region).ToList();
        return ranking.Concat(abroad.OrderBy(region => ranking[0].City.DistanceTo(region.City)));
    }

    /// <summary>What part of the hits one server gets: by its country, and on top of that wherever it stands.</summary>
    private static (Dictionary<string, double> ByCountry, double Anywhere) Shares(Fleet fleet, TrafficProfile traffic)
    {
        var servers = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var region in fleet.Regions)
        {
            servers[region.City.Country] = servers.GetValueOrDefault(region.City.Country) + region.Servers;
        }

        var positive = traffic.Countries.Where(pair => pair.Value > 0 && double.IsFinite(pair.Value)).ToList();
        var largest = positive.Select(pair => pair.Value).DefaultIfEmpty(1).Max();
        var byCountry = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        var unknown = positive.Count == 0 ? 1.0 : 0.0;
        foreach (var (country, value) in positive)
        {
            // Against the largest: shares may be of any scale.
            var share = value / largest;
            if (servers.TryGetValue(country, out var there))
            {
                byCountry[country] = byCountry.GetValueOrDefault(country) + share / there;
            }
            else
            {
                unknown += share;
            }
        }

        return (byCountry, fleet.ServerCount == 0 ? 0 : unknown / fleet.ServerCount);
    }
}
