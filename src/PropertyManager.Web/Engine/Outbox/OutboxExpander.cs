using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Outbox;

/// <summary>
/// Works out who is notified of new events and writes a delivery for each. Rights and recipients are read before the transaction that writes. An
/// event that is expanded again, because a process died meanwhile or another was faster, gets no second delivery.
/// </summary>
public sealed class OutboxExpander(IDbContextFactory<AppDbContext> contexts, TimeProvider time) : IDisposable
{
    private const int Batch = 50;

    private readonly SemaphoreSlim _one = new(1);

    public void Dispose() => _one.Dispose();

    /// <summary>Expands all events that were committed before the call.</summary>
    public async Task ExpandAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            while (await ExpandBatchAsync(cancellationToken)) { }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> ExpandBatchAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var events = await db
            .OutboxEvents.Where(e => e.ExpandedAt == null)
            .OrderBy(e => e.Id)
            .Take(Batch)
            .Select(e => new NewEvent(e.Id, e.ActivationId, e.WebhookId, e.Body != null, e.At))
            .ToListAsync(cancellationToken);
        if (events.Count == 0)
            return false;
        List<OutboxDelivery> deliveries =
        [
            .. await ToOwnersAsync(db, events, cancellationToken),
            .. await AboutActivationsAsync(db, events, cancellationToken),
        ];
        var isSaved = await SaveAsync(db, events.ConvertAll(e => e.Id), deliveries, cancellationToken);
        return !isSaved || events.Count == Batch;
    }

    /// <summary>What happened to a webhook: its owner gets an e-mail.</summary>
    private async Task<IEnumerable<OutboxDelivery>> ToOwnersAsync(AppDbContext db, List<NewEvent> events, CancellationToken cancellationToken)
    {
        List<long> ids = [.. events.Select(e => e.WebhookId).OfType<long>()];
        if (ids.Count == 0)
            return [];
        var emails = await db
            .Webhooks.Where(w => ids.Contains(w.Id))
            .Join(db.Users, w => w.UserId, u => u.Id, (w, u) => new { w.Id, u.Email })
            .ToDictionaryAsync(w => w.Id, w => w.Email, cancellationToken);
        return from told in events
            where told.WebhookId is { } id && emails.GetValueOrDefault(id) is { Length: > 0 }
            select New(told, OutboxReceiver.Mail, emails[told.WebhookId!.Value]!);
    }

    private async Task<IReadOnlyList<OutboxDelivery>> AboutActivationsAsync(
        AppDbContext db,
        List<NewEvent> events,
        CancellationToken cancellationToken
    )
    {
        List<long> ids = [.. events.Select(e => e.ActivationId).OfType<long>().Distinct()];
        var subjects = await db
            .Activations.Where(a => ids.Contains(a.Id))
            .Join(
                db.Properties,
                a => a.PropertyId,
                p => p.Id,
                (a, p) =>
                    new
                    {
                        a.Id,
                        a.AccountId,
                        a.PropertyId,
                        p.GroupId,
                        a.Intent.NotifyEmails,
                    }
            )
            .ToDictionaryAsync(a => a.Id, cancellationToken);
        var webhooks = await WebhooksAsync(
            db,
            [.. subjects.Values.Select(s => s.AccountId).Distinct()],
            [.. subjects.Values.Select(s => s.PropertyId).Distinct()],
            cancellationToken
        );
        Dictionary<string, Access> owners = new(StringComparer.Ordinal);
        List<OutboxDelivery> deliveries = [];
        foreach (var told in events)
        {
            if (told.ActivationId is not { } id || !subjects.TryGetValue(id, out var subject))
                continue;
            deliveries.AddRange(
                subject.NotifyEmails.Distinct(StringComparer.OrdinalIgnoreCase).Select(email => New(told, OutboxReceiver.Mail, email))
            );
            if (!told.HasBody)
                continue;
            foreach (var webhook in webhooks)
            {
                // A webhook is not told of what happened before it was made.
                if (webhook.CreatedAt > told.At || (webhook.PropertyId ?? subject.PropertyId) != subject.PropertyId)
                    continue;
                if (!owners.TryGetValue(webhook.UserId, out var access))
                    owners[webhook.UserId] = access = await AccessReader.ReadAsync(db, webhook.UserId, cancellationToken);
                if (access.IsSupport || access.Roles.ContainsKey(subject.GroupId))
                    deliveries.Add(New(told, webhook.ReceiverId, ""));
            }
        }
        return deliveries;
    }

    /// <summary>Enabled ones of people who have a part in these accounts: only theirs are worth looking at one by one.</summary>
    private static Task<List<Candidate>> WebhooksAsync(
        AppDbContext db,
        List<long> accounts,
        List<long> properties,
        CancellationToken cancellationToken
    )
    {
        var involved = db
            .RoleAssignments.Where(r => db.Groups.Any(g => g.Id == r.GroupId && accounts.Contains(g.AccountId)))
            .Select(r => r.UserId)
            .Concat(db.Users.Where(u => u.IsSupport).Select(u => u.Id));
        return db
            .OutboxReceivers.Where(r => r.Webhook!.DisabledAt == null && involved.Contains(r.Webhook.UserId))
            .Where(r => r.Webhook!.PropertyId == null || properties.Contains(r.Webhook.PropertyId.Value))
            .Select(r => new Candidate(r.Id, r.Webhook!.UserId, r.Webhook.PropertyId, r.Webhook.CreatedAt))
            .ToListAsync(cancellationToken);
    }

    /// <returns>False, and nothing is saved, when an event was expanded or deleted meanwhile.</returns>
    private async Task<bool> SaveAsync(AppDbContext db, List<long> eventIds, List<OutboxDelivery> deliveries, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var claimed = await db
            .OutboxEvents.Where(e => eventIds.Contains(e.Id) && e.ExpandedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.ExpandedAt, now), cancellationToken);
        if (claimed < eventIds.Count)
            return false;
        var there = await db
            .OutboxDeliveries.Where(d => eventIds.Contains(d.EventId))
            .Select(d => ValueTuple.Create(d.EventId, d.ReceiverId, d.Recipient))
            .ToListAsync(cancellationToken);
        db.OutboxDeliveries.AddRange(deliveries.ExceptBy(there, d => (d.EventId, d.ReceiverId, d.Recipient)));
        await db.SaveChangesAsync(cancellationToken);
        await ReceiverStates.WakeAsync(db, [.. deliveries.Select(d => d.ReceiverId).Distinct()], now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private OutboxDelivery New(NewEvent told, long receiver, string recipient)
    {
        var now = time.GetUtcNow();
        return new OutboxDelivery
        {
            EventId = told.Id,
            ReceiverId = receiver,
            Recipient = recipient,
            CreatedAt = now,
            NextAttemptAt = now,
        };
    }

    private sealed record NewEvent(long Id, long? ActivationId, long? WebhookId, bool HasBody, DateTimeOffset At);

    private sealed record Candidate(long ReceiverId, string UserId, long? PropertyId, DateTimeOffset CreatedAt);
}
