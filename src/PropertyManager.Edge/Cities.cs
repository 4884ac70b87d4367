using System.Globalization;

namespace PropertyManager.Edge;

/// <summary>The cities and countries the simulated networks stand in, read once from the assembly's resources.</summary>
public static class Cities
{
    private static readonly Dictionary<string, Country> ByCode = Rows("countries.tsv")
        .Select(f => new Country(f[0], f[1], f[2], Number(f[3]), Number(f[4])))
        .ToDictionary(country => country.Code, StringComparer.Ordinal);

    /// <summary>All cities, by country code, then from the largest to the smallest. Source: GeoNames, CC BY 4.0.</summary>
    public static IReadOnlyList<City> All { get; } =
    [.. Rows("cities.tsv").Select(f => new City(f[1], f[0], Number(f[2]), Number(f[3]), int.Parse(f[4], CultureInfo.InvariantCulture)))];

    /// <summary>All countries, by code; each has at least one city.</summary>
    public static IReadOnlyList<Country> Countries { get; } = [.. ByCode.Values.OrderBy(country => country.Code, StringComparer.Ordinal)];

    /// <summary>The country <paramref name="city"/> lies in.</summary>
    /// <exception cref="KeyNotFoundException">The city's country is none of <see cref="Countries"/>.</exception>
    public static Country CountryOf(City city)
    {
        ArgumentNullException.ThrowIfNull(city);
        return ByCode[city.Country];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static List<string[]> Rows(string resource)
    {
        var assembly = typeof(Cities).Assembly;
        using var stream =
            assembly.GetManifestResourceStream($"PropertyManager.Edge.Resources.{resource}")
            ?? throw new InvalidOperationException($"The assembly lacks its resource {resource}.");
        using var reader = new StreamReader(stream);
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                rows.Add(line.Split('\t'));
            }
        }

        return rows;
    }
}
