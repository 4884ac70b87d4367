using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using PropertyManager.Tests;

namespace PropertyManager.Web.Tests;

/// <summary>Real processes: what a person sees who starts the application on a bad day.</summary>
public sealed class StartupTests
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;

    [Fact]
    public async Task Prints_its_address_and_the_demo_sign_ins()
    {
        await using var app = new AppProcess();

        await app.StartAsync();
        await app.WaitForOutputAsync("Ctrl+C");

        using var http = new HttpClient { BaseAddress = app.Address };
        using var page = await http.GetAsync(new Uri("/account/login", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("publisher@demo.example", app.Output, StringComparison.Ordinal);
        Assert.Contains("Demo!2026pass", app.Output, StringComparison.Ordinal);
        Assert.Empty(app.Errors);
    }

    [Fact]
    public async Task Says_nothing_of_demo_sign_ins_outside_Development()
    {
        await using var app = new AppProcess { Environment = "Production" };

        await app.StartAsync();
        await app.WaitForOutputAsync("Ctrl+C");

        Assert.DoesNotContain("demo.example", app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starts_again_on_what_a_killed_process_left_behind()
    {
        await using var app = new AppProcess();
        await app.StartAsync();
        var before = await AntiforgeryCookieAsync(app);
        var first = app.Id;

        await app.RestartAsync();

        Assert.NotEqual(first, app.Id);
        // One named otherwise, or one whose key is lost, would be answered with a new one.
        Assert.Null(await AntiforgeryCookieAsync(app, before));
    }

    [Fact]
    public async Task Instances_side_by_side_have_cookies_of_their_own()
    {
        await using var one = new AppProcess();
        await using var other = new AppProcess();
        await Task.WhenAll(one.StartAsync(), other.StartAsync());

        Assert.NotEqual(Name(await AntiforgeryCookieAsync(one)), Name(await AntiforgeryCookieAsync(other)), StringComparer.Ordinal);

        static string Name(string? cookie) => cookie!.Split('=')[0];
    }

    [Fact]
    public async Task Names_all_bad_settings_at_once()
    {
        await using var app = new AppProcess(
            ("Simulation:Speed", "fast"),
            ("Simulation:Seed", "1.5"),
            ("Database:Provider", "Oracle"),
            ("urls", "localhost")
        );

        await AssertRefusesAsync(
            app,
            "Simulation:Speed is 'fast'",
            "Simulation:Seed is '1.5'",
            "Database:Provider is 'Oracle'",
            "urls names 'localhost'"
        );
    }

    [Fact]
    public async Task SQL_Server_needs_a_connection_string()
    {
        await using var app = new AppProcess(("Database:Provider", "SqlServer"));

        await AssertRefusesAsync(app, "ConnectionStrings:Default is missing");
    }

    [Fact]
    public async Task SQL_Server_that_is_not_there_is_named()
    {
        var server = $"127.0.0.1,{FreePort()}";
        await using var app = new AppProcess(
            ("Database:Provider", "SqlServer"),
            (
                "ConnectionStrings:Default",
                $"Server={server};Database=PropertyManager;User ID=pm;Password=secret;Connect Timeout=5;ConnectRetryCount=0"
            )
        );

        await AssertRefusesAsync(app, $"SQL Server (PropertyManager on {server}) cannot be reached", "ConnectionStrings:Default");
        Assert.DoesNotContain("secret", app.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_directory_that_cannot_be_made()
    {
        var file = Path.GetTempFileName();
        await using var app = new AppProcess(("DataDirectory", Path.Combine(file, "data")));

        await AssertRefusesAsync(app, "the data directory", "cannot be made", "--DataDirectory");
        File.Delete(file);
    }

    [UnixFact]
    public async Task Data_directory_that_cannot_be_written_to()
    {
        await using var app = new AppProcess { ObeysPermissions = true };
        SetMode(app.DataDirectory, ReadOnly);

        await AssertRefusesAsync(app, $"the data directory {app.DataDirectory} cannot be written to", "--DataDirectory");
    }

    [Fact]
    public async Task Second_instance_on_a_data_directory_is_told_who_has_it()
    {
        await using var first = new AppProcess();
        await first.StartAsync();
        await using var second = new AppProcess(("DataDirectory", first.DataDirectory));

        await AssertRefusesAsync(second, $"is in use by process {first.Id}", "--DataDirectory");
    }

    [Fact]
    public async Task Second_instance_on_a_database_is_told_who_has_it()
    {
        await using var first = new AppProcess();
        await first.StartAsync();
        // A copy of the setting, as two deployments might share it.
        var database = Path.Combine(first.DataDirectory, "shared", "property-manager.db");
        Directory.CreateDirectory(Path.GetDirectoryName(database)!);
        await using var second = new AppProcess(("ConnectionStrings:Default", $"Data Source={database}"));
        await using var third = new AppProcess(("ConnectionStrings:Default", $"Data Source={database}"));
        await second.StartAsync();

        await AssertRefusesAsync(third, $"is in use by process {second.Id}", "ConnectionStrings:Default");
    }

    [Fact]
    public async Task Port_that_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var app = new AppProcess(("urls", $"http://127.0.0.1:{port}"));

        await AssertRefusesAsync(app, $"port {port} is taken", "--urls");
    }

    [Fact]
    public async Task File_that_is_no_database()
    {
        await using var app = new AppProcess();
        var file = Path.Combine(app.DataDirectory, "property-manager.db");
        var text = string.Concat(Enumerable.Repeat("These are notes, not a database. ", 100));
        await File.WriteAllTextAsync(file, text);

        await AssertRefusesAsync(app, $"{file} is not a SQLite database");
        Assert.Equal(text, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Database_of_another_program_is_left_alone()
    {
        await using var app = new AppProcess();
        var file = Execute(app, "create table Bookmarks (Url text)");
        var before = await File.ReadAllBytesAsync(file);

        await AssertRefusesAsync(app, "is the database of another program", "Bookmarks");
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

        await AssertRefusesAsync(app, "schema of a newer version (migration 29990101000000_Newer)", "nothing was changed");
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
    }

    [UnixFact]
    public async Task Database_file_that_is_read_only()
    {
        await using var app = new AppProcess { ObeysPermissions = true };
        var file = Execute(app, "create table __EFMigrationsHistory (MigrationId text primary key, ProductVersion text)");
        SetMode(file, UnixFileMode.UserRead);

        await AssertRefusesAsync(app, $"the database {file} is read-only", "writable");
    }

    [Fact]
    public async Task Locked_database_is_waited_for()
    {
        await using var app = new AppProcess();
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
    public async Task Details_are_told_at_log_level_Debug()
    {
        await using var app = new AppProcess(("Simulation:Speed", "0"), ("Logging:LogLevel:Default", "Debug"));

        Assert.Equal(1, await app.RunToEndAsync());
        Assert.Contains("   at PropertyManager.Web.Hosting.", app.Errors, StringComparison.Ordinal);
    }

    private static async Task AssertRefusesAsync(AppProcess app, params string[] says)
    {
        var exitCode = await app.RunToEndAsync();

        var line = Assert.Single(app.Errors.Split('\n'));
        Assert.StartsWith("Property Manager cannot start: ", line, StringComparison.Ordinal);
        Assert.All(says, text => Assert.Contains(text, line, StringComparison.Ordinal));
        Assert.Equal(1, exitCode);
        Assert.Equal("", app.Output);
    }

    private static string ConnectionString(AppProcess app) => $"Data Source={Path.Combine(app.DataDirectory, "property-manager.db")};Pooling=False";

    private static string Execute(AppProcess app, string sql)
    {
        using var connection = new SqliteConnection(ConnectionString(app));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        return connection.DataSource;
    }

    private static async Task<string?> AntiforgeryCookieAsync(AppProcess app, string? sent = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = app.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/login");
        if (sent is not null)
            request.Headers.Add("Cookie", sent);
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? cookies.Single(cookie => cookie.Contains("Antiforgery", StringComparison.Ordinal)).Split(';')[0]
            : null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }
}

/// <summary>A test of what Windows does not have: permissions by mode.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no file modes" : null;
}
