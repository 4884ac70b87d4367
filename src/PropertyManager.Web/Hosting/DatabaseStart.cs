using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Hosting;

/// <summary>Takes the database for this process and brings it to the schema of this version, after making sure that it may be touched.</summary>
public static class DatabaseStart
{
    private const int NoSuchDatabase = 4060;

    /// <summary>A step of a migration may rewrite a large table.</summary>
    private static readonly TimeSpan MigrationTimeout = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan SilentWait = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Waits for the database where waiting helps, refuses one that is not for this version, takes its lease, and migrates it. A database that has
    /// no lease yet is migrated first.
    /// </summary>
    /// <exception cref="StartupProblem">It cannot be used; nothing in it was changed.</exception>
    public static async Task OpenDatabaseAsync(this IServiceProvider services, LeaseStart start)
    {
        var lease = services.GetRequiredService<DatabaseLease>();
        var settings = services.GetRequiredService<DatabaseSettings>();
        var time = services.GetRequiredService<TimeProvider>();
        try
        {
            if (settings.Provider == DatabaseProvider.Sqlite)
                await SqliteStart.WaitUntilFreeAsync(settings, time, Console.Error);
            else
                await ReachServerAsync(settings, time, Console.Error);

            await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
            var applied = (await db.Database.GetAppliedMigrationsAsync()).ToList();
            var known = db.Database.GetMigrations().ToList();
            RefuseNewerSchema(applied, known, settings);
            var hasLease = applied.Count > 0 && await HasLeaseAsync(db);
            if (hasLease)
                await start.TakeAsync(lease, settings.Name, time, Console.Error);
            if (settings.Provider == DatabaseProvider.Sqlite)
                await SqliteStart.PrepareAsync(db);
            // Finding nothing to migrate takes EF a while: it compares its whole model with the last migration's.
            if (known.Count > applied.Count)
            {
                db.Database.SetCommandTimeout(MigrationTimeout);
                await db.Database.MigrateAsync();
            }
            if (!hasLease)
                await start.TakeAsync(lease, settings.Name, time, Console.Error);
        }
        catch (SqliteException exception)
        {
            throw SqliteStart.Explain(exception, settings);
        }
        catch (SqlException exception)
        {
            throw new StartupProblem($"the database {settings.Name} cannot be brought to this version's schema: {exception.Message}", exception);
        }
    }

    private static async Task ReachServerAsync(DatabaseSettings settings, TimeProvider time, TextWriter tell)
    {
        // One try, outside the pool, which would go on trying: whoever started us hears at once that nobody answers.
        var once = new SqlConnectionStringBuilder(settings.ConnectionString) { ConnectRetryCount = 0, Pooling = false };
        await using var connection = new SqlConnection(once.ConnectionString);
        try
        {
            var opening = connection.OpenAsync();
            if (await Task.WhenAny(opening, Task.Delay(SilentWait, time)) != opening)
                await tell.WriteLineAsync($"Waiting up to {connection.ConnectionTimeout} s for SQL Server ({settings.Name})");
            await opening;
        }
        // A server without the database is fine: migrating makes it.
        catch (SqlException exception) when (exception.Number != NoSuchDatabase)
        {
            throw new StartupProblem(
                $"SQL Server ({settings.Name}) cannot be reached: {exception.Message} Start it, or correct ConnectionStrings:Default.",
                exception
            );
        }
    }

    /// <summary>Asked of the database itself: which migration made the table is no matter.</summary>
    private static async Task<bool> HasLeaseAsync(AppDbContext db) =>
        await (
            db.Database.IsSqlite()
                ? db.Database.SqlQuery<int>($"select count(*) as Value from sqlite_master where name = 'EngineLease'")
                : db.Database.SqlQuery<int>($"select count(*) as Value from sys.tables where name = 'EngineLease'")
        ).SingleAsync() > 0;

    private static void RefuseNewerSchema(List<string> applied, List<string> known, DatabaseSettings settings)
    {
        if (applied.Except(known, StringComparer.Ordinal).LastOrDefault() is { } unknown)
            throw new StartupProblem(
                $"the database {settings.Name} has the schema of a newer version (migration {unknown}); nothing was changed. "
                    + "Run that version, or name another database with ConnectionStrings:Default or --DataDirectory."
            );
    }
}
