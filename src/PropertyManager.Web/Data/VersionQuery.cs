using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Web.Data;

/// <summary>Reads property versions for a person who wants to see them: for pages and downloads alike.</summary>
public sealed class VersionQuery(IDbContextFactory<AppDbContext> contexts)
{
    /// <summary>Reads the version and what its pages say of it.</summary>
    /// <param name="access">Of the person.</param>
    /// <param name="propertyId">As it stands in an address: <c>prp_…</c>.</param>
    /// <param name="number">The version's number.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<VersionAnswer> ReadAsync(Access access, string propertyId, int number, CancellationToken cancellationToken) =>
        (await ReadAsync(access, propertyId, [number], withActive: false, cancellationToken)).Find(number);

    /// <summary>Reads several versions of a property, in four commands.</summary>
    /// <param name="access">Of the person.</param>
    /// <param name="propertyId">As it stands in an address: <c>prp_…</c>.</param>
    /// <param name="numbers">The versions' numbers.</param>
    /// <param name="withActive">Those that are active now are read, too.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<VersionsAnswer> ReadAsync(
        Access access,
        string propertyId,
        IReadOnlyCollection<int> numbers,
        bool withActive,
        CancellationToken cancellationToken
    )
    {
        if (PublicId.Parse(PublicId.Property, propertyId) is not { } id)
            return VersionsAnswer.Unknown;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from property in db.Properties.AsNoTracking()
            where property.Id == id
            join folder in db.Groups on property.GroupId equals folder.Id
            join version in db.Versions.Where(version =>
                numbers.Contains(version.Number)
                || (
                    withActive
                    && db.Activations.Any(a =>
                        a.PropertyId == version.PropertyId && a.Version == version.Number && a.Status.State == ActivationState.Active
                    )
                )
            )
                on property.Id equals version.PropertyId
                into versions
            from version in versions.DefaultIfEmpty()
            select new
            {
                Property = property,
                folder.ContractId,
                Version = version,
            }
        ).ToListAsync(cancellationToken);
        if (found is not [var first, ..])
            return VersionsAnswer.Unknown;
        if (!access.MayRead(first.Property))
            return VersionsAnswer.Forbidden;
        if (first.Version is null)
            return VersionsAnswer.Unknown;

        var (own, based) = (found.ConvertAll(row => row.Version.Number), found.Select(row => row.Version.BasedOn).OfType<int>());
        List<int> wanted = [.. own.Union(based)];
        var hostnames = (
            await db.Hostnames.AsNoTracking().Where(h => h.PropertyId == id && wanted.Contains(h.Version)).ToListAsync(cancellationToken)
        ).ToLookup(hostname => hostname.Version);
        var siblings = await db
            .Versions.Where(v => v.PropertyId == id)
            .OrderByDescending(v => v.Number)
            .Select(v => new VersionLine(v.Number, v.BasedOn, v.Notes, v.Author, v.UpdatedAt))
            .ToListAsync(cancellationToken);
        var activations = await db
            .Activations.Where(a => a.PropertyId == id)
            .OrderByDescending(a => a.Id)
            .Select(a => new ActivationLine(a.Id, a.Version, a.Network, a.Type, a.Status.State))
            .ToListAsync(cancellationToken);
        Dictionary<int, VersionView> views = [];
        foreach (var version in found.Select(row => row.Version))
        {
            foreach (var hostname in hostnames[version.Number])
                version.Hostnames.Add(hostname);
            IEnumerable<Hostname> before = version.BasedOn is { } number ? hostnames[number] : [];
            views[version.Number] = new(first.Property, first.ContractId, version, siblings, VersionView.Entries(before), activations);
        }
        return new(views, IsForbidden: false);
    }
}
