using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Sessions;

/// <summary>Notes when sessions were used last, ends those that are not used any more, and deletes those that ended long ago. No request waits for it.</summary>
public sealed partial class SessionWorker(
    SessionService sessions,
    IDbContextFactory<AppDbContext> contexts,
    TimeProvider time,
    ILogger<SessionWorker> logger
) : BackgroundService
{
    /// <summary>A row stays so long after its session ended.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    [SuppressMessage("Design", "CA1031", Justification = "What fails is tried again in the next minute.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.TicksAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception exception)
            {
                // Cancellation at shutdown is not an error.
                if (!stoppingToken.IsCancellationRequested)
                    LogFailed(exception);
            }
        }
    }

    /// <summary>Does once what is to be done each minute.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var (session, at) in sessions.TakeUsed())
        {
            await db
                .Sessions.Where(s => s.Id == session && s.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, at), cancellationToken);
        }
        var now = time.GetUtcNow();
        var (unused, old) = (now - SessionService.Lifetime, now - Kept);
        await db
            .Sessions.Where(s => s.EndedAt == null && s.LastSeenAt < unused)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now).SetProperty(s => s.EndReason, SessionEnd.Expired), cancellationToken);
        await db.Sessions.Where(s => s.EndedAt < old).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sessions: the last use was not saved; it is tried again in a minute")]
    private partial void LogFailed(Exception exception);
}
