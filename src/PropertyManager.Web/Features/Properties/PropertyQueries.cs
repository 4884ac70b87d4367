using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Features.Properties;

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
    /// <summary>The groups from the top down to that of the property, as far as the person sees them.</summary>
    public static async Task<string> ReadGroupPathAsync(AppDbContext db, Access access, Property property, CancellationToken cancellationToken)
    {
        var groups = await db.Groups.AsNoTracking().Seen(access).Where(g => g.AccountId == property.AccountId).ToListAsync(cancellationToken);
        return GroupForest.Of(groups, new Dictionary<long, int>()).Path(property.GroupId);
    }

    /// <summary>The newest first; without what became of them (<see cref="WithStandings"/>).</summary>
    public static Task<Paged<VersionRow>> ReadVersionsAsync(AppDbContext db, long propertyId, int? wantedPage, CancellationToken cancellationToken)
    {
        var all = db.Versions.Where(version => version.PropertyId == propertyId);
        var rows = all.OrderByDescending(version => version.Number)
            .Select(version => new Counted<VersionRow>
            {
                Row = new VersionRow(version.Number, version.BasedOn, version.Notes, version.UpdatedAt, version.Author, null, null),
                Total = all.Count(),
            });
        return Paging.ReadAsync(rows, wantedPage, cancellationToken);
    }

    /// <summary>The activations of these versions, and those that run or are active on the networks now.</summary>
    /// <param name="db">Where they are read.</param>
    /// <param name="propertyId">Of the property.</param>
    /// <param name="versions">Null for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<Standing>> ReadStandingsAsync(
        AppDbContext db,
        long propertyId,
        IReadOnlyList<VersionRow>? versions,
        CancellationToken cancellationToken
    )
    {
        List<int> numbers = [.. versions?.Select(version => version.Number) ?? []];
        return await db
            .Activations.Where(a =>
                a.PropertyId == propertyId && (a.Status.IsOpen || a.Status.State == ActivationState.Active || numbers.Contains(a.Version))
            )
            .AsStandings()
            .ToListAsync(cancellationToken);
    }

    /// <summary>The versions with what became of them.</summary>
    public static Paged<VersionRow> WithStandings(this Paged<VersionRow> versions, IReadOnlyList<Standing> standings)
    {
        var byPlace = standings.ToLookup(standing => (standing.Version, standing.Network));
        return versions with
        {
            Rows =
            [
                .. versions.Rows.Select(version =>
                    version with
                    {
                        Staging = Telling(byPlace[(version.Number, Network.Staging)]),
                        Production = Telling(byPlace[(version.Number, Network.Production)]),
                    }
                ),
            ],
        };
    }

    /// <summary>Of a version's activations on a network, the one that says how it stands: the running one, the active one, or the latest.</summary>
    private static Standing? Telling(IEnumerable<Standing> standings) =>
        standings
            .OrderByDescending(s => s.IsOpen)
            .ThenByDescending(s => s.State == ActivationState.Active)
            .ThenByDescending(s => s.Id)
            .FirstOrDefault();
}
