using Microsoft.Data.Sqlite;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Hosting;

/// <summary>
/// Copies what belongs together (the database, signing.pem and keys/) into a new directory, for this user only, while the application may be
/// running. The copy is a data directory.
/// </summary>
public static class Backup
{
    /// <summary>Name of the database in every data directory.</summary>
    public const string DatabaseName = "property-manager.db";

    /// <summary>Writes the backup; what was written of one that fails is removed.</summary>
    /// <param name="settings">Say what is copied.</param>
    /// <param name="target">The directory to make; it may be there if it is empty.</param>
    /// <param name="output">Takes a line when it is done.</param>
    /// <exception cref="StartupProblem">It cannot be made.</exception>
    public static void Write(StartSettings settings, string target, TextWriter output)
    {
        var data = settings.Data;
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new StartupProblem($"the backup directory {target} is not empty. Name one that does not exist yet.");
        if (settings.Database.File is { } file && !File.Exists(file))
            throw new StartupProblem($"there is no database {file} to back up. Name the data directory with --DataDirectory.");
        try
        {
            PrivateFiles.CreateDirectory(target);
            try
            {
                // The database first: keys that are made meanwhile are in the copy of the keys, and nothing in the copy of the database needs a later one.
                if (settings.Database.File is { } database)
                    CopyDatabase(settings.Database, database, Path.Combine(target, DatabaseName));
                CopyKeys(data, target);
            }
            catch
            {
                Directory.Delete(target, recursive: true);
                throw;
            }
        }
        catch (SqliteException exception)
        {
            throw new StartupProblem($"the backup failed: {SqliteStart.Explain(exception, settings.Database).Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupProblem($"the backup failed: {exception.Message}", exception);
        }
        output.WriteLine(
            settings.Database.Provider == DatabaseProvider.Sqlite
                ? $"Backup written to {target}"
                : $"Keys written to {target}. They belong to the database {settings.Database.Name}: back that up with SQL Server's BACKUP DATABASE, before the keys."
        );
    }

    private static void CopyDatabase(DatabaseSettings settings, string database, string copy)
    {
        PrivateFiles.Create(copy).Dispose();
        var read = new SqliteConnectionStringBuilder(settings.ConnectionString)
        {
            DataSource = database,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        using var source = new SqliteConnection(read.ConnectionString);
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ConnectionString);
        source.Open();
        target.Open();
        // SQLite's online backup: one consistent state, whoever writes meanwhile.
        source.BackupDatabase(target);
        using var finish = target.CreateCommand();
        // One file, without the log that the running application has beside it.
        finish.CommandText = "pragma journal_mode = delete";
        finish.ExecuteNonQuery();
        // Whoever holds the lease of the original does not hold the copy's. A database of an older version has none.
        finish.CommandText = "select count(*) from sqlite_master where name = 'EngineLease'";
        if ((long)finish.ExecuteScalar()! > 0)
        {
            finish.CommandText = "update EngineLease set Holder = null, LockId = null";
            finish.ExecuteNonQuery();
        }
        finish.CommandText = "pragma quick_check(1)";
        if (finish.ExecuteScalar() is not "ok")
            throw new StartupProblem($"the backup failed: the database {database} is damaged. Keep the backups that you have.");
    }

    private static void CopyKeys(DataDirectory data, string target)
    {
        var copied = new DataDirectory(target);
        PrivateFiles.CreateDirectory(copied.File(DataDirectory.KeysName));
        PrivateFiles.Write(copied.File(SigningKey.FileName), File.ReadAllBytes(data.File(SigningKey.FileName)));
        foreach (var key in Directory.EnumerateFiles(data.File(DataDirectory.KeysName), "*.xml"))
            PrivateFiles.Write(Path.Combine(copied.File(DataDirectory.KeysName), Path.GetFileName(key)), File.ReadAllBytes(key));
    }
}
