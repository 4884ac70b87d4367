namespace PropertyManager.Edge.Tests;

public sealed class CitiesTests
{
    private static readonly HashSet<string> Continents = ["AF", "AS", "EU", "NA", "OC", "SA"];

    [Fact]
    public void There_are_enough_cities_in_enough_countries()
    {
        Assert.True(Cities.All.Count >= 700);
        Assert.True(Cities.All.Select(city => city.Country).Distinct(StringComparer.Ordinal).Count() >= 130);
    }

    [Fact]
    public void Every_city_has_a_name_people_and_a_place_on_the_globe() =>
        Assert.All(
            Cities.All,
            city =>
            {
                Assert.Equal(city.Name.Trim(), city.Name);
                Assert.NotEmpty(city.Name);
                Assert.InRange(city.Latitude, -90, 90);
                Assert.InRange(city.Longitude, -180, 180);
                Assert.InRange(city.Population, 1, 40_000_000);
            }
        );

    [Fact]
    public void No_city_is_listed_twice() => Assert.Equal(Cities.All.Count, Cities.All.Select(city => (city.Country, city.Name)).Distinct().Count());

    [Fact]
    public void Every_country_is_whole_and_has_a_city()
    {
        Assert.All(
            Cities.Countries,
            country =>
            {
                Assert.Matches("^[A-Z]{2}$", country.Code);
                Assert.NotEmpty(country.Name);
                Assert.Contains(country.Continent, Continents);
                Assert.True(country.Demand > 0);
            }
        );
        Assert.Equal(
            Cities.Countries.Select(country => country.Code),
            Cities.All.Select(city => Cities.CountryOf(city).Code).Distinct(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
    }

    /// <summary>Places looked up elsewhere: they fail when columns or signs are mixed up.</summary>
    [Theory]
    [InlineData("NL", "Amsterdam", 52.37, 4.89)]
    [InlineData("US", "San Francisco", 37.77, -122.42)]
    [InlineData("AU", "Sydney", -33.87, 151.21)]
    [InlineData("BR", "São Paulo", -23.55, -46.64)]
    [InlineData("DE", "Cologne", 50.93, 6.95)]
    public void Known_cities_stand_where_they_stand(string country, string name, double latitude, double longitude)
    {
        var city = Assert.Single(Cities.All, city => city.Country == country && city.Name == name);
        Assert.Equal(latitude, city.Latitude, 0.1);
        Assert.Equal(longitude, city.Longitude, 0.1);
    }

    [Fact]
    public void Distances_are_great_circles()
    {
        var london = Cities.All.Single(city => city is { Country: "GB", Name: "London" });
        var newYork = Cities.All.Single(city => city is { Country: "US", Name: "New York City" });
        Assert.Equal(5_570, london.DistanceTo(newYork), 20.0);
        Assert.Equal(0, london.DistanceTo(london));
    }
}
