using System.Globalization;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Audience;

/// <summary>The words of the traffic audience.</summary>
public static class AudienceText
{
    public const string AllCountries = "All countries of the traffic";
    public const string NormalDay = "As on a normal day";
    public const string Browser = "A usual browser";
    public const string Saved = "Saved. The impact preview and activations that begin from now on use it; running ones keep what they began with.";

    /// <summary>Offered; any other token can be typed.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>A share from 0 to 1 as "12.4%": rounded, but never to nothing.</summary>
    public static string Share(double share) => share < 0.0005 ? "<0.1%" : (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    /// <summary>A weight as it was typed.</summary>
    public static string Weight(double weight) => weight.ToString(CultureInfo.InvariantCulture);

    /// <summary>"United States 34%, Germany 15%, …": the largest first.</summary>
    public static string CountriesOf(TrafficProfile traffic)
    {
        var all = traffic.Countries.Values.Sum();
        return string.Join(", ", ByShare(traffic).Select(country => $"{Countries.Name(country.Key)} {Words.Percent(country.Value / all)}"));
    }

    /// <summary>Codes, the one with the largest share first.</summary>
    public static IReadOnlyList<string> Codes(TrafficProfile traffic) => [.. ByShare(traffic).Select(country => country.Key)];

    /// <summary>"91.4% 2xx, 5.8% 3xx, 2.6% 4xx, 0.2% 5xx".</summary>
    public static string Mix(StatusMix mix) =>
        $"{Share(mix.Ok2xx)} 2xx, {Share(mix.Redirect3xx)} 3xx, {Share(mix.ClientError4xx)} 4xx, {Share(mix.ServerError5xx)} 5xx";

    /// <summary>"GET /search": what a button's name says of its row.</summary>
    public static string Name(AudienceRequest request) => $"{request.Method} {(request.Path.Length > 60 ? request.Path[..60] + "…" : request.Path)}";

    private static IEnumerable<KeyValuePair<string, double>> ByShare(TrafficProfile traffic) =>
        traffic.Countries.OrderByDescending(country => country.Value).ThenBy(country => country.Key, StringComparer.Ordinal);
}
