using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Outbox;

/// <summary>Statements that keep when a receiver is due in step with what is pending for it.</summary>
internal static class ReceiverStates
{
    /// <summary>New deliveries were written: they are due now, or, for one that fails, with its next attempt.</summary>
    /// <param name="db">In the transaction that writes them.</param>
    /// <param name="receiverIds">Those that got some.</param>
    /// <param name="now">Real time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task WakeAsync(AppDbContext db, List<long> receiverIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (receiverIds.Count == 0)
            return;
        var receivers = db.OutboxReceivers.Where(r => receiverIds.Contains(r.Id));
        await receivers
            .Where(r => r.RetryAt == null && (r.DueAt == null || r.DueAt > now))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, now), cancellationToken);
        await receivers
            .Where(r => r.RetryAt != null && (r.DueAt == null || r.DueAt > r.RetryAt))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, r => r.RetryAt), cancellationToken);
    }

    /// <summary>It is due when the first of its pending deliveries is, but not before it is to be retried; not at all when nothing is pending.</summary>
    public static async Task ScheduleAsync(AppDbContext db, long receiverId, DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        // One statement: what is expanded at the same time comes before it and is counted, or after it and sets the instant anew.
        await Row(db, receiverId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(
                        r => r.DueAt,
                        r =>
                            db.OutboxDeliveries.Where(d => d.ReceiverId == r.Id && d.State == DeliveryState.Pending)
                                .Min(d => (DateTimeOffset?)d.NextAttemptAt)
                    ),
                cancellationToken
            );
        if (retryAt is { } retry)
            await Row(db, receiverId).Where(r => r.DueAt < retry).ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, retry), cancellationToken);
    }

    /// <summary>
    /// Whatever failed before is forgotten, and all that is pending is due now: it was enabled again, or took a test message.
    /// </summary>
    public static async Task ResumeAsync(AppDbContext db, long receiverId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db
            .OutboxDeliveries.Where(d => d.ReceiverId == receiverId && d.State == DeliveryState.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAttemptAt, now), cancellationToken);
        await RecoverAsync(db, receiverId, cancellationToken);
        await ScheduleAsync(db, receiverId, retryAt: null, cancellationToken);
    }

    /// <summary>It takes deliveries again.</summary>
    public static Task RecoverAsync(AppDbContext db, long receiverId, CancellationToken cancellationToken) =>
        Row(db, receiverId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(r => r.Failures, 0)
                        .SetProperty(r => r.FailingSince, (DateTimeOffset?)null)
                        .SetProperty(r => r.RetryAt, (DateTimeOffset?)null)
                        .SetProperty(r => r.Problem, (string?)null),
                cancellationToken
            );

    public static IQueryable<OutboxReceiver> Row(AppDbContext db, long receiverId) => db.OutboxReceivers.Where(r => r.Id == receiverId);
}
