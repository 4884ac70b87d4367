using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PropertyManager.Web.Data;

/// <summary>What SQLite forgets when a connection closes, set each time one opens.</summary>
public sealed class SqlitePragmas : DbConnectionInterceptor
{
    // synchronous: with a write-ahead log NORMAL keeps the database whole whatever happens, and what was committed through the death of the
    // process; only a power failure may cost the last commits. busy_timeout: SQLite's own waiting looks again within milliseconds, the client
    // library's after 150; it is a little longer than a statement's timeout, so that a statement does not begin to wait anew.
    private const string Pragmas = "pragma synchronous = normal; pragma busy_timeout = 5100";

    /// <summary>Sets them on a connection that was just opened.</summary>
    public static void Set(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    /// <inheritdoc/>
    /// <remarks>SQLite has no asynchronous calls: awaiting would only cost more.</remarks>
    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
