using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>
/// Sends what webhooks are to be told. Each address has its turn for itself, so that a slow one holds up no other; what is not received is tried
/// again, <see cref="Tries"/> times over about a day, and then given up. Newer messages do not wait for one that is to be tried again: they can come
/// before it.
/// </summary>
public sealed partial class WebhookSender(
    IDbContextFactory<AppDbContext> contexts,
    WebhookPost post,
    TimeProvider time,
    ILogger<WebhookSender> logger
) : BackgroundService
{
    /// <summary>Characters of a problem, at most.</summary>
    private const int ProblemLength = 500;

    private const int MostAtOnce = 64;
    private const int Batch = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>What became of a message is kept so long.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>So often what is older is dropped.</summary>
    private static readonly TimeSpan Cleared = TimeSpan.FromHours(1);

    /// <summary>After the first failure, the second, and so on.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(20),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(3),
        TimeSpan.FromHours(6),
        TimeSpan.FromHours(13),
    ];

    /// <summary>By webhook: true when it is told, false where that broke off.</summary>
    private readonly ConcurrentDictionary<long, Task<bool>> _turns = new();

    /// <summary>When the service ends: turns outlast whoever asked for them.</summary>
    private CancellationToken _stopping;

    private DateTimeOffset _clearAt;

    /// <summary>How often a message is sent before it is given up.</summary>
    public static int Tries => Waits.Length + 1;

    /// <summary>Sends what is due, and returns when all of it was tried.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken);
        await Task.WhenAll(_turns.Values);
    }

    /// <summary>Sends what is due of a property's activations now, before it goes, and returns when each message was tried.</summary>
    /// <param name="propertyId">Whose activations.</param>
    /// <param name="cancellationToken">Ends the waiting; what is on its way then stays so.</param>
    public async Task SendOfAsync(long propertyId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var due = await Due(db, now)
                .Where(d => db.Activations.Any(a => a.Id == d.ActivationId && a.PropertyId == propertyId))
                .Select(d => d.WebhookId)
                .Distinct()
                .ToListAsync(cancellationToken);
            if (due.Count == 0)
                return;
            var told = await Task.WhenAll(due.Select(webhook => Turn(webhook, _stopping))).WaitAsync(cancellationToken);
            if (told.Contains(false))
                return;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A database that is away for a moment does not end the sender.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _stopping = stoppingToken;
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.TicksAsync(stoppingToken))
        {
            try
            {
                await BeginAsync(stoppingToken);
            }
            catch (Exception exception)
            {
                // What is broken off by the application's end is no failure.
                if (!stoppingToken.IsCancellationRequested)
                    LogDatabase(exception);
            }
        }
        await Task.WhenAll(_turns.Values);
    }

    /// <summary>Gives each webhook that has something due its turn, unless it has one already.</summary>
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var (now, busy) = (time.GetUtcNow(), _turns.Keys.ToList());
        var free = MostAtOnce - busy.Count;
        if (free <= 0)
            return;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await ClearAsync(db, now, cancellationToken);
        var due = await Due(db, now)
            .Where(d => !busy.Contains(d.WebhookId))
            .GroupBy(d => d.WebhookId)
            .OrderBy(group => group.Min(d => d.Id))
            .Select(group => group.Key)
            .Take(free)
            .ToListAsync(cancellationToken);
        foreach (var webhook in due)
            _ = Turn(webhook, cancellationToken);
    }

    /// <summary>What was received or given up long ago is not looked at any more.</summary>
    private async Task ClearAsync(AppDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now < _clearAt)
            return;
        var oldest = now - Kept;
        await db
            .WebhookDeliveries.Where(d => d.CreatedAt < oldest && (d.SentAt != null || d.NextTryAt == null))
            .ExecuteDeleteAsync(cancellationToken);
        _clearAt = now + Cleared;
    }

    /// <summary>The webhook's turn: the one that it has, or a new one.</summary>
    private Task<bool> Turn(long webhookId, CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var current = _turns.GetOrAdd(webhookId, turn.Task);
        if (current == turn.Task)
            _ = TakeTurnAsync(webhookId, turn, cancellationToken);
        return current;
    }

    [SuppressMessage("Design", "CA1031", Justification = "One webhook that cannot be told does not hold up the others.")]
    private async Task TakeTurnAsync(long webhookId, TaskCompletionSource<bool> turn, CancellationToken cancellationToken)
    {
        var isTold = false;
        try
        {
            await TellAsync(webhookId, cancellationToken);
            isTold = true;
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
                LogTurn(webhookId, exception);
        }
        finally
        {
            _turns.TryRemove(webhookId, out _);
            turn.SetResult(isTold);
        }
    }

    /// <summary>The oldest first, up to the first that is not received. Marked when it is sent: after a crash in between it is sent again, never lost.</summary>
    private async Task TellAsync(long webhookId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(w => w.Id == webhookId, cancellationToken) is not { } webhook)
            return;
        var due = await Due(db, time.GetUtcNow())
            .AsNoTracking()
            .Where(d => d.WebhookId == webhookId)
            .OrderBy(d => d.Id)
            .Take(Batch)
            .ToListAsync(cancellationToken);
        var access = await AccessReader.ReadAsync(db, webhook.UserId, cancellationToken);
        var seen = db.Properties.Seen(access).Select(p => p.Id);
        List<long> asked = [.. due.Select(d => d.ActivationId)];
        var readable = await db
            .Activations.Where(a => asked.Contains(a.Id) && seen.Contains(a.PropertyId))
            .Select(a => a.Id)
            .ToListAsync(cancellationToken);
        foreach (var delivery in due)
        {
            if (!readable.Contains(delivery.ActivationId))
            {
                const string lost = "Not sent: the person whose webhook this is may not read the property any more.";
                await SaveAsync(db, delivery, delivery.Failures, lost, null, cancellationToken);
                continue;
            }
            var problem = await post.SendAsync(
                webhook.Url,
                webhook.ProtectedSecret,
                delivery.Event,
                delivery.Id.ToString(CultureInfo.InvariantCulture),
                delivery.Body,
                cancellationToken
            );
            if (problem is null)
            {
                var now = time.GetUtcNow();
                await db
                    .WebhookDeliveries.Where(d => d.Id == delivery.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(d => d.SentAt, now).SetProperty(d => d.LastProblem, (string?)null), cancellationToken);
                continue;
            }
            var next = delivery.Failures < Waits.Length ? time.GetUtcNow() + Waits[delivery.Failures] : (DateTimeOffset?)null;
            await SaveAsync(db, delivery, delivery.Failures + 1, problem, next, cancellationToken);
            return;
        }
    }

    private static async Task SaveAsync(
        AppDbContext db,
        WebhookDelivery delivery,
        int failures,
        string problem,
        DateTimeOffset? nextTry,
        CancellationToken cancellationToken
    )
    {
        var text = problem.Length > ProblemLength ? problem[..ProblemLength] : problem;
        await db
            .WebhookDeliveries.Where(d => d.Id == delivery.Id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(d => d.Failures, failures).SetProperty(d => d.LastProblem, text).SetProperty(d => d.NextTryAt, nextTry),
                cancellationToken
            );
    }

    private static IQueryable<WebhookDelivery> Due(AppDbContext db, DateTimeOffset now) =>
        db.WebhookDeliveries.Where(d => d.SentAt == null && d.NextTryAt <= now && db.Webhooks.Any(w => w.Id == d.WebhookId && w.DisabledAt == null));

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhook {Webhook} could not be told; it is tried again")]
    private partial void LogTurn(long webhook, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "What webhooks are to be told could not be read; it is tried again")]
    private partial void LogDatabase(Exception exception);
}
