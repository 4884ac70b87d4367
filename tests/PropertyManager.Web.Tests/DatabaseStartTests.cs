using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Tests;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine.Bulk;
using PropertyManager.Web.Hosting;

namespace PropertyManager.Web.Tests;

/// <summary>What the application does about the state in which it finds its database; real processes, but for the three that need a clock or a look inside.</summary>
public sealed class DatabaseStartTests
{
    [Fact]
    public async Task File_that_is_no_database()
    {
        await using var app = new AppProcess();
        var file = Path.Combine(app.DataDirectory, "property-manager.db");
        var text = string.Concat(Enumerable.Repeat("These are notes, not a database. ", 100));
        await File.WriteAllTextAsync(file, text);

        await BadDay.AssertRefusesAsync(app, $"{file} is not a SQLite database");
        Assert.Equal(text, await File.ReadAllTextAsync(file));
    }

    [DiskFact]
    public async Task Disk_that_is_full()
    {
        await using var app = new AppProcess { DiskSize = "256k" };

        await BadDay.AssertRefusesAsync(app, "the disk of the database", "is full. Make room and start again.");
    }

    [Fact]
    public async Task Database_of_another_program_is_left_alone()
    {
        await using var app = new AppProcess();
        var file = Execute(app, "create table Bookmarks (Url text)");
        var before = await File.ReadAllBytesAsync(file);

        await BadDay.AssertRefusesAsync(app, "is the database of another program", "Bookmarks");
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task Database_of_a_newer_version_is_left_alone()
    {
        await using var app = new AppProcess();
        var file = Execute(
            app,
            "create table __EFMigrationsHistory (MigrationId text primary key, ProductVersion text);"
                + "insert into __EFMigrationsHistory values ('29990101000000_Newer', '99.0.0')"
        );
        var before = await File.ReadAllBytesAsync(file);

        await BadDay.AssertRefusesAsync(app, "schema of a newer version (migration 29990101000000_Newer)", "nothing was changed");
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task A_migration_that_was_killed_does_not_hold_up_the_next_start()
    {
        await using var app = new AppProcess { Environment = "Production" };
        Execute(
            app,
            "create table __EFMigrationsLock (Id integer not null primary key, Timestamp text not null);"
                + "insert into __EFMigrationsLock values (1, datetime('now'))"
        );

        await app.StartAsync();
    }

    [Fact]
    public async Task Database_of_an_older_version_is_brought_to_this_one_s_schema_with_what_it_holds()
    {
        var directory = Directory.CreateTempSubdirectory("property-manager-");
        var settings = new DatabaseSettings(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(directory.FullName, "old.db")};Pooling=False");
        await using var services = new ServiceCollection()
            .Configure<IdentityOptions>(AppDbContext.ConfigureStores)
            .AddSingleton(TimeProvider.System)
            .AddDatabase(settings)
            .BuildServiceProvider();
        var contexts = services.GetRequiredService<IDbContextFactory<AppDbContext>>();
        await using (var old = await contexts.CreateDbContextAsync())
        {
            await old.GetService<IMigrator>().MigrateAsync("Api");
            old.Users.Add(
                new AppUser
                {
                    Id = "ann",
                    UserName = "ann@shop.example",
                    Name = "Ann",
                    // As the demo data had it then.
                    IsSupport = true,
                    MayDemonstrate = true,
                }
            );
            await old.SaveChangesAsync();
            // Then, the outcomes of a bulk request's parts stood where they were asked for.
            const string document = """
                {"by":{"clientId":1,"groups":[1]},"parts":[
                  {"kind":"version","propertyId":1,"from":1,"made":2,"state":2},
                  {"kind":"version","propertyId":2,"from":1}]}
                """;
            old.BulkRequests.Add(
                new()
                {
                    Kind = "versions",
                    UserId = "ann",
                    SubmittedAt = DateTimeOffset.UnixEpoch,
                    UpdatedAt = DateTimeOffset.UnixEpoch,
                    Document = document,
                }
            );
            await old.SaveChangesAsync();
        }

        await services.OpenDatabaseAsync(new LeaseStart("this test", "", TimeSpan.Zero));

        await using (var db = await contexts.CreateDbContextAsync())
        {
            Assert.Empty(await db.Database.GetPendingMigrationsAsync());
            Assert.False((await db.Users.SingleAsync()).MayDemonstrate);
            var request = await db.BulkRequests.SingleAsync();
            var job = BulkJob.Read(request.Document, await db.BulkOutcomes.ToListAsync());
            Assert.Equal([BulkState.Complete, BulkState.Pending], job.Parts.Select(part => part.State));
            Assert.Equal(2, ((VersionPart)job.Parts[0]).Made);
        }
        directory.Delete(recursive: true);
    }

    [UnixFact]
    public async Task Database_file_that_is_read_only()
    {
        await using var app = new AppProcess { ObeysPermissions = true };
        var file = Execute(app, "create table __EFMigrationsHistory (MigrationId text primary key, ProductVersion text)");
        BadDay.SetMode(file, UnixFileMode.UserRead);

        await BadDay.AssertRefusesAsync(app, $"the database {file} is read-only", "writable");
    }

    [Fact]
    public async Task Locked_database_is_waited_for()
    {
        await using var app = new AppProcess { Environment = "Production" };
        await using var other = new SqliteConnection(ConnectionString(app));
        await other.OpenAsync();
        await using (var hold = other.CreateCommand())
        {
            hold.CommandText = "begin exclusive";
            await hold.ExecuteNonQueryAsync();

            app.Launch();
            await app.WaitForErrorAsync("Waiting up to 30 s: another program has locked the database");

            hold.CommandText = "rollback";
            await hold.ExecuteNonQueryAsync();
        }
        await other.CloseAsync();

        await app.WaitForOutputAsync("is listening on");
    }

    [Fact]
    public async Task SQL_Server_that_is_not_there_is_named()
    {
        var server = $"127.0.0.1,{FreePort()}";
        await using var app = new AppProcess(
            ("Database:Provider", "SqlServer"),
            ("ConnectionStrings:Default", $"Server={server};Database=PropertyManager;User ID=pm;Password=secret;Connect Timeout=3")
        );

        await BadDay.AssertRefusesAsync(app, $"SQL Server (PropertyManager on {server}) cannot be reached", "ConnectionStrings:Default");
        Assert.DoesNotContain("secret", app.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_stays_locked_is_given_up_after_half_a_minute()
    {
        var directory = Directory.CreateTempSubdirectory("property-manager-");
        var settings = new DatabaseSettings(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(directory.FullName, "locked.db")};Pooling=False");
        await using var other = new SqliteConnection(settings.ConnectionString);
        await other.OpenAsync();
        await using var hold = other.CreateCommand();
        hold.CommandText = "begin immediate";
        await hold.ExecuteNonQueryAsync();
        var told = new StringWriter();
        var time = new HastyTime();

        var problem = await Assert.ThrowsAsync<StartupProblem>(() => SqliteStart.WaitUntilFreeAsync(settings, time, told));

        Assert.Equal(SqliteStart.Patience, time.Passed);
        Assert.Contains("locked for 30 s", problem.Message, StringComparison.Ordinal);
        Assert.Single(told.ToString().TrimEnd().Split('\n'));
        await other.CloseAsync();
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_connection_to_SQLite_is_set_up()
    {
        await using var app = new TestApp();
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();

        await db.Database.OpenConnectionAsync();

        Assert.Equal("wal", Pragma("journal_mode"));
        Assert.Equal(1L, Pragma("foreign_keys"));
        Assert.Equal(1L, Pragma("synchronous"));
        Assert.Equal(5100L, Pragma("busy_timeout"));

        object? Pragma(string name)
        {
            using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"pragma {name}";
            return command.ExecuteScalar();
        }
    }

    internal static string ConnectionString(AppProcess app) => $"Data Source={Path.Combine(app.DataDirectory, "property-manager.db")};Pooling=False";

    private static string Execute(AppProcess app, string sql)
    {
        using var connection = new SqliteConnection(ConnectionString(app));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        return connection.DataSource;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Beside the others, because it takes as long as the application waits; it costs nothing meanwhile.</summary>
public sealed class LockedDatabaseTests
{
    [Fact]
    public async Task A_start_on_a_database_that_stays_locked_ends_in_one_line_after_half_a_minute()
    {
        await using var app = new AppProcess();
        await using var other = new SqliteConnection(DatabaseStartTests.ConnectionString(app));
        await other.OpenAsync();
        await using var hold = other.CreateCommand();
        hold.CommandText = "begin exclusive";
        await hold.ExecuteNonQueryAsync();

        await BadDay.AssertRefusesAsync(app, "another program has kept the database", "locked for 30 s", "Close it there and start again.");
    }
}
