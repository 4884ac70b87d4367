using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Simulation;

/// <summary><c>/properties/{propertyId}/traffic</c>: how much traffic a property is simulated with, from where, and how it is answered.</summary>
internal static class TrafficResource
{
    private const string Path = "/properties/{propertyId}/traffic";

    public static void Map(IEndpointRouteBuilder simulation)
    {
        simulation.MapGet(Path, GetAsync).WithName("get-property-traffic").Produces<TrafficModel>();
        simulation.MapPut(Path, PutAsync).WithName("put-property-traffic").Accepts<TrafficModel>("application/json").Produces<TrafficModel>();
    }

    private static async Task<IResult> GetAsync(string propertyId, HttpContext http, TrafficDesk desk) =>
        PublicId.Parse(PublicId.Property, propertyId) is { } id && await desk.FindAsync(id, http.Access(), http.RequestAborted) is { } traffic
            ? PapiRequest.Answer(Model(traffic))
            : Unknown(propertyId);

    private static async Task<IResult> PutAsync(string propertyId, HttpContext http, TrafficDesk desk)
    {
        var (model, problem) = await http.ReadAsync<TrafficModel>();
        if (model is null)
            return problem!;
        if (model is not { HitsPerSecond: { } hits, Countries: { } countries, Mix: { } mix })
            return PapiProblems.BadRequest("hitsPerSecond, countries and mix are needed: what is sent takes the place of all that is there.");
        if (PublicId.Parse(PublicId.Property, propertyId) is not { } id)
            return Unknown(propertyId);
        var traffic = new TrafficProfile(
            hits,
            countries,
            new(mix.Ok2xx ?? 0, mix.Redirect3xx ?? 0, mix.ClientError4xx ?? 0, mix.ServerError5xx ?? 0)
        );
        return await desk.SaveAsync(id, traffic, http.Access(), http.RequestAborted) is { } refusal
            ? PapiProblems.From(refusal)
            : PapiRequest.Answer(Model(traffic));
    }

    private static PapiProblem Unknown(string propertyId) =>
        PapiProblems.NotFound($"There is no property {propertyId}, or not one that this client may see.");

    private static TrafficModel Model(TrafficProfile traffic) =>
        new(
            traffic.HitsPerSecond,
            traffic.Countries,
            new(traffic.Mix.Ok2xx, traffic.Mix.Redirect3xx, traffic.Mix.ClientError4xx, traffic.Mix.ServerError5xx)
        );
}

/// <summary>What end users ask of a property.</summary>
/// <param name="HitsPerSecond">Average over the day, hits/s.</param>
/// <param name="Countries">Share of the hits by country code; they need not add up to 1.</param>
/// <param name="Mix">How the hits are answered on a normal day.</param>
internal sealed record TrafficModel(double? HitsPerSecond, IReadOnlyDictionary<string, double>? Countries, MixModel? Mix);

/// <summary>Shares of the hits by status class; they add up to 1.</summary>
internal sealed record MixModel(double? Ok2xx, double? Redirect3xx, double? ClientError4xx, double? ServerError5xx);
