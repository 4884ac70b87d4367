using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Bulk;

/// <summary>
/// Does what was asked for in bulk, one part after another, each with the rights that its program has at that moment. Before a part is begun
/// that is noted, and so is its outcome: after a restart the rest is done, and what was done is found and not done again.
/// </summary>
public sealed partial class BulkWork(
    IDbContextFactory<AppDbContext> contexts,
    BulkDesk desk,
    BulkActivations activations,
    BulkVersions versions,
    RuleSearch search,
    ApiCallers callers,
    TimeProvider time,
    ILogger<BulkWork> logger
) : BackgroundService
{
    /// <summary>So long a part that was begun is left to whoever began it, real time: then they are taken for dead.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>What became of a request is kept so long, real time.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>So many parts of a request are done, then others have their turn.</summary>
    private const int Turn = 10;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>So often what is older is dropped.</summary>
    private static readonly TimeSpan Cleared = TimeSpan.FromHours(1);

    private static readonly Refusal Revoked = new(
        "client-revoked",
        "The API client that asked for this was revoked, or its owner was locked out, before it was done."
    );

    private long? _clearedAt;

    [SuppressMessage("Design", "CA1031", Justification = "A database that is away for a moment does not end the work.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var tick = timer.TicksAsync(stoppingToken).AsTask();
        var news = NewsAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await DoAllAsync(stoppingToken);
            }
            catch (Exception exception)
            {
                // What is broken off by the application's end is no failure.
                if (!stoppingToken.IsCancellationRequested)
                    LogDatabase(exception);
            }
            await Task.WhenAny(tick, news);
            if (news.IsCompleted)
                news = NewsAsync(stoppingToken);
            if (!tick.IsCompleted)
                continue;
            if (!await tick)
                return;
            tick = timer.TicksAsync(stoppingToken).AsTask();
        }
    }

    private async Task NewsAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await desk.News.WaitToReadAsync(stoppingToken))
                desk.News.TryRead(out _);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The loop sees it, too.
        }
    }

    /// <summary>
    /// Does what is open, in turns: one request with many parts does not hold up another with few. Returns when none gets on any more: what others
    /// work at, or the database did not take, is left to the next time.
    /// </summary>
    public async Task DoAllAsync(CancellationToken cancellationToken)
    {
        bool isMore;
        do
        {
            isMore = false;
            foreach (var id in await OpenAsync(cancellationToken))
                isMore |= await TakeTurnAsync(id, cancellationToken);
        } while (isMore);
        await ClearAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<long>> OpenAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.BulkRequests.Where(b => !b.IsDone).OrderBy(b => b.Id).Select(b => b.Id).ToListAsync(cancellationToken);
    }

    /// <summary>True when there is more to do.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "One request that fails does not hold up the others.")]
    private async Task<bool> TakeTurnAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            return await BulkPaper.OpenAsync(contexts, id, time, cancellationToken) is { } paper && await DoAsync(paper, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whether the part was done is seen when it is taken up again.
            LogRequest(id, exception);
            return false;
        }
    }

    /// <summary>True when there is more to do.</summary>
    private async Task<bool> DoAsync(BulkPaper paper, CancellationToken cancellationToken)
    {
        var before = paper.Job.Parts;
        // A note from the future is of before the clock was set back, and holds nothing.
        if (before.Any(part => part.State == BulkState.InProgress) && (time.GetUtcNow() - paper.UpdatedAt).Duration() < Lease)
            return false;
        var open = before.Index().Where(part => !part.Item.IsOver).Select(part => part.Index).ToList();
        var turn = open.Take(Turn).ToList();
        // Whoever notes it first has it.
        if (!await paper.KeepAsync(Begun(paper.Job, turn[0]), cancellationToken))
            return false;
        foreach (var (n, i) in turn.Index())
        {
            var isResumed = before[i].State == BulkState.InProgress;
            if (await TryAsync(paper, i, paper.Job.Parts[i], isResumed, cancellationToken) is not { } over)
                return false;
            var job = paper.Job.With(i, over with { EndedAt = time.GetUtcNow() });
            // One note for both. Nothing is begun at the end of a turn: who waits for the next one holds nothing.
            if (!await paper.KeepAsync(n + 1 < turn.Count ? Begun(job, turn[n + 1]) : job, cancellationToken))
                return false;
        }
        return open.Count > turn.Count;
    }

    private BulkJob Begun(BulkJob job, int index)
    {
        var part = job.Parts[index];
        return job.With(index, part with { State = BulkState.InProgress, StartedAt = part.StartedAt ?? time.GetUtcNow() });
    }

    /// <summary>What was done long ago is not asked after any more.</summary>
    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        if (_clearedAt is { } before && time.GetElapsedTime(before) < Cleared)
            return;
        var oldest = time.GetUtcNow() - Kept;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.BulkRequests.Where(b => b.IsDone && b.UpdatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
        _clearedAt = time.GetTimestamp();
    }

    [SuppressMessage("Design", "CA1031", Justification = "One part that fails does not hold up the others.")]
    private async Task<BulkPart?> TryAsync(BulkPaper paper, int index, BulkPart part, bool isResumed, CancellationToken cancellationToken)
    {
        try
        {
            if (await callers.AccessAsync(paper.Job.By.ClientId, cancellationToken) is not { } access)
                return part.Refuse(Revoked);
            var by = BulkDesk.Narrow(access, paper.Job.By.Groups);
            return part switch
            {
                ActivationPart activation => await activations.DoAsync(activation, isResumed, by, cancellationToken),
                VersionPart version => await versions.DoAsync(version, isResumed, by, cancellationToken),
                PatchPart patch => await versions.DoAsync(
                    patch,
                    by,
                    noted => paper.KeepAsync(paper.Job.With(index, noted), cancellationToken),
                    cancellationToken
                ),
                SearchPart query => await search.DoAsync(query, by, cancellationToken),
                _ => throw new InvalidOperationException($"There is nobody for {part.GetType().Name}."),
            };
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && DatabaseFailure.From(exception) is null)
        {
            LogPart(paper.Id, index, exception);
            return part.Refuse(
                new(
                    "interrupted",
                    $"Something went wrong here, not with what was asked for: it is in this server's log, under bulk request {paper.Id}."
                )
            );
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Part {Part} of bulk request {Request} failed")]
    private partial void LogPart(long request, int part, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Bulk request {Request} could not be read or noted; it is tried again")]
    private partial void LogRequest(long request, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Bulk requests could not be read or cleared; it is tried again")]
    private partial void LogDatabase(Exception exception);
}
