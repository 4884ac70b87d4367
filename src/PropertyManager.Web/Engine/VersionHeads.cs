using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>Which state of a version is the present one, and whose it is.</summary>
/// <param name="Property">Whose version it is: who may see it follows from its group.</param>
/// <param name="ContractId"><c>ctr_…</c></param>
/// <param name="Number">Of the version.</param>
/// <param name="Revision">The present one.</param>
/// <param name="RuleFormat">That it was saved in.</param>
public sealed record VersionHead(Property Property, string ContractId, int Number, int Revision, string RuleFormat);

/// <summary>
/// Finds the present state of a version. Held in memory for a moment, because programs read rules often and each reading asks: what is saved
/// or deleted through the desks counts at once, what another node saves within <see cref="Fresh"/>. Who may see it is never held here.
/// </summary>
public sealed class VersionHeads(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>So long what was read is used again, real time.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private const int MostHeld = 10_000;

    private readonly ConcurrentDictionary<(long PropertyId, int Number), (long Until, VersionHead Head)> _held = new();
    private int _generation;

    /// <summary>Null when there is no such version, or this person does not see it.</summary>
    public async ValueTask<VersionHead?> FindAsync(long propertyId, int number, Access by, CancellationToken cancellationToken)
    {
        if (!_held.TryGetValue((propertyId, number), out var held) || time.GetTimestamp() >= held.Until)
        {
            var generation = Volatile.Read(ref _generation);
            if (await ReadAsync(propertyId, number, cancellationToken) is not { } head)
                return null;
            held = (time.GetTimestamp() + (long)(Fresh.TotalSeconds * time.TimestampFrequency), head);
            if (_held.Count > MostHeld)
                _held.Clear();
            _held[(propertyId, number)] = held;
            // What was forgotten while this was being read may have been read before the change.
            if (generation != Volatile.Read(ref _generation))
                _held.TryRemove((propertyId, number), out _);
        }
        return by.MayRead(held.Head.Property) ? held.Head : null;
    }

    /// <summary>The version was saved anew.</summary>
    public void Forget(long propertyId, int number)
    {
        Interlocked.Increment(ref _generation);
        _held.TryRemove((propertyId, number), out _);
    }

    /// <summary>The property is gone.</summary>
    public void Forget(long propertyId)
    {
        Interlocked.Increment(ref _generation);
        foreach (var key in _held.Keys.Where(key => key.PropertyId == propertyId))
            _held.TryRemove(key, out _);
    }

    private async Task<VersionHead?> ReadAsync(long propertyId, int number, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db
            .Versions.AsNoTracking()
            .Where(v => v.PropertyId == propertyId && v.Number == number)
            .Join(
                db.Properties,
                v => v.PropertyId,
                p => p.Id,
                (v, p) =>
                    new VersionHead(
                        p,
                        db.Groups.Where(g => g.Id == p.GroupId).Select(g => g.ContractId).Single(),
                        v.Number,
                        v.Revision,
                        v.RuleFormat
                    )
            )
            .SingleOrDefaultAsync(cancellationToken);
    }
}
