namespace PropertyManager.Edge;

/// <summary>Names the independent draws of a fleet, so that no two decisions share their luck.</summary>
internal enum Draw : long
{
    NameStart = 1,
    NameKind,
    NetworkChoice,
    CarrierChoice,
    RegionSize,
    StagingSize,
}

/// <summary>
/// Lays out a fleet from real cities: how many regions a city has, which networks they stand in, how many servers each has. Only +, −, ×, ÷ and square
/// roots are used: these are exact to the bit on every machine, as logarithms and powers are not.
/// </summary>
internal static class FleetBuilder
{
    private const int ProductionServers = 350_000;
    private const int ProductionRegions = 4_200;
    private const int ProductionNetworks = 1_400;
    private const int MostRegionsOfACity = 40;
    private const int LargestRegion = 900;
    private const int StagingServers = 250;
    private const int StagingCitiesOfAContinent = 2;

    /// <summary>Networks that are at home everywhere; they come first in a fleet's numbering.</summary>
    private const int Carriers = 24;

    /// <summary>Of so many regions of a city, one stands in a carrier's network.</summary>
    private const int RegionsPerCarrier = 6;

    /// <summary>Builds <see cref="Fleet.Production"/>.</summary>
    public static Fleet Production(int seed)
    {
        var cities = Cities.All;
        var weights = CityWeights(cities);

        // By the square root: a city ten times as large has more regions, and larger ones.
        var regionsOfCity = Apportionment.Share(ProductionRegions, [.. weights.Select(Math.Sqrt)], _ => (1, MostRegionsOfACity));
        var places = new List<(City City, IspNetwork Isp, double Weight)>(ProductionRegions);
        foreach (var (city, isps) in ChooseNetworks(seed, cities, weights, regionsOfCity).Index())
        {
            foreach (var isp in isps.Order())
            {
                var weight = weights[city] / isps.Count * LongTail(SimulationRandom.Uniform(seed, Key(Draw.RegionSize, city), isp));
                places.Add((cities[city], NetworkNames.Network(seed, isp, isp < Carriers), weight));
            }
        }

        var servers = Apportionment.Share(ProductionServers, [.. places.Select(p => p.Weight)], _ => (Fleet.SmallestRegion, LargestRegion));
        return new Fleet(places.Select((place, i) => new Region(i, place.City, place.Isp, servers[i])));
    }

    /// <summary>Builds <see cref="Fleet.Staging"/>: the largest city of the two countries with the most demand on each continent.</summary>
    public static Fleet Staging(int seed)
    {
        var chosen = Cities
            .Countries.GroupBy(country => country.Continent, StringComparer.Ordinal)
            .SelectMany(continent => continent.OrderByDescending(country => country.Demand).Take(StagingCitiesOfAContinent))
            .OrderBy(country => country.Code, StringComparer.Ordinal)
            .Select(country => Cities.All.First(city => city.Country == country.Code))
            .ToList();
        var weights = chosen.Select((_, i) => 1 + SimulationRandom.Uniform(seed, Key(Draw.StagingSize, 0), i)).ToArray();
        var servers = Apportionment.Share(StagingServers, weights, _ => (Fleet.SmallestRegion, StagingServers));
        var carriers = chosen.Count / StagingCitiesOfAContinent;
        return new Fleet(chosen.Select((city, i) => new Region(i, city, NetworkNames.Network(seed, i % carriers, global: true), servers[i])));
    }

    /// <summary>A country's demand, shared among its cities by population to the power of 3/4: large cities have less than their head count.</summary>
    private static double[] CityWeights(IReadOnlyList<City> cities)
    {
        var sizes = cities.Select(city => Math.Sqrt(city.Population) * Math.Sqrt(Math.Sqrt(city.Population))).ToArray();
        var ofCountry = cities
            .Zip(sizes)
            .GroupBy(pair => pair.First.Country, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Second), StringComparer.Ordinal);
        return [.. cities.Select((city, i) => Cities.CountryOf(city).Demand * sizes[i] / ofCountry[city.Country])];
    }

    /// <summary>The numbers of the networks that each city's regions stand in, no network twice in a city. Every network is used.</summary>
    private static List<int>[] ChooseNetworks(int seed, IReadOnlyList<City> cities, double[] weights, int[] regionsOfCity)
    {
        var chosen = cities.Select(_ => new List<int>()).ToArray();
        var countries = Enumerable
            .Range(0, cities.Count)
            .GroupBy(city => cities[city].Country, StringComparer.Ordinal)
            .Select(g => g.ToList())
            .ToList();
        var networksOfCountry = Apportionment.Share(
            ProductionNetworks - Carriers,
            [.. countries.Select(group => Math.Sqrt(Cities.CountryOf(cities[group[0]]).Demand))],
            i => (countries[i].Max(LocalRegions), countries[i].Sum(LocalRegions))
        );

        var first = Carriers;
        foreach (var (group, count) in countries.Zip(networksOfCountry))
        {
            // Slot 0 of every city comes before slot 1 of any, so the country's largest networks meet its largest cities first.
            var bySize = group.OrderByDescending(city => weights[city]).ToList();
            var slots = Enumerable.Range(0, bySize.Max(LocalRegions)).SelectMany(slot => bySize.Where(city => slot < LocalRegions(city)));
            var used = 0;
            foreach (var city in slots)
            {
                chosen[city].Add(used < count ? first + used++ : Pick(seed, Draw.NetworkChoice, city, first, count, chosen[city]));
            }

            foreach (var city in group)
            {
                while (chosen[city].Count < regionsOfCity[city])
                {
                    chosen[city].Add(Pick(seed, Draw.CarrierChoice, city, 0, Carriers, chosen[city]));
                }
            }

            first += count;
        }

        return chosen;

        int LocalRegions(int city) => regionsOfCity[city] - regionsOfCity[city] / RegionsPerCarrier;
    }

    /// <summary>
    /// One of <paramref name="count"/> networks that the city lacks. The earlier ones are larger: number i is drawn about as often as 1 ÷ (i + 4), as
    /// the least of uniform draws stretched by i + 4 is.
    /// </summary>
    private static int Pick(int seed, Draw draw, int city, int first, int count, List<int> taken)
    {
        var best = -1;
        var bestDraw = double.PositiveInfinity;
        for (var i = 0; i < count; i++)
        {
            var drawn = SimulationRandom.Uniform(seed, Key(draw, city), first + i) * (i + 4);
            if (drawn < bestDraw && !taken.Contains(first + i))
            {
                (best, bestDraw) = (first + i, drawn);
            }
        }

        return best;
    }

    /// <summary>From 0 to 7, half of it under 0.7: a few regions of a city are far larger than the rest.</summary>
    private static double LongTail(double u) => u / Math.Sqrt(1 - 0.98 * u);

    private static long Key(Draw draw, int index) => ((long)draw << 32) | (uint)index;
}
