using System.Reflection;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;
using SQLitePCL;
using Cause = PropertyManager.Web.Data.DatabaseFailureCause;

namespace PropertyManager.Web.Tests.Data;

public sealed class DatabaseFailureTests
{
    [Theory]
    [InlineData(raw.SQLITE_BUSY, 0, Cause.Locked)]
    [InlineData(raw.SQLITE_BUSY, raw.SQLITE_BUSY | (2 << 8), Cause.Locked)]
    [InlineData(raw.SQLITE_LOCKED, 0, Cause.Locked)]
    [InlineData(raw.SQLITE_PROTOCOL, 0, Cause.Locked)]
    [InlineData(raw.SQLITE_FULL, 0, Cause.Full)]
    [InlineData(raw.SQLITE_READONLY, 0, Cause.ReadOnly)]
    [InlineData(raw.SQLITE_PERM, 0, Cause.ReadOnly)]
    [InlineData(raw.SQLITE_IOERR, raw.SQLITE_IOERR_WRITE, Cause.Disk)]
    [InlineData(raw.SQLITE_IOERR, raw.SQLITE_IOERR | (19 << 8), Cause.Full)]
    [InlineData(raw.SQLITE_CORRUPT, 0, Cause.Damaged)]
    [InlineData(raw.SQLITE_NOTADB, 0, Cause.Damaged)]
    [InlineData(raw.SQLITE_CANTOPEN, 0, Cause.Unreachable)]
    [InlineData(raw.SQLITE_CONSTRAINT, 0, null)]
    [InlineData(raw.SQLITE_ERROR, 0, null)]
    [InlineData(raw.SQLITE_MISUSE, 0, null)]
    public void Failures_of_SQLite_are_told_from_faults_of_the_program(int code, int extended, Cause? cause) =>
        Assert.Equal(cause, DatabaseFailure.From(new SqliteException("message", code, extended == 0 ? code : extended))?.Cause);

    [Theory]
    [InlineData(1222, 16, Cause.Locked)]
    [InlineData(1205, 13, Cause.Locked)]
    [InlineData(9002, 17, Cause.Full)]
    [InlineData(1105, 17, Cause.Full)]
    [InlineData(3906, 16, Cause.ReadOnly)]
    [InlineData(823, 24, Cause.Disk)]
    [InlineData(824, 24, Cause.Damaged)]
    [InlineData(-2, 11, Cause.Timeout)]
    [InlineData(10061, 20, Cause.Unreachable)]
    [InlineData(18456, 14, Cause.Unreachable)]
    [InlineData(4060, 11, Cause.Unreachable)]
    [InlineData(99999, 20, Cause.Unreachable)]
    [InlineData(2601, 14, null)]
    [InlineData(2627, 14, null)]
    [InlineData(547, 16, null)]
    [InlineData(208, 16, null)]
    public void So_are_those_of_SQL_Server(int number, byte errorClass, Cause? cause) =>
        Assert.Equal(cause, DatabaseFailure.From(SqlServerError(number, errorClass))?.Cause);

    [Fact]
    public async Task A_server_where_nobody_listens_cannot_be_reached()
    {
        await using var connection = new SqlConnection("Server=tcp:127.0.0.1,1;Connect Timeout=5;ConnectRetryCount=0;Pooling=false;Encrypt=false");
        var exception = await Assert.ThrowsAsync<SqlException>(() => connection.OpenAsync());
        Assert.Equal(Cause.Unreachable, DatabaseFailure.From(exception)?.Cause);
    }

    public static TheoryData<Exception, bool> Wrapped =>
        new()
        {
            { new DbUpdateException("not saved", new SqliteException("busy", raw.SQLITE_BUSY)), true },
            { new InvalidOperationException("Likely a transient failure.", new SqliteException("busy", raw.SQLITE_BUSY)), true },
            { new AggregateException(new FormatException(), new DbUpdateException("", new SqliteException("busy", raw.SQLITE_BUSY))), true },
            { new DbUpdateException("not saved", new SqliteException("unique", raw.SQLITE_CONSTRAINT)), false },
            { new DbUpdateConcurrencyException("another was first"), false },
            { new InvalidOperationException("a bug", new FormatException()), false },
            { new OperationCanceledException(), false },
            { new TimeoutException(), false },
        };

    [Theory]
    [MemberData(nameof(Wrapped), DisableDiscoveryEnumeration = true)]
    public void A_failure_is_found_however_deep_it_is(Exception exception, bool isFailure) =>
        Assert.Equal(isFailure, DatabaseFailure.From(exception) is not null);

    [Fact]
    public void Each_cause_has_words_and_a_time_to_wait()
    {
        var failures = new[] { (5, 0), (13, 0), (8, 0), (10, 266), (11, 0), (14, 0) }
            .Select(code => DatabaseFailure.From(new SqliteException("message", code.Item1, code.Item2))!)
            .Append(DatabaseFailure.From(SqlServerError(-2, 11))!)
            .ToList();
        Assert.Equal(Enum.GetValues<Cause>(), failures.Select(failure => failure.Cause));
        Assert.Equal(failures.Count, failures.DistinctBy(failure => failure.Text, StringComparer.Ordinal).Count());
        Assert.All(failures, failure => Assert.Equal(failure.RetryAfter, TimeSpan.FromSeconds(Math.Ceiling(failure.RetryAfter.TotalSeconds))));
        Assert.All(failures, failure => Assert.True(failure.RetryAfter > TimeSpan.Zero));
        Assert.Equal("The disk of the database is full.", failures[1].Sentence);
    }

    /// <summary>The client library has no public way to make one.</summary>
    private static SqlException SqlServerError(int number, byte errorClass)
    {
        const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        var constructor = typeof(SqlError).GetConstructors(Hidden).First(c => c.GetParameters()[0].ParameterType == typeof(int));
        var arguments = constructor
            .GetParameters()
            .Select(
                (parameter, index) =>
                    index == 0 ? number
                    : parameter.Name == "errorClass" ? errorClass
                    : parameter.ParameterType == typeof(string) ? ""
                    : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
                    : null
            )
            .ToArray();
        var errors = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", Hidden)!.Invoke(errors, [constructor.Invoke(arguments)]);
        var create = typeof(SqlException).GetMethod("CreateException", Hidden, [typeof(SqlErrorCollection), typeof(string)])!;
        return (SqlException)create.Invoke(null, [errors, "16.0"])!;
    }
}
