using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Outbox;

/// <summary>
/// Delivers to one receiver what is due, and records what became of it. A delivery is marked after it was sent: when the process dies in between it
/// is sent again, never lost. While a receiver fails, one delivery is tried for all that wait, each time another.
/// </summary>
public sealed partial class DeliveryRunner(
    IDbContextFactory<AppDbContext> contexts,
    EmailChannel email,
    WebhookChannel webhooks,
    TimeProvider time,
    ILogger<DeliveryRunner> logger
)
{
    /// <summary>A webhook that received nothing for so long, real time, is disabled.</summary>
    public static readonly TimeSpan DisabledAfter = TimeSpan.FromDays(3);

    /// <summary>A receiver that fails is tried at least so often while something is due for it.</summary>
    public static readonly TimeSpan LongestRetry = TimeSpan.FromHours(1);

    private const int Batch = 20;

    /// <summary>Attempts that fail in a row before a webhook is disabled: it is not for a single one after a quiet week.</summary>
    private const int DisabledFailures = 8;

    /// <summary>Tries what is due, up to a batch.</summary>
    /// <param name="receiverId">The caller sees to it that no two run for one receiver.</param>
    /// <param name="cancellationToken">Leaves what was not tried.</param>
    public async Task RunAsync(long receiverId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var receiver = await ReceiverStates.Row(db, receiverId).AsNoTracking().Include(r => r.Webhook).SingleOrDefaultAsync(cancellationToken);
        if (receiver is null)
            return;
        if (receiver.Webhook?.DisabledAt is not null)
        {
            await ReceiverStates
                .Row(db, receiverId)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, (DateTimeOffset?)null), cancellationToken);
            return;
        }
        IDeliveryChannel channel = receiver.WebhookId is null ? email : webhooks;
        var isFailing = receiver.RetryAt is not null;
        var due = await DueAsync(db, receiver, cancellationToken);
        await foreach (var result in channel.SendAsync(receiver, due, cancellationToken))
        {
            if (result.Outcome == DeliveryOutcome.ReceiverFailed)
            {
                await FailAsync(db, receiver, channel, result, cancellationToken);
                return;
            }
            await RecordAsync(db, channel, result, cancellationToken);
            if (isFailing && result.Outcome != DeliveryOutcome.Skipped)
            {
                await ReceiverStates.RecoverAsync(db, receiverId, cancellationToken);
                isFailing = false;
                var name = Name(receiver);
                LogRecovered(name);
            }
        }
        await ReceiverStates.ScheduleAsync(db, receiverId, retryAt: null, cancellationToken);
    }

    /// <summary>The oldest first; of a receiver that fails one, the one that was tried least.</summary>
    private async Task<List<PendingDelivery>> DueAsync(AppDbContext db, OutboxReceiver receiver, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = db.OutboxDeliveries.Where(d => d.ReceiverId == receiver.Id && d.State == DeliveryState.Pending && d.NextAttemptAt <= now);
        var first = receiver.RetryAt is null ? due.OrderBy(d => d.Id).Take(Batch) : due.OrderBy(d => d.Failures).ThenBy(d => d.Id).Take(1);
        return await first
            .Join(db.OutboxEvents.AsNoTracking(), d => d.EventId, e => e.Id, (d, e) => new { d, e })
            .OrderBy(pair => pair.d.Id)
            .Select(pair => new PendingDelivery(pair.d.Id, pair.d.Recipient, pair.d.CreatedAt, pair.d.Failures, pair.e))
            .ToListAsync(cancellationToken);
    }

    private Task RecordAsync(AppDbContext db, IDeliveryChannel channel, DeliveryResult result, CancellationToken cancellationToken) =>
        result.Outcome switch
        {
            DeliveryOutcome.Delivered => EndAsync(db, result, DeliveryState.Delivered, cancellationToken),
            DeliveryOutcome.Refused => EndAsync(db, result, DeliveryState.Refused, cancellationToken),
            DeliveryOutcome.Skipped => EndAsync(db, result, DeliveryState.Skipped, cancellationToken),
            _ => PostponeAsync(db, channel, result, cancellationToken),
        };

    private async Task EndAsync(AppDbContext db, DeliveryResult result, DeliveryState state, CancellationToken cancellationToken)
    {
        var (now, problem) = (time.GetUtcNow(), Shorten(result.Problem));
        await db
            .OutboxDeliveries.Where(d => d.Id == result.Delivery.Id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(d => d.State, state).SetProperty(d => d.EndedAt, now).SetProperty(d => d.Problem, problem),
                cancellationToken
            );
    }

    /// <summary>Tries it again later, or gives it up when that would come after its lifetime.</summary>
    private async Task PostponeAsync(AppDbContext db, IDeliveryChannel channel, DeliveryResult result, CancellationToken cancellationToken)
    {
        var (now, problem, delivery) = (time.GetUtcNow(), Shorten(result.Problem), result.Delivery);
        var next = now + Wait(channel, delivery.Failures);
        var isOver = next > delivery.CreatedAt + OutboxDelivery.Lifetime;
        var (state, ended) = isOver ? (DeliveryState.GivenUp, now) : (DeliveryState.Pending, (DateTimeOffset?)null);
        await db
            .OutboxDeliveries.Where(d => d.Id == delivery.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(d => d.State, state)
                        .SetProperty(d => d.EndedAt, ended)
                        .SetProperty(d => d.Failures, delivery.Failures + 1)
                        .SetProperty(d => d.Problem, problem)
                        .SetProperty(d => d.NextAttemptAt, next),
                cancellationToken
            );
    }

    /// <summary>All that is pending waits for the receiver's next attempt; what is past its lifetime is given up.</summary>
    private async Task FailAsync(
        AppDbContext db,
        OutboxReceiver receiver,
        IDeliveryChannel channel,
        DeliveryResult result,
        CancellationToken cancellationToken
    )
    {
        var (now, problem, failures) = (time.GetUtcNow(), Shorten(result.Problem), receiver.Failures + 1);
        var since = receiver.FailingSince ?? now;
        var wait = Wait(channel, receiver.Failures);
        var retry = now + (wait < LongestRetry ? wait : LongestRetry);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            await PostponeAsync(db, channel, result, cancellationToken);
            var oldest = now - OutboxDelivery.Lifetime;
            await db
                .OutboxDeliveries.Where(d => d.ReceiverId == receiver.Id && d.State == DeliveryState.Pending && d.CreatedAt <= oldest)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(d => d.State, DeliveryState.GivenUp).SetProperty(d => d.EndedAt, now).SetProperty(d => d.Problem, problem),
                    cancellationToken
                );
            await ReceiverStates
                .Row(db, receiver.Id)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(r => r.Failures, failures)
                            .SetProperty(r => r.FailingSince, since)
                            .SetProperty(r => r.RetryAt, retry)
                            .SetProperty(r => r.Problem, problem),
                    cancellationToken
                );
            await ReceiverStates.ScheduleAsync(db, receiver.Id, retry, cancellationToken);
            if (receiver.Webhook is { } webhook && failures >= DisabledFailures && now - since >= DisabledAfter)
                await DisableAsync(db, webhook, since, problem!, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        if (receiver.RetryAt is null)
            LogFailing(Name(receiver), problem);
    }

    private async Task DisableAsync(AppDbContext db, Webhook webhook, DateTimeOffset since, string problem, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var reason = Shorten($"It received nothing for {DisabledAfter.TotalDays:0} days. The last attempt: {problem}");
        var disabled = await db
            .Webhooks.Where(w => w.Id == webhook.Id && w.DisabledAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.DisabledAt, now).SetProperty(w => w.DisabledReason, reason), cancellationToken);
        if (disabled == 0)
            return;
        db.OutboxEvents.Add(WebhookNotifications.Disabled(webhook, since, problem, now));
        await db.SaveChangesAsync(cancellationToken);
        LogDisabled(webhook.Id, DisabledAfter.TotalDays);
    }

    private static TimeSpan Wait(IDeliveryChannel channel, int failures) => channel.Waits[Math.Min(failures, channel.Waits.Count - 1)];

    private static string? Shorten(string? problem) =>
        problem?.Length > OutboxDelivery.ProblemLength ? problem[..OutboxDelivery.ProblemLength] : problem;

    private static string Name(OutboxReceiver receiver) => receiver.WebhookId is { } id ? $"Webhook {id}" : "Mail server";

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Receiver} does not take deliveries: {Problem} They wait; it is tried again")]
    private partial void LogFailing(string receiver, string? problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Receiver} takes deliveries again")]
    private partial void LogRecovered(string receiver);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Webhook {Webhook} is disabled: it received nothing for {Days} days. Its owner gets an e-mail"
    )]
    private partial void LogDisabled(long webhook, double days);
}
