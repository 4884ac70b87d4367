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
        var sheet = await ReadAsync(db, activationId, cancellationToken);
        if (_held.Count > MostHeld)
            _held.Clear();
        // What was written while this was being read may not be in it.
        if (sheet is not null && generation == _generations.GetValueOrDefault(propertyId))
            _held[activationId] = (time.GetTimestamp() + (long)(Fresh.TotalSeconds * time.TimestampFrequency), sheet);
        return sheet;
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

    private static async Task<ActivationSheet?> ReadAsync(AppDbContext db, long id, CancellationToken cancellationToken)
    {
        var found = await db
            .Activations.AsNoTracking()
            .Where(a => a.Id == id)
            .Select(a => new
            {
                Activation = a,
                Property = db.Properties.Single(p => p.Id == a.PropertyId),
                ContractId = db
                    .Groups.Where(g => db.Properties.Any(p => p.Id == a.PropertyId && p.GroupId == g.Id))
                    .Select(g => g.ContractId)
                    .First(),
                IsAttempted = db.Activations.Any(b => b.FallbackOf == a.Id),
                UpdatedAt = a.History.OrderByDescending(e => e.Id).Select(e => (DateTimeOffset?)e.At).FirstOrDefault(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return null;
        var (activation, property) = (found.Activation, found.Property);
        var mayFallBack = activation is { Network: Network.Production, Status.State: ActivationState.Active, Type: ActivationType.Activate };
        return new(
            activation,
            property,
            found.ContractId,
            mayFallBack ? await ActivationPreviews.FactsAsync(db, property.Id, activation.Network, cancellationToken) : null,
            found.IsAttempted,
            found.UpdatedAt ?? activation.Intent.SubmittedAt
        );
    }
}
