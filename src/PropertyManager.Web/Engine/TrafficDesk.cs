using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>
/// The one door for changing how much traffic a property is simulated with, from where, and how it is answered. Activations that begin from now on
/// use it; those that run, and those that are looked back at, keep what they began with.
/// </summary>
public sealed class TrafficDesk(IDbContextFactory<AppDbContext> contexts)
{
    private static readonly Refusal Unknown = new("not-found", "There is no such property.");

    /// <summary>Null where this person sees no such property.</summary>
    public async Task<TrafficProfile?> FindAsync(long propertyId, Access by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await db.Properties.AsNoTracking().Seen(by).SingleOrDefaultAsync(p => p.Id == propertyId, cancellationToken))?.Traffic;
    }

    /// <summary>Changes it. Null when it is changed.</summary>
    public async Task<Refusal?> SaveAsync(long propertyId, TrafficProfile traffic, Access by, CancellationToken cancellationToken)
    {
        if (SimulationDesk.Refuse(by) is { } refusal)
            return refusal;
        if (TrafficCheck.Problem(traffic) is { } problem)
            return new("invalid-traffic", problem);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Properties.AsNoTracking().Seen(by).SingleOrDefaultAsync(p => p.Id == propertyId, cancellationToken) is not { } seen)
            return Unknown;
        if (SimulationDesk.Refuse(by, seen) is { } notForIt)
            return notForIt;
        // Plans of today keep the traffic that they were made for; older ones get it now, before it is another. They are looked for before others
        // have to wait: a plan that is not old does not become so.
        var plans = await db.Activations.Where(a => a.PropertyId == propertyId).Select(a => new { a.Id, a.Plan }).ToListAsync(cancellationToken);
        var old = plans.Where(row => row.Plan.Traffic is null).Select(row => row.Id).ToList();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Properties.AsNoTracking().Seen(by).SingleOrDefaultAsync(p => p.Id == propertyId, cancellationToken) is not { } property)
            return Unknown;
        foreach (var id in old)
        {
            var kept = await db.Activations.Where(a => a.Id == id).Select(a => a.Plan).SingleAsync(cancellationToken);
            if (kept.Traffic is not null)
                continue;
            var plan = kept with { Traffic = property.Traffic };
            await db.Activations.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Plan, plan), cancellationToken);
        }
        await db.Properties.Where(p => p.Id == propertyId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Traffic, traffic), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }
}
