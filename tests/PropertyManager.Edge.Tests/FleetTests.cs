using System.Security.Cryptography;
using System.Text;

namespace PropertyManager.Edge.Tests;

public sealed class FleetTests
{
    private static readonly Fleet Production = Fleet.Production(1);
    private static readonly Fleet Staging = Fleet.Staging(1);

    [Fact]
    public void Production_has_350_000_servers_in_4_200_regions_and_1_400_networks()
    {
        Assert.Equal(350_000, Production.ServerCount);
        Assert.Equal(350_000, Production.Regions.Sum(region => region.Servers));
        Assert.Equal(4_200, Production.Regions.Count);
        Assert.InRange(Production.Regions.Select(region => region.Isp).Distinct().Count(), 1_375, 1_400);
        Assert.True(Production.Regions.Select(region => region.City).Distinct().Count() >= 700);
        Assert.True(Production.Regions.Select(region => region.City.Country).Distinct(StringComparer.Ordinal).Count() >= 130);
    }

    [Fact]
    public void Regions_are_mostly_small_with_a_long_tail_of_some_hundreds()
    {
        var sizes = Production.Regions.Select(region => region.Servers).Order().ToList();
        Assert.Equal(Fleet.SmallestRegion, sizes[0]);
        Assert.InRange(sizes[sizes.Count / 2], 20, 80);
        Assert.InRange(sizes[sizes.Count * 99 / 100], 300, 800);
        Assert.InRange(sizes[^1], 500, 900);
    }

    [Fact]
    public void Regions_are_numbered_by_place_and_no_two_share_city_and_network()
    {
        Assert.All(Production.Regions.Index(), pair => Assert.Equal(pair.Index, pair.Item.Index));
        Assert.Equal(Production.Regions.Count, Production.Regions.Select(region => (region.City, region.Isp)).Distinct().Count());
    }

    [Fact]
    public void A_network_has_one_name_and_one_number_and_most_stay_in_one_country()
    {
        var networks = Production.Regions.GroupBy(region => region.Isp).ToList();
        Assert.Equal(networks.Count, networks.Select(network => network.Key.Asn).Distinct().Count());
        Assert.Equal(networks.Count, networks.Select(network => network.Key.Name).Distinct(StringComparer.Ordinal).Count());
        var global = networks.Count(network => network.Select(region => region.City.Country).Distinct(StringComparer.Ordinal).Count() > 1);
        Assert.InRange(global, 5, 24);
    }

    [Fact]
    public void Large_internet_countries_have_more_servers()
    {
        var servers = Production
            .Regions.GroupBy(region => region.City.Country, StringComparer.Ordinal)
            .ToDictionary(country => country.Key, country => country.Sum(region => region.Servers), StringComparer.Ordinal);
        Assert.Equal("US", servers.MaxBy(country => country.Value).Key);
        Assert.True(servers["DE"] > servers["AT"]);
        Assert.True(servers["AT"] > servers["AD"]);
    }

    [Fact]
    public void Staging_has_250_servers_in_12_regions_on_every_continent()
    {
        Assert.Equal(250, Staging.ServerCount);
        Assert.Equal(12, Staging.Regions.Count);
        Assert.Equal(12, Staging.Regions.Select(region => region.City.Country).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(6, Staging.Regions.Select(region => Cities.CountryOf(region.City).Continent).Distinct(StringComparer.Ordinal).Count());
        Assert.All(Staging.Regions, region => Assert.True(region.Servers >= Fleet.SmallestRegion));
    }

    [Fact]
    public void The_same_seed_gives_the_same_fleet_on_every_machine()
    {
        Assert.Equal("8a31136a37ccd34db712fa58dbc2b8b895f1ca313420e8d61b399594e422da14", Fingerprint(Fleet.Production(1)));
        Assert.Equal("da2d30db447575f7f7ad8e3335d3e1f9864acc2e65828de19a35b8ab458dc041", Fingerprint(Fleet.Staging(1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-7)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void Another_seed_gives_another_fleet_of_the_same_totals(int seed)
    {
        var other = Fleet.Production(seed);
        Assert.Equal(350_000, other.ServerCount);
        Assert.Equal(4_200, other.Regions.Count);
        Assert.False(Fingerprint(Production) == Fingerprint(other));
        Assert.Equal(250, Fleet.Staging(seed).ServerCount);
        Assert.False(Fingerprint(Staging) == Fingerprint(Fleet.Staging(seed)));
    }

    [Fact]
    public void A_fleet_refuses_regions_out_of_place_and_regions_too_small()
    {
        var region = Staging.Regions[0];
        Assert.Throws<ArgumentException>(() => new Fleet([region with { Index = 1 }]));
        Assert.Throws<ArgumentException>(() => new Fleet([region with { Servers = 1 }]));
    }

    private static string Fingerprint(Fleet fleet)
    {
        var text = string.Concat(
            fleet.Regions.Select(r => string.Create(null, $"{r.Index}|{r.City.Country}|{r.City.Name}|{r.Isp.Asn}|{r.Isp.Name}|{r.Servers}\n"))
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
