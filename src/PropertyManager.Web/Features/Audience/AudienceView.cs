using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Audience;

/// <summary>What the page of a property's audience shows.</summary>
/// <param name="Property">With its audience as it is stored.</param>
/// <param name="Version">Whose hostnames are asked: the one that serves end users, otherwise the newest; null where there is none.</param>
/// <param name="IsActive">It serves end users.</param>
/// <param name="Hostnames">Of that version; the first is asked where a request names none.</param>
/// <param name="MayEdit">This person may change it.</param>
public sealed record AudienceView(Property Property, int? Version, bool IsActive, IReadOnlyList<string> Hostnames, bool MayEdit)
{
    /// <summary>What stands for an audience of which nobody has said anything.</summary>
    public IReadOnlyList<AudienceRequest> Default =>
        TrafficAudience.Default([.. Hostnames.Select(name => new HostnameEntry(name, EdgeHostname: ""))]);

    /// <summary>Reads all of it.</summary>
    public static async Task<PageAnswer<AudienceView>> ReadAsync(AppDbContext db, long id, PageRead read)
    {
        var found = await db
            .Properties.AsNoTracking()
            .Where(property => property.Id == id)
            .Select(property => new
            {
                Property = property,
                Active = db
                    .Activations.Where(a => a.PropertyId == id && a.Network == Network.Production && a.Status.State == ActivationState.Active)
                    .Select(a => (int?)a.Version)
                    .FirstOrDefault(),
                Newest = db.Versions.Where(v => v.PropertyId == id).Max(v => (int?)v.Number),
            })
            .SingleOrDefaultAsync(read.Cancellation);
        if (Permalinks.Judge(found?.Property.GroupId, isWhole: true, read.Access) is { } problem)
            return problem;
        var version = found!.Active ?? found.Newest;
        var hostnames = await db
            .Hostnames.Where(h => h.PropertyId == id && h.Version == version)
            .Select(h => h.CnameFrom)
            .ToListAsync(read.Cancellation);
        // In the order that versions are evaluated in.
        return new AudienceView(
            found.Property,
            version,
            found.Active is not null,
            [.. hostnames.Order(StringComparer.Ordinal)],
            read.Access.MayEdit(found.Property)
        );
    }
}
