using System.Globalization;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>Hits of some servers by how they were answered, as a row that is shown.</summary>
/// <param name="Name">Whose hits.</param>
/// <param name="Hits">Hits/s.</param>
/// <param name="Ok2xx">Percent of them, as the others.</param>
public sealed record LiveTraffic(string Name, string Hits, string Ok2xx, string Redirect3xx, string ClientError4xx, string ServerError5xx)
{
    /// <summary>What stands for a share of no hits.</summary>
    private const string None = "–";

    private static readonly TimeSpan Before = TimeSpan.FromMinutes(5);
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    /// <summary>Servers that changed, those that have not yet, and all of them before.</summary>
    public static IReadOnlyList<LiveTraffic> Of(TrafficNow now, ActivationType type) =>
        type == ActivationType.Deactivate
            ?
            [
                Row("Servers that it was taken off", now.Updated),
                Row("Servers that still have it", now.Others),
                Row("Before the deactivation", now.Before, Before),
            ]
            :
            [
                Row("Updated servers", now.Updated),
                Row(now.Answering == Answering.Updated ? "Servers without the property yet" : "Servers with the previous version", now.Others),
                Row("Before the activation", now.Before, Before),
            ];

    /// <summary>Whose hits are refused, and why nothing stands for before; null when all servers answer.</summary>
    public static string? Note(Answering answering) =>
        answering switch
        {
            Answering.Updated =>
                "A server without the property refuses every hit on it with 4xx. No version was active before, so there is no traffic from before.",
            Answering.Others => "A server without the property refuses every hit on it with 4xx: that is meant.",
            _ => null,
        };

    private static LiveTraffic Row(string name, TrafficSample sample, TimeSpan? span = null) =>
        new(
            name,
            Rate(sample.Hits / (span ?? TimeSpan.FromSeconds(1)).TotalSeconds),
            Share(sample.Ok2xx, sample.Hits),
            Share(sample.Redirect3xx, sample.Hits),
            Share(sample.ClientError4xx, sample.Hits),
            Share(sample.ServerError5xx, sample.Hits)
        );

    private static string Rate(double hits) => hits.ToString(hits is > 0 and < 10 ? "0.0" : "N0", English);

    private static string Share(double part, double hits) => hits > 0 ? (part / hits * 100).ToString("0.0", English) + "%" : None;
}
