using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>An activation as the database has it, and what else is to be known to say how it stands.</summary>
/// <param name="Activation">Without its history.</param>
/// <param name="Property">Whose it is.</param>
/// <param name="ContractId"><c>ctr_…</c></param>
/// <param name="Facts">Of its network; null for what can never fall back.</param>
/// <param name="IsFallbackAttempted">A Fast Fallback from it was asked for.</param>
/// <param name="UpdatedAt">Of its last transition, real time.</param>
public sealed record ActivationSheet(
    Activation Activation,
    Property Property,
    string ContractId,
    NetworkFacts? Facts,
    bool IsFallbackAttempted,
    DateTimeOffset UpdatedAt
)
{
    /// <summary>
    /// When the window of Fast Fallback closes, simulated time; of what is not active any more only where a Fast Fallback from it was asked for, so
    /// that this stays to be read. Null for everything else.
    /// </summary>
    public DateTimeOffset? FallbackUntil =>
        Facts is not null ? Admission.FallbackUntil(Activation)
        : IsFallbackAttempted && Activation.Status.EndedAfter is { } ended ? Activation.StartedAt + ended + Admission.FallbackWindow
        : null;

    /// <summary>Why it cannot fall back now; null when it can.</summary>
    /// <param name="now">Simulated time.</param>
    public Refusal? RefuseFallback(DateTimeOffset now) =>
        Facts is null
            ? new Refusal("not-active", "Only the activation that is active on production can fall back.")
            : Admission.FastFallback(Activation, Facts, IsFallbackAttempted, now);
}

/// <summary>
/// Activations that programs ask for again and again, held in memory for a moment. Whoever writes an activation calls <see cref="Forget"/>
/// when it is written: the next who asks reads it anew. What another process writes is seen within <see cref="Fresh"/>.
/// </summary>
public sealed class ActivationMemory(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>So long what was read is used again, real time.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private const int MostHeld = 10_000;

    private readonly ConcurrentDictionary<long, (long Until, ActivationSheet Sheet)> _held = new();
    private readonly ConcurrentDictionary<long, int> _generations = new();

    /// <summary>The activation; null when there is none.</summary>
    public async ValueTask<ActivationSheet?> FindAsync(long activationId, CancellationToken cancellationToken)
    {
        if (_held.TryGetValue(activationId, out var held) && time.GetTimestamp() < held.Until)
            return held.Sheet;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (
            await db.Activations.Where(a => a.Id == activationId).Select(a => (long?)a.PropertyId).SingleOrDefaultAsync(cancellationToken)
            is not { } propertyId
        )
            return null;
        var generation = _generations.GetValueOrDefault(propertyId);
        if (await ReadAsync(db, db.Activations.Where(a => a.Id == activationId), cancellationToken) is not [var sheet])
            return null;
        if (_held.Count > MostHeld)
            _held.Clear();
        _held[activationId] = (time.GetTimestamp() + (long)(Fresh.TotalSeconds * time.TimestampFrequency), sheet);
        // What was written while this was being read may not be in it. Held first and looked at then: nobody's Forget falls in between.
        if (generation != _generations.GetValueOrDefault(propertyId))
            _held.TryRemove(activationId, out _);
        return sheet;
    }

    /// <summary>Those of a property that nobody cancelled, the newest first. Read anew: whoever lists asks seldom.</summary>
    public async Task<IReadOnlyList<ActivationSheet>> ListAsync(long propertyId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(
            db,
            // What the system cancelled stays: whoever polls the list has to learn of it.
            db.Activations.Where(a =>
                a.PropertyId == propertyId
                && (
                    a.Status.State != ActivationState.Aborted
                    || a.Intent.CancelRequestedAt == null
                    || a.Status.CancelLapsed
                    // The wish came when the system had cancelled it already.
                    || a.Status.CancelledAfter < a.Intent.CancelRequestedAfter
                )
            ),
            cancellationToken
        );
    }

    /// <summary>Something was written about an activation of the property: of all of them, because one takes another's place.</summary>
    public void Forget(long propertyId)
    {
        _generations.AddOrUpdate(propertyId, 1, (_, generation) => generation + 1);
        foreach (var (id, held) in _held)
        {
            if (held.Sheet.Property.Id == propertyId)
                _held.TryRemove(id, out _);
        }
    }

    /// <param name="db">Where they are read.</param>
    /// <param name="wanted">Of one property.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    private static async Task<IReadOnlyList<ActivationSheet>> ReadAsync(
        AppDbContext db,
        IQueryable<Activation> wanted,
        CancellationToken cancellationToken
    )
    {
        var found = await wanted
            .AsNoTracking()
            .OrderByDescending(a => a.Id)
            .Select(a => new
            {
                Activation = a,
                IsAttempted = db.Activations.Any(b => b.FallbackOf == a.Id),
                UpdatedAt = a.History.OrderByDescending(e => e.Id).Select(e => (DateTimeOffset?)e.At).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        if (found.Count == 0)
            return [];
        var propertyId = found[0].Activation.PropertyId;
        var owner = await db
            .Properties.AsNoTracking()
            .Where(p => p.Id == propertyId)
            .Join(db.Groups, p => p.GroupId, g => g.Id, (Property, g) => new { Property, g.ContractId })
            .SingleOrDefaultAsync(cancellationToken);
        // Deleted a moment ago.
        if (owner is null)
            return [];
        var facts = found.Exists(a => MayFallBack(a.Activation))
            ? await NetworkStates.FactsAsync(db, propertyId, Network.Production, cancellationToken)
            : null;
        return
        [
            .. found.Select(a => new ActivationSheet(
                a.Activation,
                owner.Property,
                owner.ContractId,
                MayFallBack(a.Activation) ? facts : null,
                a.IsAttempted,
                a.UpdatedAt ?? a.Activation.Intent.SubmittedAt
            )),
        ];
    }

    private static bool MayFallBack(Activation activation) =>
        activation is { Network: Network.Production, Status.State: ActivationState.Active, Type: ActivationType.Activate };
}
