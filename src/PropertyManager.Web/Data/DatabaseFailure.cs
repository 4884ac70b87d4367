using System.Collections.Frozen;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Cause = PropertyManager.Web.Data.DatabaseFailureCause;

namespace PropertyManager.Web.Data;

/// <summary>
/// A failure of the database that is not a fault of the program: what failed can be tried again later. Violated constraints, wrong SQL and lost
/// races are not among these.
/// </summary>
/// <param name="Cause">What programs compare.</param>
/// <param name="Text">The cause in words, within a sentence: "the disk of the database is full".</param>
/// <param name="RetryAfter">How long to wait before the next try. Whole seconds.</param>
public sealed record DatabaseFailure(DatabaseFailureCause Cause, string Text, TimeSpan RetryAfter)
{
    // SQLite has no room for the index of its write-ahead log: an error of the file system by its number, a full disk in fact.
    private const int SqliteNoRoomForIndex = raw.SQLITE_IOERR | (19 << 8);

    /// <summary>SQL Server breaks the connection at errors of this class and above.</summary>
    private const byte SqlServerBreaks = 20;

    private static readonly FrozenDictionary<int, Cause> SqlServer = new (Cause Cause, int[] Numbers)[]
    {
        (Cause.Locked, [1204, 1205, 1222]),
        (Cause.Full, [1101, 1105, 9002]),
        (Cause.ReadOnly, [3906, 3908]),
        (Cause.Disk, [823, 5123, 5149]),
        (Cause.Damaged, [824, 825, 8908, 8928]),
        (Cause.Timeout, [-2, 258, 8645, 8651]),
        // Not to be reached, refused at sign-in, offline, moving to another node, or too busy to let anybody in.
        (Cause.Unreachable, [-1, 2, 20, 35, 40, 53, 64, 121, 233, 922, 942, 945, 976, 983, 988, 4060, 4221, 6005, 10053, 10054, 10060, 10061]),
        (Cause.Unreachable, [10928, 10929, 11001, 17142, 17187, 17197, 18456, 18461, 40197, 40501, 40613, 49918, 49919, 49920]),
    }
        .SelectMany(known => known.Numbers, (known, number) => KeyValuePair.Create(number, known.Cause))
        .ToFrozenDictionary();

    /// <summary>The same as a sentence.</summary>
    public string Sentence => $"{char.ToUpperInvariant(Text[0])}{Text[1..]}.";

    /// <summary>Whether a change may have been made although it failed: the answer was lost on the way.</summary>
    public bool IsOutcomeUnknown => Cause is Cause.Unreachable or Cause.Timeout or Cause.Disk;

    /// <summary>The failure that an exception stands for, as itself or within another; null for anything else.</summary>
    public static DatabaseFailure? From(Exception exception) =>
        exception switch
        {
            SqliteException sqlite => Of(SqliteCause(sqlite.SqliteErrorCode, sqlite.SqliteExtendedErrorCode)),
            SqlException server => Of(SqlServerCause(server.Number, server.Class)),
            AggregateException several => several.InnerExceptions.Select(From).FirstOrDefault(found => found is not null),
            { InnerException: { } inner } => From(inner),
            _ => null,
        };

    private static Cause? SqliteCause(int code, int extendedCode) =>
        code switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => Cause.Locked,
            raw.SQLITE_FULL => Cause.Full,
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => Cause.ReadOnly,
            raw.SQLITE_IOERR => extendedCode == SqliteNoRoomForIndex ? Cause.Full : Cause.Disk,
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Cause.Damaged,
            raw.SQLITE_CANTOPEN => Cause.Unreachable,
            _ => null,
        };

    private static Cause? SqlServerCause(int number, byte errorClass) =>
        SqlServer.TryGetValue(number, out var cause) ? cause
        : errorClass >= SqlServerBreaks ? Cause.Unreachable
        : null;

    private static DatabaseFailure? Of(Cause? cause)
    {
        return cause switch
        {
            null => null,
            Cause.Locked => With("another program has locked the database", 2),
            Cause.Full => With("the disk of the database is full", 30),
            Cause.ReadOnly => With("the database is read-only", 60),
            Cause.Disk => With("the disk of the database reports an error", 30),
            Cause.Damaged => With("the database is damaged", 60),
            Cause.Unreachable => With("the database cannot be reached", 5),
            Cause.Timeout => With("the database does not answer in time", 5),
            { } unknown => throw new ArgumentOutOfRangeException(nameof(cause), unknown, message: null),
        };

        DatabaseFailure With(string text, int seconds) => new(cause.Value, text, TimeSpan.FromSeconds(seconds));
    }
}
