using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Tests.Data;

public sealed class DatabaseTroubleTests
{
    public static TheoryData<Exception, bool> Exceptions =>
        new()
        {
            { new SqliteException("busy", 5), true },
            { new DbUpdateException("not saved"), true },
            { new InvalidOperationException("Likely a transient failure.", new SqliteException("busy", 5)), true },
            { new AggregateException(new InvalidOperationException("", new DbUpdateException("not saved"))), true },
            { new InvalidOperationException("a bug"), false },
            { new InvalidOperationException("a bug", new FormatException()), false },
            { new OperationCanceledException(), false },
        };

    [Theory]
    [MemberData(nameof(Exceptions), DisableDiscoveryEnumeration = true)]
    public void What_the_database_does_is_told_from_bugs_however_deep_it_is(Exception exception, bool isDatabase) =>
        Assert.Equal(isDatabase, exception.IsDatabase());
}
