using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>A persistent fault, and whose activations it affects.</summary>
/// <param name="PropertyId">Of the one property whose activations it affects; null for all, as with what tells more of it.</param>
public sealed record PersistentFault(long Id, Fault Fault, long? PropertyId, string? PropertyName, long? GroupId)
{
    /// <summary>Whether it affects activations of this property.</summary>
    public bool Affects(long propertyId) => PropertyId is null || PropertyId == propertyId;

    /// <summary>Whether it affects activations that this person sees.</summary>
    public bool Concerns(Access access) => GroupId is not { } group || access.IsSupport || access.Roles.ContainsKey(group);
}

/// <summary>
/// All persistent faults in memory, for pages to show: only the first reader after a change asks the database. Whoever changes them calls
/// <see cref="Forget"/> once that is saved. Safe for several threads.
/// </summary>
public sealed class PersistentFaultCache(IDbContextFactory<AppDbContext> contexts)
{
    private readonly Lock _gate = new();
    private Task<IReadOnlyList<PersistentFault>>? _read;

    /// <summary>The faults may be others now. Called on any thread.</summary>
    public event EventHandler? Changed;

    /// <summary>The faults, the oldest first. Subscribe to <see cref="Changed"/> before reading, so that no change is missed.</summary>
    public Task<IReadOnlyList<PersistentFault>> ReadAsync()
    {
        lock (_gate)
        {
            if (_read is null or { IsFaulted: true })
                _read = LoadAsync();
            return _read;
        }
    }

    /// <summary>What is in memory is old.</summary>
    public void Forget()
    {
        lock (_gate)
            _read = null;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private async Task<IReadOnlyList<PersistentFault>> LoadAsync()
    {
        await using var db = await contexts.CreateDbContextAsync();
        var rows = await (
            from standing in db.StandingFaults.AsNoTracking()
            join property in db.Properties on standing.PropertyId equals property.Id into properties
            from property in properties.DefaultIfEmpty()
            orderby standing.Id
            select new
            {
                Standing = standing,
                Name = property == null ? null : property.Name,
                Group = property == null ? (long?)null : property.GroupId,
            }
        ).ToListAsync();
        return [.. rows.Select(row => new PersistentFault(row.Standing.Id, row.Standing.Fault, row.Standing.PropertyId, row.Name, row.Group))];
    }
}
