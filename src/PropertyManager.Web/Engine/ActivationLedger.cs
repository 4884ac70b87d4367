using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>What the engine reads and writes of activations. Every write is one transaction and is guarded by the epoch of whoever claimed it last.</summary>
public sealed class ActivationLedger(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>Makes the caller the only one who may write this activation; null when it is not open any more.</summary>
    public async Task<(Activation Activation, Property Property, RolloutPackage Package)?> ClaimAsync(
        long activationId,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var claimed = await db
            .Activations.Where(a => a.Id == activationId && a.Status.IsOpen)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Epoch, a => a.Epoch + 1), cancellationToken);
        if (claimed == 0)
            return null;
        var activation = await db.Activations.AsNoTracking().SingleAsync(a => a.Id == activationId, cancellationToken);
        var property = await db.Properties.AsNoTracking().SingleAsync(p => p.Id == activation.PropertyId, cancellationToken);
        var package = await db.Packages.AsNoTracking().SingleAsync(p => p.ActivationId == activationId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (activation, property, package.Package);
    }

    /// <summary>
    /// Writes the new status, its row in the history, the notices it gives rise to, and what it makes of the activation before it. False, and
    /// nothing is written, when it would end an activation that somebody asked to cancel meanwhile: that wish is to be decided on first.
    /// </summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else claimed the activation since: nothing was written.</exception>
    public async Task<bool> SaveAsync(Activation activation, string propertyName, Transition transition, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var decided = activation.StartedAt + transition.Next.DecidedAfter;
        var completes = transition.Next.State is ActivationState.Active or ActivationState.Deactivated;
        if (completes && activation.Intent.CancelRequestedAt is null && await IsCancelWishedAsync(db, activation.Id, cancellationToken))
            return false;
        // Simulated time never goes on from before something that was decided.
        await db.Simulation.Where(s => s.Now < decided).ExecuteUpdateAsync(set => set.SetProperty(s => s.Now, decided), cancellationToken);
        if (completes)
            await ReplaceActiveAsync(db, activation, decided, now, cancellationToken);

        db.Attach(activation);
        var before = activation.Status;
        activation.Status = transition.Next;
        try
        {
            db.ActivationEvents.Add(Row(activation.Id, transition, now));
            if (Notices.About(activation, propertyName, before.State, transition, now) is { } notice)
                db.Outbox.Add(notice);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch
        {
            activation.Status = before;
            throw;
        }
        finally
        {
            // EF has put the row into the activation's list, too: one that could not be saved would be saved along with the next.
            activation.History.Clear();
        }
    }

    /// <summary>Of the open activations, those that nobody here carries.</summary>
    public async Task<IReadOnlyList<long>> OpenExceptAsync(IReadOnlyCollection<long> carried, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await db.Activations.Where(a => a.Status.IsOpen).Select(a => a.Id).ToListAsync(cancellationToken);
        return [.. open.Except(carried)];
    }

    /// <summary>Who asked to cancel which of the open activations, and when.</summary>
    public async Task<IReadOnlyDictionary<long, CancelWish>> CancelWishesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var wishes = await db
            .Activations.Where(a => a.Status.IsOpen && a.Intent.CancelRequestedAt != null)
            .Select(a => new
            {
                a.Id,
                a.Intent.CancelRequestedBy,
                a.Intent.CancelRequestedAt,
                a.Intent.CancelRequestedAfter,
            })
            .ToListAsync(cancellationToken);
        return wishes.ToDictionary(a => a.Id, a => new CancelWish(a.CancelRequestedBy, a.CancelRequestedAt, a.CancelRequestedAfter));
    }

    /// <summary>Keeps where simulated time stands.</summary>
    public async Task SaveClockAsync(DateTimeOffset simulated, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var kept = await db.Simulation.ExecuteUpdateAsync(set => set.SetProperty(s => s.Now, simulated), cancellationToken);
        if (kept > 0)
            return;
        db.Simulation.Add(new SimulationState { Now = simulated });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Where simulated time goes on. Null in a new database.</summary>
    public async Task<DateTimeOffset?> ReadClockAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Simulation.Select(s => (DateTimeOffset?)s.Now).SingleOrDefaultAsync(cancellationToken);
    }

    private static Task<bool> IsCancelWishedAsync(AppDbContext db, long activationId, CancellationToken cancellationToken) =>
        db.Activations.AnyAsync(a => a.Id == activationId && a.Intent.CancelRequestedAt != null, cancellationToken);

    /// <param name="db">In a transaction.</param>
    /// <param name="by">What takes its place.</param>
    /// <param name="at">When it does, simulated time.</param>
    /// <param name="now">Real time.</param>
    private static async Task ReplaceActiveAsync(
        AppDbContext db,
        Activation by,
        DateTimeOffset at,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var replaced = await db.Activations.SingleOrDefaultAsync(
            a => a.PropertyId == by.PropertyId && a.Network == by.Network && a.Status.State == ActivationState.Active,
            cancellationToken
        );
        if (replaced is null)
            return;
        replaced.Status = replaced.Status with { State = ActivationState.Inactive };
        var what = by.Type == ActivationType.Deactivate ? "Deactivated" : $"Replaced by version {by.Version}";
        db.ActivationEvents.Add(
            new ActivationEvent
            {
                ActivationId = replaced.Id,
                State = ActivationState.Inactive,
                At = now,
                Elapsed = at - replaced.StartedAt,
                Reason = $"{what} ({PublicId.Of(PublicId.Activation, by.Id)})",
            }
        );
        // On its own, before the other becomes active: there is never more than one.
        await db.SaveChangesAsync(cancellationToken);
    }

    private static ActivationEvent Row(long activationId, Transition transition, DateTimeOffset now) =>
        new()
        {
            ActivationId = activationId,
            State = transition.Next.State,
            At = now,
            Elapsed = transition.Next.DecidedAfter,
            Reason = transition.Reason,
        };
}

/// <summary>Who asked to cancel, when in real time, and when in simulated time since the activation's start.</summary>
public sealed record CancelWish(string? By, DateTimeOffset? At, TimeSpan? After)
{
    internal void WriteTo(ActivationIntent intent) =>
        (intent.CancelRequestedBy, intent.CancelRequestedAt, intent.CancelRequestedAfter) = (By, At, After);
}
