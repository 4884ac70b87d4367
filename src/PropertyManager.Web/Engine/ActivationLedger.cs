using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine.Outbox;

namespace PropertyManager.Web.Engine;

/// <summary>
/// What the engine reads and writes of activations. Every write is one transaction, and is guarded by the epoch of whoever claimed the activation
/// last and by the lease of the database: each of them throws <see cref="LeaseLostException"/> where another process has taken that.
/// </summary>
public sealed class ActivationLedger(
    IDbContextFactory<AppDbContext> contexts,
    DatabaseLease lease,
    ActivationMemory memory,
    OutboxSignal outbox,
    TimeProvider time
)
{
    /// <summary>Makes the caller the only one who may write these activations, in one transaction.</summary>
    /// <returns>Those of them that are open, as they were saved last.</returns>
    public async Task<IReadOnlyList<ClaimedRollout>> ClaimAsync(IReadOnlyList<long> activationIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await lease.DemandAsync(db, cancellationToken);
        var open = db.Activations.Where(a => activationIds.Contains(a.Id) && a.Status.IsOpen);
        if (await open.ExecuteUpdateAsync(set => set.SetProperty(a => a.Epoch, a => a.Epoch + 1), cancellationToken) == 0)
            return [];
        var activations = await open.AsNoTracking().ToListAsync(cancellationToken);
        var (ids, propertyIds) = (activations.ConvertAll(a => a.Id), activations.Select(a => a.PropertyId).Distinct().ToList());
        var properties = await db.Properties.AsNoTracking().Where(p => propertyIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        var packages = await db
            .Packages.AsNoTracking()
            .Where(p => ids.Contains(p.ActivationId))
            .ToDictionaryAsync(p => p.ActivationId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [.. activations.Select(a => new ClaimedRollout(a, properties[a.PropertyId], packages[a.Id].Package))];
    }

    /// <summary>
    /// Writes the new status, its row in the history, the event that people and webhooks are told of, and what it makes of the activation before it. The update
    /// names everything that the transition was decided from: the epoch, the last decision, the request to cancel and the revision of the
    /// faults. False, and nothing is written, when people changed their requests meanwhile: decide again, from the new ones.
    /// </summary>
    /// <exception cref="DbUpdateConcurrencyException">
    /// Nothing was written, because the activation is not as it was saved last: somebody else claimed it since, or a write that seemed to fail
    /// was done after all.
    /// </exception>
    public async Task<bool> SaveAsync(Activation activation, string propertyName, Transition transition, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await lease.DemandAsync(db, cancellationToken);
        var decided = activation.StartedAt + transition.Next.DecidedAfter;
        // Simulated time never goes on from before something that was decided.
        await db.Simulation.Where(s => s.Now < decided).ExecuteUpdateAsync(set => set.SetProperty(s => s.Now, decided), cancellationToken);
        if (transition.Next.State is ActivationState.Active or ActivationState.Deactivated)
            await ReplaceActiveAsync(db, activation, decided, now, cancellationToken);

        db.Attach(activation);
        var before = activation.Status;
        activation.Status = transition.Next;
        try
        {
            db.ActivationEvents.Add(Row(activation.Id, transition, now));
            if (ActivationNotifications.Of(activation, propertyName, before.State, transition, now) is { } told)
                db.OutboxEvents.Add(told);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            outbox.Set();
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            activation.Status = before;
            await transaction.RollbackAsync(CancellationToken.None);
            if (await IsStillClaimedAsync(activation, cancellationToken))
                return false;
            throw;
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
            // Also where it failed: a write that seems to fail may have been done.
            memory.Forget(activation.PropertyId);
        }
    }

    /// <summary>As it was saved last; null where there is no such activation.</summary>
    public async Task<ActivationStatus?> StatusAsync(long activationId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Activations.AsNoTracking().Where(a => a.Id == activationId).Select(a => a.Status).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Of the open activations, those that nobody here carries.</summary>
    public async Task<IReadOnlyList<long>> OpenExceptAsync(IReadOnlyCollection<long> carried, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await db.Activations.Where(a => a.Status.IsOpen).Select(a => a.Id).ToListAsync(cancellationToken);
        return [.. open.Except(carried)];
    }

    /// <summary>What people want of the open activations that differs from what they asked for first.</summary>
    public async Task<IReadOnlyDictionary<long, Wish>> WishesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db
            .Activations.Where(a => a.Status.IsOpen && (a.Intent.CancelRequestedAt != null || a.Intent.FaultsRevision > 0))
            .Select(a => new
            {
                a.Id,
                Wish = new Wish(a.Intent.CancelRequestedBy, a.Intent.CancelRequestedAt, a.Intent.CancelRequestedAfter, a.Intent.FaultsRevision),
            })
            .ToDictionaryAsync(a => a.Id, a => a.Wish, cancellationToken);
    }

    /// <summary>What is made to go wrong with this activation, as the database has it now.</summary>
    public async Task<IReadOnlyList<Fault>> FaultsAsync(long activationId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Activations.Where(a => a.Id == activationId).Select(a => a.Intent.Faults).SingleAsync(cancellationToken);
    }

    /// <summary>Keeps where simulated time stands.</summary>
    public async Task SaveClockAsync(DateTimeOffset simulated, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await lease.DemandAsync(db, cancellationToken);
        if (await db.Simulation.ExecuteUpdateAsync(set => set.SetProperty(s => s.Now, simulated), cancellationToken) == 0)
        {
            db.Simulation.Add(new SimulationState { Now = simulated });
            await db.SaveChangesAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Where simulated time goes on. Null in a new database.</summary>
    public async Task<DateTimeOffset?> ReadClockAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Simulation.Select(s => (DateTimeOffset?)s.Now).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Whether nobody has claimed or decided it since: then it is what people want of it that changed.</summary>
    private async Task<bool> IsStillClaimedAsync(Activation activation, CancellationToken cancellationToken)
    {
        var (id, epoch, decided) = (activation.Id, activation.Epoch, activation.Status.DecidedAfter);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Activations.AnyAsync(a => a.Id == id && a.Epoch == epoch && a.Status.DecidedAfter == decided, cancellationToken);
    }

    /// <summary>Keeps the speed that somebody set, for the next start.</summary>
    /// <param name="speed">Simulated seconds per second.</param>
    /// <param name="simulated">Simulated time, where it is not kept yet.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task SaveSpeedAsync(double speed, DateTimeOffset simulated, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await UpdateAsync() > 0)
            return;
        db.Simulation.Add(new SimulationState { Now = simulated, Speed = speed });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // The engine kept its time for the first time at the same moment.
            if (await UpdateAsync() == 0)
                throw;
        }

        Task<int> UpdateAsync() => db.Simulation.ExecuteUpdateAsync(set => set.SetProperty(s => s.Speed, speed), cancellationToken);
    }

    /// <summary>The speed that somebody set last. Null where nobody did.</summary>
    public async Task<double?> ReadSpeedAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Simulation.Select(s => s.Speed).SingleOrDefaultAsync(cancellationToken);
    }

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
        var active = db.Activations.Where(a => a.PropertyId == by.PropertyId && a.Network == by.Network && a.Status.State == ActivationState.Active);
        if (await active.Select(a => new { a.Id, a.StartedAt }).SingleOrDefaultAsync(cancellationToken) is not { } replaced)
            return;
        // Before the other becomes active: there is never more than one.
        await active.ExecuteUpdateAsync(set => set.SetProperty(a => a.Status.State, ActivationState.Inactive), cancellationToken);
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

/// <summary>What people want of an open activation by now.</summary>
/// <param name="CancelBy">Who asked to cancel it; null when nobody did.</param>
/// <param name="CancelAt">When, real time.</param>
/// <param name="CancelAfter">When, simulated time since its start.</param>
/// <param name="FaultsRevision">How often the simulated trouble was changed since it was submitted.</param>
public sealed record Wish(string? CancelBy, DateTimeOffset? CancelAt, TimeSpan? CancelAfter, int FaultsRevision);

/// <summary>An activation that the caller alone may write now, and what is needed to carry it.</summary>
public sealed record ClaimedRollout(Activation Activation, Property Property, RolloutPackage Package);
