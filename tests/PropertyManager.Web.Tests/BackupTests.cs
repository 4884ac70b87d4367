using System.Diagnostics;
using Microsoft.Data.Sqlite;
using PropertyManager.Tests;

namespace PropertyManager.Web.Tests;

/// <summary>The commands of the README's section "Backup and restore", word for word, against a real process.</summary>
public sealed class BackupTests
{
    [UnixFact]
    public async Task What_the_README_says_backs_up_a_running_application_and_restores_it()
    {
        var commands = Commands();
        await using var app = new AppProcess(("urls", "http://127.0.0.1:0;https://127.0.0.1:0"));
        await app.StartAsync();
        await app.WaitForOutputAsync("Ctrl+C");
        var keys = await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(app.DataDirectory, "keys")).Single());
        var backup = Directory.CreateTempSubdirectory("property-manager-backup-").FullName + "/today";

        await RunAsync(commands[0], app.DataDirectory, backup);

        var owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner | UnixFileMode.UserExecute, BadDay.ModeOf(backup));
        Assert.All(Directory.GetFiles(backup, "*", SearchOption.AllDirectories), file => Assert.Equal(owner, BadDay.ModeOf(file)));
        Assert.Equal(
            ["keys", "property-manager.db", "signing.pem"],
            Directory.GetFileSystemEntries(backup).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal),
            StringComparer.Ordinal
        );

        // Written after the backup: gone with what is lost.
        var database = Path.Combine(app.DataDirectory, "property-manager.db");
        await ExecuteAsync(database, "update Properties set Name = 'lost.example' where Id = (select min(Id) from Properties)");
        await app.StopAsync();
        await RunAsync(commands[1], app.DataDirectory, backup);
        Assert.True(Directory.Exists(app.DataDirectory + ".lost"));
        Directory.Delete(app.DataDirectory + ".lost", recursive: true);
        await app.StartAsync();

        Assert.Empty(app.Errors);
        Assert.Equal(0L, await ExecuteAsync(database, "select count(*) from Properties where Name = 'lost.example'"));
        Assert.Equal(keys, await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(app.DataDirectory, "keys")).Single()));
        Directory.Delete(Path.GetDirectoryName(backup)!, recursive: true);
    }

    [Fact]
    public async Task A_backup_never_overwrites_anything()
    {
        await using var app = new AppProcess();
        await File.WriteAllTextAsync(Path.Combine(app.DataDirectory, "mine.txt"), "mine");
        app.Options.Add($"--backup={app.DataDirectory}");

        await BadDay.AssertRefusesAsync(app, $"the backup directory {app.DataDirectory} is not empty");

        app.Options.Clear();
        app.Options.Add("--backup");
        await BadDay.AssertRefusesAsync(app, "--backup names no directory");
    }

    /// <summary>The indented lines of the section, block by block; the first block only says how the application is started and where it keeps its data.</summary>
    private static List<string> Commands()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "PropertyManager.sln")))
            root = root.Parent!;
        var section = File.ReadAllText(Path.Combine(root.FullName, "README.md")).Split("\n## Backup and restore\n")[1].Split("\n## ")[0];
        var blocks = new List<string>();
        var isOpen = false;
        foreach (var line in section.Split('\n'))
        {
            var isCommand = line.StartsWith("    ", StringComparison.Ordinal);
            if (isCommand && !isOpen)
                blocks.Add("");
            if (isCommand)
                blocks[^1] += line.Trim() + "\n";
            isOpen = isCommand;
        }
        Assert.Equal(3, blocks.Count);
        Assert.StartsWith("APP=", blocks[0], StringComparison.Ordinal);
        return blocks[1..];
    }

    private static async Task RunAsync(string commands, string data, string backup)
    {
        var start = new ProcessStartInfo("sh", ["-e", "-c", commands])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["APP"] = $"dotnet {AppProcess.Assembly()}";
        start.Environment["DATA"] = data;
        start.Environment["BACKUP"] = backup;
        using var shell = Process.Start(start)!;
        var said = await shell.StandardError.ReadToEndAsync() + await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, $"{commands}\n{said}");
    }

    private static async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
