using System.Diagnostics;
using Microsoft.Data.Sqlite;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using SQLitePCL;

namespace PropertyManager.Web.Hosting;

/// <summary>
/// Looks for damage in a SQLite database in the background: for at most <see cref="Budget"/> when the application starts, and, where that was not
/// enough, from the beginning and to the end when no rollout runs. It reads on a connection of its own; what it finds is in the log.
/// </summary>
public sealed partial class DatabaseCheck(
    DatabaseSettings settings,
    ActivationFeed feed,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<DatabaseCheck> logger
) : BackgroundService
{
    /// <summary>Real time, at the start.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks whether no rollout runs, real time.</summary>
    public static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(30);

    // Instructions of SQLite's virtual machine, or pages of the file: either takes a few milliseconds at most.
    private const int StepsBetweenLooks = 1_000;

    /// <summary>Checks the database.</summary>
    /// <param name="settings">Name it.</param>
    /// <param name="isOver">Asked every few milliseconds: whether to break off.</param>
    /// <returns>What is damaged, in SQLite's words; empty when nothing is; null when it was broken off.</returns>
    public static string? Find(DatabaseSettings settings, Func<bool> isOver)
    {
        var read = new SqliteConnectionStringBuilder(settings.ConnectionString) { Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        using var connection = new SqliteConnection(read.ConnectionString);
        try
        {
            connection.Open();
            raw.sqlite3_progress_handler(connection.Handle!, StepsBetweenLooks, _ => isOver() ? 1 : 0, v: null);
            using var check = connection.CreateCommand();
            check.CommandText = "pragma quick_check(1)";
            var found = (string)check.ExecuteScalar()!;
            return found == "ok" ? "" : found.ReplaceLineEndings(" ");
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            return null;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            return exception.Message;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.File is null)
            return;
        // The start comes first.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var ending = stoppingToken.Register(() => started.TrySetResult());
        await started.Task;
        if (stoppingToken.IsCancellationRequested)
            return;
        if (Run(() => stoppingToken.IsCancellationRequested, Budget))
            return;
        if (!stoppingToken.IsCancellationRequested)
            LogUnfinished(settings.Name, Budget.TotalSeconds);
        using var timer = new PeriodicTimer(BetweenLooks, time);
        while (await timer.TicksAsync(stoppingToken))
        {
            if (feed.Count == 0 && Run(() => stoppingToken.IsCancellationRequested || feed.Count > 0, Timeout.InfiniteTimeSpan))
                return;
        }
    }

    /// <summary>False when it was broken off.</summary>
    private bool Run(Func<bool> isOver, TimeSpan budget)
    {
        var began = time.GetTimestamp();
        try
        {
            var found = Find(settings, () => isOver() || (budget >= TimeSpan.Zero && time.GetElapsedTime(began) >= budget));
            if (found is null)
                return false;
            var seconds = time.GetElapsedTime(began).TotalSeconds;
            if (found.Length == 0)
                LogSound(settings.Name, seconds);
            else
                LogDamaged(settings.Name, found);
        }
        catch (SqliteException exception)
        {
            LogUnchecked(settings.Name, exception.Message);
        }
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Database {Name}: checked in {Seconds:0.0} s, no damage found")]
    private partial void LogSound(string name, double seconds);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Database {Name}: not checked to the end within {Seconds} s; it is checked when no rollout runs"
    )]
    private partial void LogUnfinished(string name, double seconds);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "Database {Name} is DAMAGED ({Found}). Stop the application, keep a copy of the database, and restore a backup (README, Backup and restore)"
    )]
    private partial void LogDamaged(string name, string found);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Database {Name}: could not be checked for damage: {Reason}")]
    private partial void LogUnchecked(string name, string reason);
}
