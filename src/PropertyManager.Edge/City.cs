namespace PropertyManager.Edge;

/// <summary>A real city that edge servers stand in.</summary>
/// <param name="Name">The English name.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code, upper case; <see cref="Cities.CountryOf"/> has the rest.</param>
/// <param name="Latitude">Degrees north, −90 to 90.</param>
/// <param name="Longitude">Degrees east, −180 to 180.</param>
/// <param name="Population">Inhabitants of the city proper, at least 1.</param>
public sealed record City(string Name, string Country, double Latitude, double Longitude, int Population)
{
    private const double EarthRadiusKm = 6371;

    /// <summary>Great-circle distance in km.</summary>
    public double DistanceTo(City other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var sinLatitude = Math.Sin(double.DegreesToRadians(other.Latitude - Latitude) / 2);
        var sinLongitude = Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2);
        var cosines = Math.Cos(double.DegreesToRadians(Latitude)) * Math.Cos(double.DegreesToRadians(other.Latitude));
        var haversine = sinLatitude * sinLatitude + cosines * sinLongitude * sinLongitude;
        return 2 * EarthRadiusKm * Math.Asin(Math.Sqrt(Math.Min(1, haversine)));
    }
}

/// <summary>A country that edge servers stand in, with what the simulation assumes about its use of the internet.</summary>
/// <param name="Code">ISO 3166-1 alpha-2 code, upper case.</param>
/// <param name="Name">The English short name.</param>
/// <param name="Continent">AF, AS, EU, NA (with Central America and the Caribbean), OC or SA.</param>
/// <param name="InternetUsers">Millions of people; a rounded estimate.</param>
/// <param name="TrafficPerUser">Edge traffic of one user, 1 = world average; an estimate.</param>
public sealed record Country(string Code, string Name, string Continent, double InternetUsers, double TrafficPerUser)
{
    /// <summary>The country's pull on servers; it has a meaning only beside other countries' demand.</summary>
    public double Demand => InternetUsers * TrafficPerUser;
}
