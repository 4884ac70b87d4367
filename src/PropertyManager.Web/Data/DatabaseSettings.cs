using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace PropertyManager.Web.Data;

/// <summary>The databases that the application has migrations for.</summary>
public enum DatabaseProvider
{
    /// <summary>A file, used by one process. The default.</summary>
    Sqlite,

    /// <summary>A server.</summary>
    SqlServer,
}

/// <summary>Settings <c>Database:Provider</c> and <c>ConnectionStrings:Default</c>; SQLite can do without the second.</summary>
public sealed record DatabaseSettings(DatabaseProvider Provider, string ConnectionString)
{
    // Seconds. A person or a program that waits hears soon that the database does not answer; whatever runs in the background tries again.
    private const int StatementTimeout = 5;
    private const int ServerTimeout = 5;
    private const int ServerRetryInterval = 1;

    /// <summary>For the scheduler, which nobody waits for: on SQLite it waits longer for a lock, because it pauses for long after a failure.</summary>
    public string SchedulerConnectionString =>
        Provider == DatabaseProvider.Sqlite
            ? new SqliteConnectionStringBuilder(ConnectionString) { DefaultTimeout = 30 }.ConnectionString
            : ConnectionString;

    /// <summary>The database as a person would name it: SQLite's file, or the server and the database on it.</summary>
    public string Name
    {
        get
        {
            if (Provider == DatabaseProvider.Sqlite)
                return File ?? ":memory:";
            var server = new SqlConnectionStringBuilder(ConnectionString);
            return server.InitialCatalog.Length > 0 ? $"{server.InitialCatalog} on {server.DataSource}" : server.DataSource;
        }
    }

    /// <summary>The full path of SQLite's file; null for a database in memory and for a server.</summary>
    public string? File
    {
        get
        {
            if (Provider != DatabaseProvider.Sqlite)
                return null;
            var sqlite = new SqliteConnectionStringBuilder(ConnectionString);
            var inMemory = sqlite.Mode == SqliteOpenMode.Memory || sqlite.DataSource is "" or ":memory:";
            return inMemory ? null : Path.GetFullPath(sqlite.DataSource);
        }
    }

    /// <summary>Reads the settings; null, and a sentence for each that is wrong, if they cannot be used.</summary>
    /// <param name="configuration">Where they stand.</param>
    /// <param name="sqliteFile">SQLite's database when no connection string is given.</param>
    /// <param name="errors">Takes the sentences.</param>
    public static DatabaseSettings? Read(IConfiguration configuration, string sqliteFile, ICollection<string> errors)
    {
        var given = configuration.GetConnectionString("Default");
        var provider = configuration["Database:Provider"] ?? nameof(DatabaseProvider.Sqlite);
        try
        {
            if (string.Equals(provider, nameof(DatabaseProvider.Sqlite), StringComparison.OrdinalIgnoreCase))
                return new(DatabaseProvider.Sqlite, Sqlite(given, sqliteFile));
            if (!string.Equals(provider, nameof(DatabaseProvider.SqlServer), StringComparison.OrdinalIgnoreCase))
                errors.Add($"Database:Provider is '{provider}': give Sqlite or SqlServer.");
            else if (string.IsNullOrWhiteSpace(given))
                errors.Add("ConnectionStrings:Default is missing: SqlServer needs it, for instance Server=localhost;Database=PropertyManager;….");
            else
                return new(DatabaseProvider.SqlServer, SqlServer(given));
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            errors.Add($"ConnectionStrings:Default cannot be read: {exception.Message}");
        }
        return null;
    }

    private static string Sqlite(string? given, string file)
    {
        var sqlite = string.IsNullOrWhiteSpace(given)
            ? new SqliteConnectionStringBuilder { DataSource = file }
            : new SqliteConnectionStringBuilder(given);
        sqlite.ForeignKeys = true;
        sqlite.DefaultTimeout = StatementTimeout;
        return sqlite.ConnectionString;
    }

    private static string SqlServer(string given)
    {
        var server = new SqlConnectionStringBuilder(given);
        if (!server.ShouldSerialize("Connect Timeout"))
            server.ConnectTimeout = ServerTimeout;
        if (!server.ShouldSerialize("Connect Retry Interval"))
            server.ConnectRetryInterval = ServerRetryInterval;
        if (!server.ShouldSerialize("Command Timeout"))
            server.CommandTimeout = ServerTimeout;
        return server.ConnectionString;
    }
}
