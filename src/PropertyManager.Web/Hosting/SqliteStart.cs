using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;
using SQLitePCL;

namespace PropertyManager.Web.Hosting;

/// <summary>What a SQLite file can be up to when the application starts.</summary>
public static class SqliteStart
{
    /// <summary>How long a start waits for another program to let go of the database.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns when the file can be written to, having changed nothing in it. While it waits, a line says so.</summary>
    /// <param name="settings">Name the file.</param>
    /// <param name="time">Times the waiting.</param>
    /// <param name="tell">Takes the line.</param>
    /// <exception cref="StartupProblem">It is still locked after <see cref="Patience"/>, is read-only, or belongs to another program.</exception>
    /// <exception cref="SqliteException">SQLite cannot use it; see <see cref="Explain"/>.</exception>
    public static async Task WaitUntilFreeAsync(DatabaseSettings settings, TimeProvider time, TextWriter tell)
    {
        RefuseHardLinks(settings);
        CreatePrivate(settings);
        var began = time.GetTimestamp();
        for (var told = false; !IsFree(settings); told = true)
        {
            if (!told)
                await tell.WriteLineAsync($"Waiting up to {Patience.TotalSeconds:0} s: another program has locked the database {settings.Name}");
            if (time.GetElapsedTime(began) >= Patience)
                throw new StartupProblem(
                    $"another program has kept the database {settings.Name} locked for {Patience.TotalSeconds:0} s. Close it there and start again."
                );
            await Task.Delay(BetweenLooks, time);
        }
    }

    /// <summary>Sets the write-ahead log, and clears the way for the migration.</summary>
    public static async Task PrepareAsync(AppDbContext db)
    {
        // EF sets this only on a file that it creates; without it Quartz's and EF's writes meet as "database is locked".
        await db.Database.ExecuteSqlAsync($"pragma journal_mode = wal");

        // EF's migration lock is a row: a process killed while it migrates leaves it behind, and every later start would wait for it in silence.
        // The instance lock says that no other process of ours is at this file.
        var locks = await db.Database.SqlQuery<int>($"select count(*) as Value from sqlite_master where name = '__EFMigrationsLock'").SingleAsync();
        if (locks > 0)
            await db.Database.ExecuteSqlAsync($"delete from __EFMigrationsLock");
    }

    /// <summary>The reason why SQLite cannot use the file, with its remedy.</summary>
    public static StartupProblem Explain(SqliteException exception, DatabaseSettings settings) =>
        new(
            exception.SqliteErrorCode switch
            {
                _ when DiskSpace.IsFull(exception, DiskSpace.FreeBeside(settings.File)) =>
                    $"the disk of the database {settings.Name} is full. Make room and start again.",
                raw.SQLITE_READONLY => ReadOnly(settings),
                raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT =>
                    $"{settings.Name} is not a SQLite database, or it is damaged. Move it away and restore a backup (README, Backup and restore), or name another with ConnectionStrings:Default.",
                raw.SQLITE_CANTOPEN =>
                    $"the database {settings.Name} cannot be opened. Its directory must be there, and writable for this user; or name another with ConnectionStrings:Default.",
                _ => $"the database {settings.Name} cannot be used: {exception.Message}",
            },
            exception
        );

    private static void RefuseHardLinks(DatabaseSettings settings)
    {
        if (settings.File is { } file && HardLinks.Count(file) is > 1 and var names)
            throw new StartupProblem(
                $"the database {file} has {names} names (hard links). SQLite keeps its log beside the name that is used, so two of them would damage the database. Remove the other names, or copy the database with --backup."
            );
    }

    /// <summary>SQLite would let others read a file that it makes; those that it makes beside it get the same rights.</summary>
    private static void CreatePrivate(DatabaseSettings settings)
    {
        var mode = new SqliteConnectionStringBuilder(settings.ConnectionString).Mode;
        if (
            settings.File is not { } file
            || mode != SqliteOpenMode.ReadWriteCreate
            || File.Exists(file)
            || !Directory.Exists(Path.GetDirectoryName(file))
        )
            return;
        try
        {
            PrivateFiles.Create(file).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // SQLite meets the same, and it is explained there.
        }
    }

    private static bool IsFree(DatabaseSettings settings)
    {
        // Outside the pool: nothing of this look may stay open.
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString
        );
        connection.Open();
        var handle = connection.Handle!;

        // Straight to SQLite, because a SqliteCommand waits for a lock by itself and cannot say so.
        var result = raw.sqlite3_exec(handle, "begin immediate");
        if (result is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
            return false;
        SqliteException.ThrowExceptionForRC(result, handle);
        // A file without write permission is opened for reading, and "begin immediate" does not mind.
        if (raw.sqlite3_db_readonly(handle, "main") == 1)
            throw new StartupProblem(ReadOnly(settings));
        RefuseForeign(connection, settings);
        return true;
    }

    private static void RefuseForeign(SqliteConnection connection, DatabaseSettings settings)
    {
        using var tables = connection.CreateCommand();
        tables.CommandText = "select name from sqlite_master where type = 'table'";
        using var reader = tables.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
            names.Add(reader.GetString(0));
        // The tables of a first migration that was cut short begin with __EF.
        if (names.Count > 0 && !names.Exists(name => name.StartsWith("__EF", StringComparison.Ordinal)))
            throw new StartupProblem(
                $"{settings.Name} is the database of another program (it holds the table {names[0]}); nothing was changed. "
                    + "Name another with ConnectionStrings:Default."
            );
    }

    private static string ReadOnly(DatabaseSettings settings) =>
        $"the database {settings.Name} is read-only. Make the file and its directory writable for this user, or name another with ConnectionStrings:Default.";
}
