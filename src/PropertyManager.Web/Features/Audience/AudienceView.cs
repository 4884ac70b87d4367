using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Features.Audience;

/// <summary>What the page of a property's audience shows.</summary>
/// <param name="Property">With its audience as it is stored.</param>
/// <param name="Version">Whose hostnames are asked: the one that serves end users, otherwise the newest; null where there is none.</param>
/// <param name="IsActive">It serves end users.</param>
/// <param name="Hostnames">Of that version; the first is asked where a request names none.</param>
public sealed record AudienceView(Property Property, int? Version, bool IsActive, IReadOnlyList<string> Hostnames)
{
    /// <summary>What stands for an audience of which nobody has said anything.</summary>
    public IReadOnlyList<AudienceRequest> Default =>
        TrafficAudience.Default([.. Hostnames.Select(name => new HostnameEntry(name, EdgeHostname: ""))]);

    /// <summary>Null when there is no such property, or the person does not see it.</summary>
    public static async Task<AudienceView?> ReadAsync(AppDbContext db, Access access, long id, CancellationToken cancellationToken)
    {
        if (await db.Properties.AsNoTracking().Seen(access).SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is not { } property)
            return null;
        var active = await db
            .Activations.Where(a => a.PropertyId == id && a.Network == Network.Production && a.Status.State == ActivationState.Active)
            .Select(a => (int?)a.Version)
            .SingleOrDefaultAsync(cancellationToken);
        var version = active ?? await db.Versions.Where(v => v.PropertyId == id).MaxAsync(v => (int?)v.Number, cancellationToken);
        var hostnames = await db
            .Hostnames.Where(h => h.PropertyId == id && h.Version == version)
            .Select(h => h.CnameFrom)
            .ToListAsync(cancellationToken);
        // In the order that versions are evaluated in.
        return new(property, version, active is not null, [.. hostnames.Order(StringComparer.Ordinal)]);
    }
}
