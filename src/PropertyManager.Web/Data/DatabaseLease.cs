using Microsoft.EntityFrameworkCore;

namespace PropertyManager.Web.Data;

/// <summary>
/// The right of one process to work on the database. It is renewed every <see cref="Renewal"/> and with every write of the engine; the write of a
/// process that has lost it changes nothing. Thread-safe.
/// </summary>
public sealed class DatabaseLease(IDbContextFactory<AppDbContext> contexts, TimeProvider time) : IDisposable
{
    /// <summary>Characters of <see cref="EngineLease.Holder"/>, at most.</summary>
    public const int HolderLength = 400;

    /// <summary>Between two renewals, real time.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);

    /// <summary>A holder that has not renewed the lease for so long is gone. Measured by whoever waits, on its monotonic clock.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _lost = new();
    private ITimer? _renewing;
    private int _isRenewing;
    private long _epoch;

    /// <summary>Canceled when another process has taken the lease.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>The lease as the database has it.</summary>
    public async Task<EngineLease> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.EngineLeases.AsNoTracking().SingleAsync(cancellationToken);
    }

    /// <summary>Takes the lease from whoever had it, and renews it from then on. False when it is not any more as it was seen.</summary>
    /// <param name="seen">What was read last: of two that take it at once, one does.</param>
    /// <param name="holder">Process, machine and addresses of this process.</param>
    /// <param name="lockId">Identifies the operating system's lock that this process holds.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<bool> TryTakeAsync(EngineLease seen, string holder, string lockId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (epoch, renewals, next) = (seen.Epoch, seen.Renewals, seen.Epoch + 1);
        var name = holder.Length > HolderLength ? holder[..HolderLength] : holder;
        var taken = await db
            .EngineLeases.Where(l => l.Epoch == epoch && l.Renewals == renewals)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(l => l.Epoch, next)
                        .SetProperty(l => l.Renewals, 0)
                        .SetProperty(l => l.Holder, name)
                        .SetProperty(l => l.LockId, lockId),
                cancellationToken
            );
        if (taken == 0)
            return false;
        _epoch = next;
        _renewing = time.CreateTimer(_ => Renew(), state: null, Renewal, Renewal);
        return true;
    }

    /// <summary>Called first in each of the engine's transactions: until it ends, nobody else takes the lease.</summary>
    /// <exception cref="LeaseLostException">Another process has taken the lease. Nothing may be written.</exception>
    public async Task DemandAsync(AppDbContext db, CancellationToken cancellationToken)
    {
        if (await Held(db).ExecuteUpdateAsync(set => set.SetProperty(l => l.Renewals, l => l.Renewals + 1), cancellationToken) == 1)
            return;
        Lose();
        throw new LeaseLostException();
    }

    /// <summary>Gives the lease up, where this process holds it, when nothing will be written any more: the next start takes it at once.</summary>
    public void Release()
    {
        _renewing?.Dispose();
        try
        {
            using var db = contexts.CreateDbContext();
            Held(db).ExecuteUpdate(set => set.SetProperty(l => l.Holder, (string?)null).SetProperty(l => l.LockId, (string?)null));
        }
        catch (Exception exception) when (DatabaseFailure.From(exception) is not null)
        {
            // The next start finds a lease that nobody renews.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _renewing?.Dispose();
        _lost.Dispose();
    }

    private IQueryable<EngineLease> Held(AppDbContext db)
    {
        var epoch = _epoch;
        return db.EngineLeases.Where(l => l.Epoch == epoch);
    }

    private void Renew()
    {
        // The one before may still wait for the database.
        if (Interlocked.Exchange(ref _isRenewing, 1) == 1)
            return;
        try
        {
            using var db = contexts.CreateDbContext();
            if (Held(db).ExecuteUpdate(set => set.SetProperty(l => l.Renewals, l => l.Renewals + 1)) == 0)
                Lose();
        }
        catch (Exception exception) when (DatabaseFailure.From(exception) is not null || exception is ObjectDisposedException)
        {
            // A database that is away for a moment: the lease is ours until another process has taken it.
        }
        finally
        {
            Volatile.Write(ref _isRenewing, 0);
        }
    }

    private void Lose()
    {
        _renewing?.Dispose();
        _lost.Cancel();
    }
}

/// <summary>Another process has taken the lease of the database: this one writes nothing more.</summary>
public sealed class LeaseLostException() : DbUpdateConcurrencyException("Another process has taken the lease of the database.");
