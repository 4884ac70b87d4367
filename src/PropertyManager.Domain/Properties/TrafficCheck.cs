using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Domain.Properties;

/// <summary>Whether what end users are said to ask of a property can be simulated.</summary>
public static class TrafficCheck
{
    /// <summary>The greatest average, hits/s: more than any site has.</summary>
    public const double MostHits = 10_000_000;

    // Shares that people write are rounded.
    private const double Rounding = 0.001;

    /// <summary>What is wrong with it, in words; null when nothing is.</summary>
    public static string? Problem(TrafficProfile traffic)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        if (!(traffic.HitsPerSecond is >= 0 and <= MostHits))
            return $"hitsPerSecond is a number from 0 to {MostHits:0}.";
        if (traffic.Countries.Keys.FirstOrDefault(code => Continents.Of(code).Length == 0) is { } unknown)
            return $"“{unknown}” in countries is not the code of a country, such as DE.";
        if (traffic.Countries.FirstOrDefault(country => !(country.Value is >= 0 and <= 1)).Key is { } code)
            return $"The share of {code} in countries is a number from 0 to 1.";
        if (!traffic.Countries.Values.Any(share => share > 0))
            return "countries names at least one country with a share above 0.";
        double[] mix = [traffic.Mix.Ok2xx, traffic.Mix.Redirect3xx, traffic.Mix.ClientError4xx, traffic.Mix.ServerError5xx];
        return !mix.All(share => share is >= 0 and <= 1) || Math.Abs(mix.Sum() - 1) > Rounding
            ? "The shares in mix are numbers from 0 to 1 that add up to 1."
            : null;
    }
}
