using Microsoft.Data.Sqlite;
using PropertyManager.Domain;
using PropertyManager.Tests;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Tests.Engine;

namespace PropertyManager.Web.Tests;

/// <summary>Real processes that are given one database.</summary>
public sealed class SharedDatabaseTests
{
    private const string Production = "Production";

    [UnixFact]
    public async Task A_second_process_is_told_who_has_the_database_by_whatever_path_it_comes()
    {
        await using var first = new AppProcess { Environment = Production };
        await first.StartAsync();
        var database = Path.Combine(first.DataDirectory, "property-manager.db");

        // A link to the file, in a directory that is a link.
        await using (var second = new AppProcess(("Database:LeaseWait", "0.5")) { Environment = Production })
        {
            var directory = Path.Combine(second.DataDirectory, "elsewhere");
            Directory.CreateSymbolicLink(directory, first.DataDirectory);
            var link = Path.Combine(second.DataDirectory, "link.db");
            File.CreateSymbolicLink(link, Path.Combine(directory, "property-manager.db"));
            second.Set("ConnectionStrings:Default", $"Data Source={link}");
            await BadDay.AssertRefusesAsync(second, $"the database {link} is in use by process {first.Id} on ", "ConnectionStrings:Default");
            Assert.Contains("Waiting up to 0.5 s", second.Errors, StringComparison.Ordinal);
        }

        // As from another machine: no lock of the first is seen there. Its lease is.
        File.Delete(database + ".lock");
        await using (var third = new AppProcess(("Database:LeaseWait", "4")) { Environment = Production })
        {
            third.Set("ConnectionStrings:Default", $"Data Source={database}");
            await BadDay.AssertRefusesAsync(third, $"the database {database} is in use by process {first.Id} on ", first.Address.Scheme);
            Assert.Contains("Waiting up to 4 s", third.Errors, StringComparison.Ordinal);
        }
    }

    [UnixFact]
    public async Task A_database_with_two_names_is_refused_before_it_is_opened()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await using var app = new AppProcess { Environment = Production };
        await using var world = new EngineWorld(app.DataDirectory);
        world.LetGo();
        var database = Path.Combine(app.DataDirectory, "property-manager.db");
        using var link = System.Diagnostics.Process.Start("ln", [database, Path.Combine(app.DataDirectory, "other.db")]);
        await link.WaitForExitAsync();

        await BadDay.AssertRefusesAsync(app, $"the database {database} has 2 names (hard links)");
    }

    [UnixFact]
    public async Task A_clean_stop_releases_the_lease_and_leaves_rollouts_to_the_next_start_without_a_warning()
    {
        await using var app = new AppProcess(("Simulation:Speed", "1")) { Environment = Production };
        await using var world = new EngineWorld(app.DataDirectory);
        var node = world.StartNode();
        var order = new ActivationOrder(EngineWorld.Shop, 1, Network.Production, Acknowledged: true);
        var answer = await node.Desk.SubmitAsync(order, EngineWorld.Publisher, CancellationToken.None);
        await node.Ledger.SaveClockAsync(world.Simulated.GetUtcNow(), CancellationToken.None);
        await app.StartAsync();
        await world.WaitAsync(app, "select Epoch from Activations", epoch => epoch > 0);

        var exitCode = await app.StopAsync();

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("warn:", app.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", app.Output, StringComparison.Ordinal);
        Assert.Equal(1, await world.WaitAsync(app, "select count(*) from EngineLease where Holder is null and Epoch = 1", free => free == 1));
        // What Quartz recovers is there before any sweep looks for it.
        Assert.Equal(1, await world.WaitAsync(app, "select count(*) from QRTZ_TRIGGERS where TRIGGER_STATE = 'WAITING'", left => left == 1));
        var epoch = (await world.ReadAsync(answer.Activation!.Id)).Epoch;
        await app.StartAsync();
        await world.WaitAsync(app, "select Epoch from Activations", now => now > epoch);
        Assert.Empty(app.Errors);
    }

    [UnixFact]
    public async Task A_process_that_stood_still_while_another_took_its_database_ends_by_itself()
    {
        await using var first = new AppProcess { Environment = Production };
        await first.StartAsync();
        await using var second = new AppProcess { Environment = Production };
        var key = Directory.GetFiles(Path.Combine(first.DataDirectory, "keys")).Single();
        Directory.CreateDirectory(Path.Combine(second.DataDirectory, "keys"));
        File.Copy(key, Path.Combine(second.DataDirectory, "keys", Path.GetFileName(key)));
        File.Copy(Path.Combine(first.DataDirectory, "signing.pem"), Path.Combine(second.DataDirectory, "signing.pem"));
        var database = Path.Combine(first.DataDirectory, "property-manager.db");
        // Not in the middle of a write: SQLite's own lock would keep everybody out.
        await first.PauseAsync();
        while (!IsFree(database))
        {
            await first.ContinueAsync();
            await first.PauseAsync();
        }
        // As on another machine.
        File.Delete(database + ".lock");
        second.Set("ConnectionStrings:Default", $"Data Source={database}");

        await second.StartAsync();
        Assert.StartsWith("Waiting up to 15 s: ", second.Errors, StringComparison.Ordinal);
        await first.ContinueAsync();

        Assert.Equal(1, await first.WaitForExitAsync());
        Assert.Contains("another process has taken it", first.Output, StringComparison.Ordinal);
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync();
        await using var holder = connection.CreateCommand();
        holder.CommandText = "select Holder from EngineLease";
        Assert.StartsWith($"process {second.Id} on ", (string?)await holder.ExecuteScalarAsync(), StringComparison.Ordinal);
    }

    private static bool IsFree(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False;Default Timeout=1");
        connection.Open();
        try
        {
            using var transaction = connection.BeginTransaction();
            return true;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return false;
        }
    }
}
