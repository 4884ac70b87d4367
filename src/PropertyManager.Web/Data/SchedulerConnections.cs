using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace PropertyManager.Web.Data;

/// <summary>SQLite's connections for the scheduler, which opens its own.</summary>
public sealed class SchedulerConnections : DbProviderFactory
{
    /// <summary>The only one.</summary>
    public static readonly SchedulerConnections Instance = new();

    private SchedulerConnections() { }

    public override DbConnection CreateConnection()
    {
        var connection = new SqliteConnection();
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState == ConnectionState.Open)
                SqlitePragmas.Set(connection);
        };
        return connection;
    }

    public override DbCommand CreateCommand() => new SqliteCommand();

    public override DbParameter CreateParameter() => new SqliteParameter();
}
