using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Outbox;

/// <summary>Once an hour: deletes what ended long ago, and ends what nothing else would end.</summary>
public sealed class OutboxHousekeeping(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>How long events and deliveries that ended are kept, real time.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private DateTimeOffset _next;

    /// <summary>Does nothing when it was done less than an hour ago.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < _next)
            return;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await GiveUpDisabledAsync(db, now, cancellationToken);
        await WakeForgottenAsync(db, now, cancellationToken);
        var oldest = now - Kept;
        await db.OutboxDeliveries.Where(d => d.CreatedAt < oldest && d.State != DeliveryState.Pending).ExecuteDeleteAsync(cancellationToken);
        await db
            .OutboxEvents.Where(e => e.ExpandedAt < oldest && !db.OutboxDeliveries.Any(d => d.EventId == e.Id))
            .ExecuteDeleteAsync(cancellationToken);
        _next = now + Interval;
    }

    /// <summary>A disabled webhook is not tried, so no attempt ends what still waits for it.</summary>
    private static async Task GiveUpDisabledAsync(AppDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = now - OutboxDelivery.Lifetime;
        await db
            .OutboxDeliveries.Where(d => d.State == DeliveryState.Pending && d.CreatedAt <= oldest)
            .Where(d => db.OutboxReceivers.Any(r => r.Id == d.ReceiverId && r.Webhook!.DisabledAt != null))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(d => d.State, DeliveryState.GivenUp)
                        .SetProperty(d => d.EndedAt, now)
                        .SetProperty(d => d.Problem, d => d.Problem ?? "The webhook was disabled."),
                cancellationToken
            );
    }

    /// <summary>Deliveries of a receiver that is not due although it is enabled: where a database lets two writers pass each other.</summary>
    private static async Task WakeForgottenAsync(AppDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db
            .OutboxReceivers.Where(r => r.DueAt == null && (r.WebhookId == null || r.Webhook!.DisabledAt == null))
            .Where(r => db.OutboxDeliveries.Any(d => d.ReceiverId == r.Id && d.State == DeliveryState.Pending))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, now), cancellationToken);
}
