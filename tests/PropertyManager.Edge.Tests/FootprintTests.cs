using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Edge.Tests;

public sealed class FootprintTests
{
    private static readonly StatusMix Mix = new(0.9, 0.06, 0.03, 0.01);
    private static readonly Fleet Production = Fleet.Production(1);
    private static readonly string[] Codes = ["US", "DE", "IN", "BR", "JP", "BE", "FJ", "AD", "us", "ZZ", ""];

    /// <summary>From a single region of 2 servers to 30 regions of up to 60.</summary>
    private static readonly Gen<Fleet> Fleets =
        from places in Gen.Choose(0, Cities.All.Count - 1).SelectMany(city => Gen.Choose(2, 60).Select(servers => (city, servers))).NonEmptyListOf()
        select new Fleet(places.Take(30).Select((p, i) => new Region(i, Cities.All[p.city], new IspNetwork(64_496 + i, $"Network {i}"), p.servers)));

    private static readonly Gen<TrafficProfile> Profiles =
        from hits in Gen.Choose(-20, 750).Select(e => Math.Pow(10, e / 100.0))
        from shares in Gen.Elements(Codes).SelectMany(code => Gen.Choose(-1, 10).Select(share => (code, share))).ListOf()
        select new TrafficProfile(
            hits,
            shares.DistinctBy(s => s.code, StringComparer.Ordinal).ToDictionary(s => s.code, s => s.share / 10.0, StringComparer.Ordinal),
            Mix
        );

    private static readonly Gen<(Fleet Fleet, TrafficProfile Traffic, int Property)> Cases =
        from fleet in Gen.Frequency((4, Fleets), (1, Gen.Constant(Production)))
        from traffic in Profiles
        from property in Gen.Choose(1, 1_000_000)
        select (fleet, traffic, property);

    [Fact]
    public void Live_servers_are_within_each_region_and_never_all_of_one_that_is_not_tiny() =>
        ForAll(
            (fleet, traffic, property) =>
                Footprint
                    .Of(fleet, traffic, property, 1)
                    .Zip(fleet.Regions)
                    .All(pair =>
                        pair.First >= 0 && pair.First <= pair.Second.Servers && (pair.First < pair.Second.Servers || pair.Second.Servers <= 4)
                    )
        );

    [Fact]
    public void At_least_three_regions_are_live_where_the_fleet_has_them() =>
        ForAll((fleet, traffic, property) => Footprint.Of(fleet, traffic, property, 1).Count(live => live > 0) >= Math.Min(3, fleet.Regions.Count));

    [Fact]
    public void More_traffic_never_takes_a_live_server_away() =>
        ForAll(
            (fleet, traffic, property) =>
            {
                var less = Footprint.Of(fleet, traffic, property, 1);
                return new[] { 1.001, 1.3, 20 }.All(factor =>
                    less.Zip(Footprint.Of(fleet, traffic with { HitsPerSecond = traffic.HitsPerSecond * factor }, property, 1))
                        .All(pair => pair.First <= pair.Second)
                );
            }
        );

    [Fact]
    public void The_same_property_is_live_in_the_same_places() =>
        ForAll(
            (fleet, traffic, property) => Footprint.Of(fleet, traffic, property, 1).SequenceEqual(Footprint.Of(fleet, traffic with { }, property, 1))
        );

    [Fact]
    public void Every_region_at_home_is_live_before_any_abroad() =>
        ForAll(
            (fleet, traffic, property) =>
            {
                var known = fleet.Regions.Select(region => region.City.Country).ToHashSet(StringComparer.OrdinalIgnoreCase);
                var asked = traffic.Countries.Where(share => share.Value > 0).Select(share => share.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
                var live = Footprint.Of(fleet, traffic, property, 1);
                var everywhere = asked.Count == 0 || !asked.IsSubsetOf(known);
                var home = fleet.Regions.Where(region => everywhere || asked.Contains(region.City.Country)).ToHashSet();
                var abroad = fleet.Regions.Any(region => live[region.Index] > 0 && !home.Contains(region));
                return !abroad || home.All(region => live[region.Index] > 0);
            }
        );

    [Theory]
    [InlineData(50, 3, 10, 3, 30)]
    [InlineData(1_000, 24, 60, 100, 400)]
    [InlineData(40_000, 200, 999, 3_000, 25_000)]
    public void A_quiet_property_is_live_in_a_few_regions_and_a_busy_one_in_hundreds(
        double hits,
        int leastRegions,
        int mostRegions,
        int leastServers,
        int mostServers
    )
    {
        for (var property = 1; property <= 20; property++)
        {
            var live = Footprint.Of(Production, World(hits), property, 1);
            Assert.InRange(live.Count(servers => servers > 0), leastRegions, mostRegions);
            Assert.InRange(live.Sum(), leastServers, mostServers);
        }
    }

    [Fact]
    public void A_footprint_is_the_same_on_every_machine()
    {
        var live = Footprint.Of(Production, World(1_000), 1, 1);
        Assert.Equal((38, 424_716), (live.Count(servers => servers > 0), live.Index().Sum(region => region.Index * region.Item)));
    }

    [Fact]
    public void Two_properties_with_the_same_traffic_are_live_in_different_places() =>
        Assert.NotEqual(Footprint.Of(Production, World(1_000), 1, 1), Footprint.Of(Production, World(1_000), 2, 1));

    [Fact]
    public void A_larger_share_of_the_hits_means_more_live_servers()
    {
        var live = Footprint.Of(
            Production,
            new(5_000, new Dictionary<string, double>(StringComparer.Ordinal) { ["DE"] = 0.9, ["FR"] = 0.1 }, Mix),
            1,
            1
        );
        Assert.True(In("DE") > 2 * In("FR"));
        Assert.True(In("FR") > 0);

        int In(string country) => Production.Regions.Where(region => region.City.Country == country).Sum(region => live[region.Index]);
    }

    [Fact]
    public void What_a_small_country_cannot_carry_goes_to_its_neighbours()
    {
        var live = Footprint.Of(Production, new(1_000, new Dictionary<string, double>(StringComparer.Ordinal) { ["BE"] = 1 }, Mix), 1, 1);
        var countries = Production
            .Regions.Where(region => live[region.Index] > 0)
            .Select(region => region.City.Country)
            .ToHashSet(StringComparer.Ordinal);
        Assert.Contains("BE", countries);
        Assert.True(countries.Count > 1);
        Assert.Subset(new HashSet<string>(["BE", "NL", "LU", "FR", "DE", "GB"], StringComparer.Ordinal), countries);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Without_hits_no_server_is_live(double hits) => Assert.All(Footprint.Of(Production, World(hits), 1, 1), live => Assert.Equal(0, live));

    private static TrafficProfile World(double hits) =>
        new(
            hits,
            new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["US"] = 0.4,
                ["DE"] = 0.2,
                ["IN"] = 0.2,
                ["BR"] = 0.2,
            },
            Mix
        );

    private static void ForAll(Func<Fleet, TrafficProfile, int, bool> holds) =>
        Prop.ForAll(Cases.ToArbitrary(), c => holds(c.Fleet, c.Traffic, c.Property)).QuickCheckThrowOnFailure();
}
