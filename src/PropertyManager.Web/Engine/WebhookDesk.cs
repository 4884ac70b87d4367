using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine.Outbox;

namespace PropertyManager.Web.Engine;

/// <summary>Who asks for a webhook: a person on the screen, or their program.</summary>
/// <param name="UserId">The person's key: the webhook is theirs, and their rights decide what it is told of.</param>
/// <param name="Access">What they may do here: of a program, less than the person may.</param>
/// <param name="IsReadOnly">It is a program that changes nothing, webhooks included.</param>
public readonly record struct WebhookOwner(string UserId, Access Access, bool IsReadOnly = false);

/// <summary>A webhook, as lists show it.</summary>
/// <param name="PropertyName">Null where it is told of all properties.</param>
public sealed record WebhookLine(long Id, string Url, long? PropertyId, string? PropertyName, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt)
{
    /// <summary>Why the application disabled it; null where its owner did, and while it is enabled.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>Real time of the first failure since its last message; null while it receives.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Why the last attempt failed; null while it receives.</summary>
    public string? Problem { get; init; }

    /// <summary>Real time of the next attempt; null when nothing waits for it.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }
}

/// <summary>A webhook's message, and what became of it.</summary>
/// <param name="EndedAt">Real time at which it was received, given up or skipped; null while it waits.</param>
/// <param name="Failures">How often it was tried and not received.</param>
/// <param name="LastProblem">Why, the last time; null when it was received.</param>
/// <param name="NextTryAt">Not before this instant, real time; null when it has ended.</param>
public sealed record DeliveryLine(
    long Id,
    string Event,
    long ActivationId,
    DateTimeOffset CreatedAt,
    DeliveryState State,
    DateTimeOffset? EndedAt,
    int Failures,
    string? LastProblem,
    DateTimeOffset? NextTryAt
);

/// <summary>What came of making a webhook: it, with the secret that is shown this once; or why there is none.</summary>
public sealed record NewWebhook(WebhookLine? Webhook, string? Secret, Refusal? Refusal);

/// <summary>The one door for webhooks. Each person has their own.</summary>
public sealed class WebhookDesk(IDbContextFactory<AppDbContext> contexts, WebhookClient client, OutboxSignal outbox, TimeProvider time)
{
    /// <summary>Of one person, at most.</summary>
    public const int Most = 20;

    private static readonly Refusal Unknown = new("not-found", "There is no such webhook.");
    private static readonly Refusal UnknownProperty = new("not-found", "There is no such property, or not one that you may see.");
    private static readonly Refusal Testing = new("test-running", "A test of yours is under way already: wait for its end, at most ten seconds.");
    private static readonly Refusal OnlyReads = new("client-only-reads", "This API client only reads: another one changes webhooks.");

    // People whose test is sent at this moment: each holds a connection for as long as the receiver likes.
    private readonly ConcurrentDictionary<string, bool> _testing = new(StringComparer.Ordinal);

    /// <summary>What is wrong with an address, in words; null when it can be told.</summary>
    public string? Problem(string url) => WebhookTarget.Problem(url, client.GoesAnywhere);

