using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Features.Properties;

/// <summary>The head of Property Details.</summary>
/// <param name="GroupPath">The groups from the top down, as far as the person sees them.</param>
public sealed record PropertyHead(Property Property, string GroupPath, NetworkStanding Staging, NetworkStanding Production);

/// <summary>A row of "Manage Versions and Activations".</summary>
/// <param name="Staging">What became of the version there; null when it was never activated.</param>
/// <param name="Production">The same on production.</param>
public sealed record VersionRow(
    int Number,
    int? BasedOn,
    string Notes,
    DateTimeOffset UpdatedAt,
    string Author,
    Standing? Staging,
    Standing? Production
);

/// <summary>Reads Property Details, without rule trees.</summary>
public static class PropertyQueries
{
    /// <summary>Null when there is no such property, or the person does not see it.</summary>
    public static async Task<PropertyHead?> ReadHeadAsync(AppDbContext db, Access access, long id, CancellationToken cancellationToken)
    {
        if (await db.Properties.AsNoTracking().Seen(access).SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is not { } property)
            return null;
        var groups = await db.Groups.AsNoTracking().Seen(access).Where(g => g.AccountId == property.AccountId).ToListAsync(cancellationToken);
        var standings = await db
            .Activations.Where(a => a.PropertyId == id && (a.Status.IsOpen || a.Status.State == ActivationState.Active))
            .AsStandings()
            .ToListAsync(cancellationToken);
        return new(
            property,
            GroupForest.Of(groups, new Dictionary<long, int>()).Path(property.GroupId),
            standings.On(Network.Staging),
            standings.On(Network.Production)
        );
    }

    /// <summary>The newest first.</summary>
    public static async Task<Paged<VersionRow>> ReadVersionsAsync(
        AppDbContext db,
        long propertyId,
        int? wantedPage,
        CancellationToken cancellationToken
    )
    {
        var all = db.Versions.Where(version => version.PropertyId == propertyId);
        var total = await all.CountAsync(cancellationToken);
        var page = Paging.Clamp(wantedPage, total);
        var versions = await all.OrderByDescending(version => version.Number)
            .Skip((page - 1) * Paging.Size)
            .Take(Paging.Size)
            .Select(version => new
            {
                version.Number,
                version.BasedOn,
                version.Notes,
                version.UpdatedAt,
                version.Author,
            })
            .ToListAsync(cancellationToken);
        var numbers = versions.Select(version => version.Number).ToList();
        var standings = (
            await db.Activations.Where(a => a.PropertyId == propertyId && numbers.Contains(a.Version)).AsStandings().ToListAsync(cancellationToken)
        ).ToLookup(standing => (standing.Version, standing.Network));
        return new(
            [
                .. versions.Select(version => new VersionRow(
                    version.Number,
                    version.BasedOn,
                    version.Notes,
                    version.UpdatedAt,
                    version.Author,
                    Telling(standings[(version.Number, Network.Staging)]),
                    Telling(standings[(version.Number, Network.Production)])
                )),
            ],
            total,
            page
        );
    }

    /// <summary>Of a version's activations on a network, the one that says how it stands: the running one, the active one, or the latest.</summary>
    private static Standing? Telling(IEnumerable<Standing> standings) =>
        standings
            .OrderByDescending(s => s.IsOpen)
            .ThenByDescending(s => s.State == ActivationState.Active)
            .ThenByDescending(s => s.Id)
            .FirstOrDefault();
}
