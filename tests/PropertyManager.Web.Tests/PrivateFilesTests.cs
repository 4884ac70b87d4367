using PropertyManager.Tests;

namespace PropertyManager.Web.Tests;

/// <summary>Real processes: what holds keys and password hashes is for its owner only, also where it was there before.</summary>
public sealed class PrivateFilesTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = Owner | UnixFileMode.UserExecute;
    private const UnixFileMode Everyone = Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode EveryoneDirectory =
        OwnerDirectory | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly string[] Database = ["", "-wal", "-shm"];
    private static readonly string[] DatabaseAndLock = [.. Database, ".lock"];

    [UnixFact]
    public async Task Files_that_others_may_read_are_made_private_at_the_next_start()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var app = new AppProcess { Environment = "Production" };
        await app.StartAsync();
        await app.KillAsync();
        // The directory of a database that was put elsewhere belongs to somebody.
        var theirs = Directory.CreateTempSubdirectory("property-manager-theirs-").FullName;
        var (database, letter) = (Path.Combine(theirs, "shop.db"), Path.Combine(theirs, "letter.txt"));
        foreach (var suffix in Database)
            File.Move(Path.Combine(app.DataDirectory, "property-manager.db" + suffix), database + suffix);
        File.Delete(Path.Combine(app.DataDirectory, "property-manager.db.lock"));
        app.Set("ConnectionStrings:Default", $"Data Source={database}");
        await File.WriteAllTextAsync(letter, "Dear Ann");
        Directory.CreateDirectory(Path.Combine(app.DataDirectory, "outbox"));
        foreach (var name in new[] { "demo.edgerc", "development.pfx", "outbox/1.eml" })
            await File.WriteAllTextAsync(Path.Combine(app.DataDirectory, name), "secret");
        foreach (var file in Files(app.DataDirectory).Concat(Files(theirs)))
            File.SetUnixFileMode(file, Everyone);
        foreach (var directory in new[] { theirs, app.DataDirectory }.Concat(Directory.GetDirectories(app.DataDirectory)))
            File.SetUnixFileMode(directory, EveryoneDirectory);

        await app.StartAsync();

        // The killed process had the lease, and the lock that would prove that it is gone was not moved along.
        Assert.StartsWith("Waiting up to 15 s: ", Assert.Single(app.Errors.Split('\n')), StringComparison.Ordinal);
        Assert.Equal(OwnerDirectory, BadDay.ModeOf(app.DataDirectory));
        Assert.All(Directory.GetDirectories(app.DataDirectory), directory => Assert.Equal(OwnerDirectory, BadDay.ModeOf(directory)));
        Assert.All(
            Files(app.DataDirectory).Where(file => !file.EndsWith(".holder", StringComparison.Ordinal)),
            file => Assert.True(Owner == BadDay.ModeOf(file), $"{file} has the mode {BadDay.ModeOf(file)}")
        );
        Assert.Equal((Everyone, EveryoneDirectory), (BadDay.ModeOf(letter), BadDay.ModeOf(theirs)));
        Assert.All(
            DatabaseAndLock,
            suffix => Assert.True(Owner == BadDay.ModeOf(database + suffix), $"shop.db{suffix} has the mode {BadDay.ModeOf(database + suffix)}")
        );
        await app.KillAsync();
        Directory.Delete(theirs, recursive: true);
    }

    [UnixFact]
    public async Task A_new_database_is_private_wherever_it_is_made()
    {
        if (OperatingSystem.IsWindows())
            return;
        var theirs = Directory.CreateTempSubdirectory("property-manager-theirs-").FullName;
        File.SetUnixFileMode(theirs, EveryoneDirectory);
        var database = Path.Combine(theirs, "shop.db");
        await using (var app = new AppProcess(("ConnectionStrings:Default", $"Data Source={database}")) { Environment = "Production" })
        {
            await app.StartAsync();
            Assert.All(Database, suffix => Assert.Equal(Owner, BadDay.ModeOf(database + suffix)));
            Assert.Equal(EveryoneDirectory, BadDay.ModeOf(theirs));
        }
        Directory.Delete(theirs, recursive: true);
    }

    private static string[] Files(string directory) => Directory.GetFiles(directory, "*", SearchOption.AllDirectories);
}