    /// <summary>Makes one.</summary>
    /// <param name="url">Where messages go.</param>
    /// <param name="propertyId">Whose activations it is told of; null for all that the person may read.</param>
    /// <param name="by">Whose it will be.</param>
    /// <param name="cancellationToken">Ends it before anything is saved.</param>
    public async Task<NewWebhook> CreateAsync(string url, long? propertyId, WebhookOwner by, CancellationToken cancellationToken)
    {
        if (by.IsReadOnly)
            return new(null, null, OnlyReads);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var isConfined = await IsConfinedAsync(db, by, cancellationToken);
        if (Problem(url) is { } problem)
            return new(null, null, new("invalid-url", problem));
        if (propertyId is null && isConfined)
            return new(null, null, new("property-needed", "This API client sees a part of what its person does: name one property."));
        var name = await db.Properties.Seen(by.Access).Where(p => p.Id == propertyId).Select(p => p.Name).SingleOrDefaultAsync(cancellationToken);
        if (propertyId is not null && name is null)
            return new(null, null, UnknownProperty);
        // Of two at once the later counts the earlier.
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancellationToken);
        if (await db.Webhooks.CountAsync(w => w.UserId == by.UserId, cancellationToken) >= Most)
            return new(null, null, new("too-many-webhooks", $"You have {Most} webhooks already: delete one first."));
        var secret = WebhookClient.NewSecret();
        var webhook = new Webhook
        {
            UserId = by.UserId,
            PropertyId = propertyId,
            Url = url,
            ProtectedSecret = client.Protect(secret),
            CreatedAt = time.GetUtcNow(),
            Receiver = new OutboxReceiver(),
        };
        db.Webhooks.Add(webhook);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(new(webhook.Id, url, propertyId, name, webhook.CreatedAt, null), secret, null);
    }

    /// <summary>The person's, the oldest first.</summary>
    public async Task<IReadOnlyList<WebhookLine>> ListAsync(WebhookOwner by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Lines(db, Reached(db, by, await IsConfinedAsync(db, by, cancellationToken)).OrderBy(w => w.Id)).ToListAsync(cancellationToken);
    }

    /// <summary>One of the person's; null when they have none of that number.</summary>
    public async Task<WebhookLine?> FindAsync(long id, WebhookOwner by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var isConfined = await IsConfinedAsync(db, by, cancellationToken);
        return await Lines(db, Reached(db, by, isConfined).Where(w => w.Id == id)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>What it was told last, the newest first.</summary>
    /// <param name="id">One of the person's; of any other there is nothing.</param>
    /// <param name="most">So many.</param>
    /// <param name="by">Whose it is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<DeliveryLine>> DeliveriesAsync(long id, int most, WebhookOwner by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var reached = Reached(db, by, await IsConfinedAsync(db, by, cancellationToken)).Where(w => w.Id == id);
        return [.. (await ReadNewestAsync(db, reached, most, cancellationToken))[id]];
    }

    /// <summary>The person's, the oldest first, each with what it was told last, the newest first.</summary>
    /// <param name="most">So many of each.</param>
    /// <param name="by">Whose they are.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<(WebhookLine Webhook, IReadOnlyList<DeliveryLine> Deliveries)>> ListWithDeliveriesAsync(
        int most,
        WebhookOwner by,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var reached = Reached(db, by, await IsConfinedAsync(db, by, cancellationToken));
        var webhooks = await Lines(db, reached.OrderBy(w => w.Id)).ToListAsync(cancellationToken);
        if (webhooks.Count == 0)
            return [];
        var deliveries = await ReadNewestAsync(db, reached, most, cancellationToken);
        return [.. webhooks.Select(webhook => (webhook, (IReadOnlyList<DeliveryLine>)[.. deliveries[webhook.Id]]))];
    }

    /// <summary>
    /// Tells it nothing from now on, or tells it again; then what still waits for it is sent at once. Null when it is done.
    /// </summary>
    public async Task<Refusal?> EnableAsync(long id, bool enabled, WebhookOwner by, CancellationToken cancellationToken)
    {
        if (by.IsReadOnly)
            return OnlyReads;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var isConfined = await IsConfinedAsync(db, by, cancellationToken);
        if (await Reached(db, by, isConfined).Include(w => w.Receiver).SingleOrDefaultAsync(w => w.Id == id, cancellationToken) is not { } webhook)
            return Unknown;
        if (enabled == webhook.DisabledAt is null)
            return null;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        (webhook.DisabledAt, webhook.DisabledReason) = (enabled ? null : time.GetUtcNow(), null);
        await db.SaveChangesAsync(cancellationToken);
        if (enabled)
            await ReceiverStates.ResumeAsync(db, webhook.Receiver!.Id, time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Set();
        return null;
    }

    /// <summary>Takes it away, and what it was told. Null when it is gone.</summary>
    public async Task<Refusal?> DeleteAsync(long id, WebhookOwner by, CancellationToken cancellationToken)
    {
        if (by.IsReadOnly)
            return OnlyReads;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var isConfined = await IsConfinedAsync(db, by, cancellationToken);
        if (!await Reached(db, by, isConfined).AnyAsync(w => w.Id == id, cancellationToken))
            return Unknown;
        var events = db.OutboxEvents.Where(e => e.WebhookId == id);
        var receivers = db.OutboxReceivers.Where(r => r.WebhookId == id);
        await db
            .OutboxDeliveries.Where(d => events.Any(e => e.Id == d.EventId) || receivers.Any(r => r.Id == d.ReceiverId))
            .ExecuteDeleteAsync(cancellationToken);
        await events.ExecuteDeleteAsync(cancellationToken);
        await receivers.ExecuteDeleteAsync(cancellationToken);
        await db.Webhooks.Where(w => w.Id == id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>Sends it a message at once, so that its receiver can be tried: one at a time for each person.</summary>
    /// <returns>Why not, or what went wrong; both null when it was received.</returns>
    public async Task<(Refusal? Refusal, string? Problem)> TestAsync(long id, WebhookOwner by, CancellationToken cancellationToken)
    {
        if (by.IsReadOnly)
            return (OnlyReads, null);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var isConfined = await IsConfinedAsync(db, by, cancellationToken);
        var found = Reached(db, by, isConfined).AsNoTracking().Include(w => w.Receiver).Where(w => w.Id == id);
        if (await found.SingleOrDefaultAsync(cancellationToken) is not { } webhook)
            return (Unknown, null);
        if (!_testing.TryAdd(by.UserId, true))
            return (Testing, null);
        try
        {
            var problem = await SendTestAsync(webhook, by, cancellationToken);
            // What waits because the address failed need not wait any longer.
            if (problem is null && webhook.Receiver?.RetryAt is not null)
            {
                await ReceiverStates.ResumeAsync(db, webhook.Receiver.Id, time.GetUtcNow(), cancellationToken);
                outbox.Set();
            }
            return (null, problem);
        }
        finally
        {
            _testing.TryRemove(by.UserId, out _);
        }
    }

    /// <returns>What went wrong; null when it was received.</returns>
    private Task<string?> SendTestAsync(Webhook webhook, WebhookOwner by, CancellationToken cancellationToken)
    {
        const string name = "webhook.test";
        var body = new JsonObject
        {
            ["event"] = name,
            ["at"] = time.GetUtcNow().UtcDateTime,
            ["reason"] = $"Sent by {by.Access.Email} to try this address",
        };
        return client.SendAsync(
            webhook.Url,
            webhook.ProtectedSecret,
            $"test-{Guid.NewGuid():N}",
            body.ToJsonString(ActivationNotifications.Json),
            cancellationToken
        );
    }

    /// <summary>The person's webhooks; for a program that sees a part of what they do, those of properties in that part.</summary>
    private static IQueryable<Webhook> Reached(AppDbContext db, WebhookOwner by, bool isConfined)
    {
        var theirs = db.Webhooks.Where(w => w.UserId == by.UserId);
        if (!isConfined)
            return theirs;
        var seen = db.Properties.Seen(by.Access).Select(p => (long?)p.Id);
        return theirs.Where(w => seen.Contains(w.PropertyId));
    }

    private static IQueryable<WebhookLine> Lines(AppDbContext db, IQueryable<Webhook> webhooks) =>
        webhooks.Select(w => new WebhookLine(
            w.Id,
            w.Url,
            w.PropertyId,
            db.Properties.Where(p => p.Id == w.PropertyId).Select(p => p.Name).SingleOrDefault(),
            w.CreatedAt,
            w.DisabledAt
        )
        {
            DisabledReason = w.DisabledReason,
            FailingSince = w.Receiver!.RetryAt == null ? null : w.Receiver.FailingSince,
            Problem = w.Receiver.Problem,
            NextAttemptAt = w.Receiver.DueAt,
        });

    /// <summary>The newest deliveries of each webhook, in one command, by the webhook's number.</summary>
    private static async Task<ILookup<long, DeliveryLine>> ReadNewestAsync(
        AppDbContext db,
        IQueryable<Webhook> webhooks,
        int most,
        CancellationToken cancellationToken
    )
    {
        var receivers = db.OutboxReceivers.Where(r => webhooks.Any(w => w.Id == r.WebhookId));
        // Named twice: the window over each receiver's deliveries is filled before the join, and must not span those of other people.
        var own = db.OutboxDeliveries.Where(d => receivers.Select(r => r.Id).Contains(d.ReceiverId));
        var rows = await (
            from r in receivers
            from d in own.Where(d => d.ReceiverId == r.Id).OrderByDescending(d => d.Id).Take(most)
            join e in db.OutboxEvents on d.EventId equals e.Id
            orderby d.Id descending
            select new
            {
                Webhook = r.WebhookId!.Value,
                Line = new DeliveryLine(
                    d.Id,
                    e.Name,
                    e.ActivationId!.Value,
                    e.At,
                    d.State,
                    d.EndedAt,
                    d.Failures,
                    d.Problem,
                    d.State == DeliveryState.Pending ? d.NextAttemptAt : null
                ),
            }
        ).ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.Webhook, row => row.Line);
    }

    /// <summary>
    /// Whether it sees a part of what its person does: a webhook has the person's rights, and a program that has less must not get the rest by making
    /// one.
    /// </summary>
    private static async Task<bool> IsConfinedAsync(AppDbContext db, WebhookOwner by, CancellationToken cancellationToken)
    {
        var person = await AccessReader.ReadAsync(db, by.UserId, cancellationToken);
        return person.IsSupport != by.Access.IsSupport || person.Roles.Keys.Any(group => !by.Access.Roles.ContainsKey(group));
    }
}
