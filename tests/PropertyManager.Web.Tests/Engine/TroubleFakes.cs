using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using SQLitePCL;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>A disk that has no room for another page of the database: SQLite itself refuses to write what needs one.</summary>
internal sealed class FullDisk : DbConnectionInterceptor
{
    private const long NoLimit = 4294967294;

    private bool _full;

    /// <summary>Takes all room that is left in the pages of the history, by rows of an activation that is over.</summary>
    public async Task FillAsync(EngineWorld world, long activationId)
    {
        _full = true;
        await using var connection = await world.ConnectAsync();
        Limit(connection);
        foreach (var length in new[] { 2000, 200, 1 })
            while (TryInsert(connection, activationId, length)) { }
    }

    public void Free() => _full = false;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Limit(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Limit(connection);
        return Task.CompletedTask;
    }

    private void Limit(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        // SQLite takes the pages that there are where it is asked for fewer.
        command.CommandText = $"pragma max_page_count = {(_full ? 1 : NoLimit)}";
        command.ExecuteNonQuery();
    }

    private static bool TryInsert(SqliteConnection connection, long activationId, int length)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "insert into ActivationEvents (ActivationId, State, At, Elapsed, Reason) values ($id, 'Inactive', 0, 0, $reason)";
            command.Parameters.AddWithValue("$id", activationId);
            command.Parameters.AddWithValue("$reason", new string('x', length));
            command.ExecuteNonQuery();
            return true;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_FULL)
        {
            return false;
        }
    }
}

/// <summary>A database that fails at what a test says.</summary>
internal sealed class FailingDatabase : DbCommandInterceptor, IDbTransactionInterceptor
{
    /// <summary>Statements with this text fail; null: none.</summary>
    public string? FailsAt { get; set; }

    /// <summary>So many of the next transactions are committed, and whoever committed them is told that they failed.</summary>
    public int LosesAnswers { get; set; }

    /// <summary>How many statements failed.</summary>
    public int Failures { get; private set; }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        FailAt(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        FailAt(command);
        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (LosesAnswers == 0)
            return Task.CompletedTask;
        LosesAnswers--;
        throw Failure();
    }

    private void FailAt(DbCommand command)
    {
        if (FailsAt is not null && command.CommandText.Contains(FailsAt, StringComparison.OrdinalIgnoreCase))
            throw Failure();
    }

    private SqliteException Failure()
    {
        Failures++;
        return new SqliteException("disk I/O error", raw.SQLITE_IOERR);
    }
}

/// <summary>Servers that cannot be reached for one activation.</summary>
internal sealed class FailingEdge(IEdgeNetwork edge) : IEdgeNetwork
{
    /// <summary>Of this one; null: of none.</summary>
    public long? FailsFor { get; set; }

    public IReadOnlyList<RegionServers> Survey(Network network, long propertyId, TrafficProfile traffic) => edge.Survey(network, propertyId, traffic);

    public IReadOnlyList<RegionPlace> Places(Network network) => edge.Places(network);

    public void Receive(long activationId, string revision, RolloutPackage package) => edge.Receive(activationId, revision, package);

    public void Carry(RolloutOrder order) => edge.Carry(order);

    public PackageDefect? Inspect(string revision, RolloutPackage package) => edge.Inspect(revision, package);

    public RolloutObservation Recall(RolloutOrder order, TimeSpan elapsed, PackageDefect? defect = null) => edge.Recall(order, elapsed, defect);

    public IReadOnlyList<SuspendedServer> Suspended(RolloutOrder order, TimeSpan elapsed, int most, PackageDefect? defect = null) =>
        edge.Suspended(order, elapsed, most, defect);

    public RolloutObservation Observe(long activationId, TimeSpan elapsed) =>
        activationId == FailsFor ? throw new TimeoutException("No server answers.") : edge.Observe(activationId, elapsed);

    public void Forget(long activationId) => edge.Forget(activationId);
}

/// <summary>Keeps what was logged, and when.</summary>
internal sealed class KeptLog<T>(TimeProvider time) : ILogger<T>
{
    private readonly DateTimeOffset _began = time.GetUtcNow();

    public List<(TimeSpan At, LogLevel Level, string Text)> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add((time.GetUtcNow() - _began, logLevel, formatter(state, exception)));
}
