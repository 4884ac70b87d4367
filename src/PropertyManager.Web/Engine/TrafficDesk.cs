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
        // Plans of today keep the traffic that they were made for; older ones get it now, before it is another. Which are old does not change.
        var plans = await db.Activations.Where(a => a.PropertyId == propertyId).Select(a => new { a.Id, a.Plan }).ToListAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Properties.AsNoTracking().Seen(by).SingleOrDefaultAsync(p => p.Id == propertyId, cancellationToken) is not { } property)
            return Unknown;
        foreach (var row in plans.Where(row => row.Plan.Traffic is null))
        {
            var plan = row.Plan with { Traffic = property.Traffic };
            await db.Activations.Where(a => a.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Plan, plan), cancellationToken);
        }
        await db.Properties.Where(p => p.Id == propertyId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Traffic, traffic), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }
}
