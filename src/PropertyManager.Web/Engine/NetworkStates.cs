using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>What a property has on one network. The activations come without their history.</summary>
/// <param name="Open">The activation that runs there.</param>
/// <param name="Active">The activation whose version is active there.</param>
/// <param name="Last">The last one that ended there.</param>
/// <param name="BeforeActive">The version that was active before the one that is now; null when it is the first.</param>
/// <param name="IsFallbackAttempted">A Fast Fallback from <paramref name="Active"/> was asked for.</param>
public sealed record NetworkState(Activation? Open, Activation? Active, Activation? Last, int? BeforeActive, bool IsFallbackAttempted)
{
    /// <summary>Nothing was ever activated there.</summary>
    public static NetworkState Empty { get; } = new(null, null, null, null, IsFallbackAttempted: false);

    /// <summary>What decides on what can be asked for there.</summary>
    public NetworkFacts Facts => new(Open, Active);

    /// <summary>Rule tree of the active version, as JSON; null where none is active, and where it was not asked for.</summary>
    public string? ActiveRules { get; init; }
}

/// <summary>Reads what properties have on the networks.</summary>
public static class NetworkStates
{
    /// <summary>What decides on what can be asked for on one network.</summary>
    public static async Task<NetworkFacts> FactsAsync(AppDbContext db, long propertyId, Network network, CancellationToken cancellationToken)
    {
        var standing = await db
            .Activations.AsNoTracking()
            .Where(a => a.PropertyId == propertyId && a.Network == network && (a.Status.IsOpen || a.Status.State == ActivationState.Active))
            .ToListAsync(cancellationToken);
        return new(standing.Find(a => a.Status.IsOpen), standing.Find(a => a.Status.State == ActivationState.Active));
    }

    /// <summary>Both networks of a property, in one command; a network without activations is left out.</summary>
    /// <param name="db">Where they are read.</param>
    /// <param name="propertyId">Of the property.</param>
    /// <param name="rulesOf">The network of which the active version's rules are read too; null for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyDictionary<Network, NetworkState>> ReadAsync(
        AppDbContext db,
        long propertyId,
        Network? rulesOf,
        CancellationToken cancellationToken
    )
    {
        var own = db.Activations.Where(a => a.PropertyId == propertyId);
        var rows = await own.AsNoTracking()
            .Where(a =>
                a.Status.IsOpen
                || a.Status.State == ActivationState.Active
                || a.Id
                    == own.Where(last => last.Network == a.Network && !last.Status.IsOpen)
                        .OrderByDescending(last => last.Id)
                        .Select(last => last.Id)
                        .First()
            )
            .OrderBy(a => a.Id)
            .Select(a => new
            {
                Activation = a,
                IsFallbackAttempted = db.Activations.Any(fallback => fallback.FallbackOf == a.Id),
                BeforeActive = own.Where(before =>
                        a.Status.State == ActivationState.Active
                        && before.Network == a.Network
                        && before.Type != ActivationType.Deactivate
                        && before.Status.State == ActivationState.Inactive
                        && before.Version != a.Version
                    )
                    .OrderByDescending(before => before.Id)
                    .Select(before => (int?)before.Version)
                    .FirstOrDefault(),
                Rules = db
                    .Versions.Where(version =>
                        a.Network == rulesOf
                        && a.Status.State == ActivationState.Active
                        && version.PropertyId == a.PropertyId
                        && version.Number == a.Version
                    )
                    .Select(version => version.Rules)
                    .FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.Activation.Network)
            .ToDictionary(
                network => network.Key,
                network =>
                {
                    var active = network.FirstOrDefault(row => row.Activation.Status.State == ActivationState.Active);
                    return new NetworkState(
                        network.FirstOrDefault(row => row.Activation.Status.IsOpen)?.Activation,
                        active?.Activation,
                        network.LastOrDefault(row => !row.Activation.Status.IsOpen)?.Activation,
                        active?.BeforeActive,
                        active?.IsFallbackAttempted == true
                    )
                    {
                        ActiveRules = active?.Rules,
                    };
                }
            );
    }
}
