using PropertyManager.Domain;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Papi.Simulation;

/// <summary><c>/fleet</c>: where servers stand, and by which names a fault's scope means them.</summary>
internal static class FleetResource
{
    private static readonly string[] Networks = [StatusWords.Api(Network.Production), StatusWords.Api(Network.Staging)];

    public static void Map(IEndpointRouteBuilder simulation) =>
        simulation.MapGet("/fleet", Get).WithName("get-simulation-fleet").Produces<FleetModel>();

    private static IResult Get(HttpContext http, IEdgeNetwork edge)
    {
        var name = http.Request.Query["network"].ToString() is { Length: > 0 } given ? given : Networks[0];
        if (StatusWords.NetworkOf(name.ToUpperInvariant()) is not { } network)
            return FaultNames.Wrong("network", name, Networks);
        var places = edge.Places(network);
        return PapiRequest.Answer(
            new FleetModel(
                StatusWords.Api(network),
                places.Sum(place => place.Servers),
                places.Count,
                Group(places, place => (place.Country, place.CountryName), (key, servers) => new CountryModel(key.Country, key.CountryName, servers)),
                Group(places, place => (place.City, place.Country), (key, servers) => new CityModel(key.City, key.Country, servers)),
                Group(places, place => (place.Asn, place.Isp), (key, servers) => new IspModel(key.Asn, key.Isp, servers))
            )
        );
    }

    /// <summary>The largest first.</summary>
    private static IReadOnlyList<TModel> Group<TKey, TModel>(
        IReadOnlyList<RegionPlace> places,
        Func<RegionPlace, TKey> key,
        Func<TKey, int, TModel> model
    ) =>
        [
            .. places
                .GroupBy(key)
                .Select(group => (group.Key, Servers: group.Sum(place => place.Servers)))
                .OrderByDescending(group => group.Servers)
                .Select(group => model(group.Key, group.Servers)),
        ];
}

/// <summary>A network's servers.</summary>
/// <param name="Network"><c>PRODUCTION</c> or <c>STAGING</c>.</param>
internal sealed record FleetModel(
    string Network,
    int Servers,
    int Regions,
    IReadOnlyList<CountryModel> Countries,
    IReadOnlyList<CityModel> Cities,
    IReadOnlyList<IspModel> Isps
);

/// <param name="Code">ISO 3166-1 alpha-2.</param>
/// <param name="Name">In English.</param>
/// <param name="Servers">That stand there.</param>
internal sealed record CountryModel(string Code, string Name, int Servers);

/// <param name="Name">The same name stands in several countries.</param>
/// <param name="Country">Its code.</param>
/// <param name="Servers">That stand there.</param>
internal sealed record CityModel(string Name, string Country, int Servers);

/// <param name="Asn">Autonomous system number.</param>
/// <param name="Name">Of the ISP.</param>
/// <param name="Servers">That stand in its network.</param>
internal sealed record IspModel(int Asn, string Name, int Servers);
