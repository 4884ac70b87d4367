using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Features.Fleet;

/// <summary>What the page on the simulation shows, read at one time.</summary>
/// <param name="Running">Activations that run now, of all accounts.</param>
/// <param name="Properties">Those that this person sees, by name.</param>
public sealed record SimulationView(
    IReadOnlyList<StandingRow> Standing,
    int Running,
    IReadOnlyList<PropertyName> Properties,
    IReadOnlyList<FleetRow> Fleets
);

/// <summary>Trouble that stands, in words.</summary>
/// <param name="Once">It strikes the next activation only.</param>
public sealed record StandingRow(long Id, string What, string When, long? PropertyId, string? PropertyName, bool Once, string By, DateTimeOffset At);

/// <summary>A property that can be chosen.</summary>
public sealed record PropertyName(long Id, string Name);

/// <summary>A network's servers, counted.</summary>
public sealed record FleetRow(string Name, int Servers, int Regions, int Isps, int Cities, int Countries)
{
    public static FleetRow Of(string name, IReadOnlyList<RegionPlace> places) =>
        new(
            name,
            places.Sum(place => place.Servers),
            places.Count,
            places.DistinctBy(place => place.Asn).Count(),
            places.DistinctBy(place => (place.City, place.Country)).Count(),
            places.DistinctBy(place => place.Country, StringComparer.Ordinal).Count()
        );
}
