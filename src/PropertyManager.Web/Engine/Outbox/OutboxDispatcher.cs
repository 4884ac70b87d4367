using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Outbox;

/// <summary>
/// Expands events into deliveries and delivers them by e-mail and to webhooks. Each receiver has its turn for itself, so that a slow one holds up no
/// other. Sleeps until an event is committed or the first receiver is due; what waits for a receiver that fails is not looked at meanwhile.
/// </summary>
public sealed partial class OutboxDispatcher(
    IDbContextFactory<AppDbContext> contexts,
    OutboxExpander expander,
    DeliveryRunner runner,
    OutboxHousekeeping housekeeping,
    OutboxSignal signal,
    TimeProvider time,
    ILogger<OutboxDispatcher> logger
) : BackgroundService
{
    /// <summary>The longest sleep: an event whose signal was lost, because the process died after the commit, waits no longer.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);

    private const int MostAtOnce = 64;

    /// <summary>By receiver: true when its turn ended well, false when the database failed.</summary>
    private readonly ConcurrentDictionary<long, Task<bool>> _turns = new();

    /// <summary>When the service ends: turns outlast whoever asked for them.</summary>
    private CancellationToken _stopping;

    private volatile bool _isFailing;

    /// <summary>Expands what is new, tries what is due, and returns when each receiver had one turn.</summary>
    public async Task DispatchAsync(CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken);
        await Task.WhenAll(_turns.Values);
    }

    /// <summary>Delivers what is due of a property's activations now, before the property is deleted, and returns when each delivery was tried.</summary>
    /// <param name="propertyId">Whose activations.</param>
    /// <param name="cancellationToken">Ends the waiting; a delivery that was begun is not broken off.</param>
    public async Task DispatchOfAsync(long propertyId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await expander.ExpandAsync(cancellationToken);
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var due = await db
                .OutboxDeliveries.Where(d => d.State == DeliveryState.Pending && d.NextAttemptAt <= now)
                .Where(d => db.OutboxReceivers.Any(r => r.Id == d.ReceiverId && r.DueAt <= now))
                .Where(d =>
                    db.OutboxEvents.Any(e => e.Id == d.EventId && db.Activations.Any(a => a.Id == e.ActivationId && a.PropertyId == propertyId))
                )
                .Select(d => d.ReceiverId)
                .Distinct()
                .ToListAsync(cancellationToken);
            if (due.Count == 0)
                return;
            var ended = await Task.WhenAll(due.Select(receiver => Turn(receiver, _stopping))).WaitAsync(cancellationToken);
            if (ended.Contains(false))
                return;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A database that is away for a moment does not end the dispatcher.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _stopping = stoppingToken;
        await using var timer = time.CreateTimer(_ => signal.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            while (true)
            {
                var wait = Poll;
                try
                {
                    wait = await BeginAsync(stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    Failed(exception);
                }
                timer.Change(wait, Timeout.InfiniteTimeSpan);
                await signal.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Cancellation at shutdown is not an error.
        }
        await Task.WhenAll(_turns.Values);
    }

    /// <summary>Gives each receiver that is due its turn, unless it has one already.</summary>
    /// <returns>How long nothing else is due.</returns>
    private async Task<TimeSpan> BeginAsync(CancellationToken cancellationToken)
    {
        await housekeeping.RunAsync(cancellationToken);
        await expander.ExpandAsync(cancellationToken);
        var (now, busy) = (time.GetUtcNow(), _turns.Keys.ToList());
        // The end of a turn wakes the loop again.
        if (busy.Count >= MostAtOnce)
            return Poll;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var next = await db
            .OutboxReceivers.Where(r => r.DueAt != null && !busy.Contains(r.Id))
            .OrderBy(r => r.DueAt)
            .Take(MostAtOnce - busy.Count + 1)
            .Select(r => new { r.Id, DueAt = r.DueAt!.Value })
            .ToListAsync(cancellationToken);
        foreach (var receiver in next.Where(r => r.DueAt <= now).Take(MostAtOnce - busy.Count))
            _ = Turn(receiver.Id, cancellationToken);
        Succeeded();
        var later = next.Find(r => r.DueAt > now)?.DueAt - now;
        return later < Poll ? later.Value : Poll;
    }

    /// <summary>The receiver's turn: the one that it has, or a new one.</summary>
    private Task<bool> Turn(long receiverId, CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var current = _turns.GetOrAdd(receiverId, turn.Task);
        if (current == turn.Task)
            _ = TakeTurnAsync(receiverId, turn, cancellationToken);
        return current;
    }

    [SuppressMessage("Design", "CA1031", Justification = "A receiver whose turn fails does not hold up the others.")]
    private async Task TakeTurnAsync(long receiverId, TaskCompletionSource<bool> turn, CancellationToken cancellationToken)
    {
        var isDone = false;
        try
        {
            await runner.RunAsync(receiverId, cancellationToken);
            isDone = true;
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
                Failed(exception);
        }
        finally
        {
            _turns.TryRemove(receiverId, out _);
            // More may be due. After a failure the next poll looks again, so that a broken database is not asked without pause.
            if (isDone)
                signal.Set();
            turn.SetResult(isDone);
        }
    }

    private void Failed(Exception exception)
    {
        if (!_isFailing)
            LogFailing(exception);
        _isFailing = true;
    }

    private void Succeeded()
    {
        if (_isFailing)
            LogRecovered();
        _isFailing = false;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Outbox: notifications cannot be read or recorded; they wait and are tried again")]
    private partial void LogFailing(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Outbox: notifications are delivered again")]
    private partial void LogRecovered();
}
