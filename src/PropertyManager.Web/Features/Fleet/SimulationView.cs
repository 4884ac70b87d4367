using PropertyManager.Domain;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Features.Fleet;

/// <summary>What the page on the simulation shows, read at one time.</summary>
/// <param name="Running">Activations that run now, of all accounts.</param>
/// <param name="Properties">Those that this person may make things go wrong for, by name.</param>
/// <param name="NotForAll">Why this person sets and removes no faults of all properties; null when they do.</param>
public sealed record SimulationView(
    IReadOnlyList<StandingRow> Standing,
    int Running,
    IReadOnlyList<PropertyName> Properties,
    Refusal? NotForAll,
    IReadOnlyList<FleetRow> Fleets
);

/// <summary>Trouble that stands, in words.</summary>
/// <param name="Once">It strikes the next activation only.</param>
/// <param name="MayRemove">This person may remove it.</param>
public sealed record StandingRow(
    long Id,
    string What,
    string When,
    long? PropertyId,
    string? PropertyName,
    bool Once,
    string By,
    DateTimeOffset At,
    bool MayRemove
);

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
