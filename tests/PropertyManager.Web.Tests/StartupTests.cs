using System.Net;
using System.Net.Sockets;
using PropertyManager.Tests;
using PropertyManager.Web.Tests.Engine;

namespace PropertyManager.Web.Tests;

/// <summary>Real processes: what a person sees who starts the application on a bad day.</summary>
public sealed class StartupTests
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;

    /// <summary>Without demo data, where these do not matter: it starts in half the time.</summary>
    private const string Bare = "Production";

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
    public async Task The_speed_that_somebody_set_survives_a_restart_unless_the_start_is_given_another()
    {
        await using var app = new AppProcess { Environment = Bare };
        await app.StartAsync();
        Assert.Contains("Simulated time: ×1\n", await GreetingAsync(), StringComparison.Ordinal);

        // As the screen and the API keep it.
        await using (var world = new EngineWorld(app.DataDirectory))
            await world.StartNode().Ledger.SaveSpeedAsync(200, DateTimeOffset.UnixEpoch, default);
        await app.RestartAsync();
        Assert.Contains(
            "Simulated time: ×200, as somebody set it on the screen; Simulation:Speed is 1\n",
            await GreetingAsync(),
            StringComparison.Ordinal
        );

        app.Set("Simulation:Speed", "5");
        await app.RestartAsync();
        Assert.Contains("Simulated time: ×5\n", await GreetingAsync(), StringComparison.Ordinal);

        async Task<string> GreetingAsync()
        {
            await app.WaitForOutputAsync("Ctrl+C");
            return app.Output.ReplaceLineEndings("\n");
        }
    }

    [Fact]
    public async Task Starts_again_on_what_a_killed_process_left_behind()
    {
        await using var app = new AppProcess { Environment = Bare };
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
        await using var one = new AppProcess { Environment = Bare };
        await using var other = new AppProcess { Environment = Bare };
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
            ("Database:LeaseWait", "soon"),
            ("Api:RequestsPerMinute", "-1"),
            ("Mail:Host", "mail.example"),
            ("Mail:Port", "smtp"),
            ("Mail:User", "pm"),
            ("urls", "localhost")
        );

        await BadDay.AssertRefusesAsync(
            app,
            "Simulation:Speed is 'fast'",
            "Simulation:Seed is '1.5'",
            "Database:Provider is 'Oracle'",
            "Database:LeaseWait is 'soon'",
            "Api:RequestsPerMinute is '-1'",
            "Mail:User and Mail:Password belong together",
            "Mail:Port is 'smtp'",
            "urls names 'localhost'"
        );
    }

    [Fact]
    public async Task SQL_Server_needs_a_connection_string()
    {
        await using var app = new AppProcess(("Database:Provider", "SqlServer"));

        await BadDay.AssertRefusesAsync(app, "ConnectionStrings:Default is missing");
    }

    [Fact]
    public async Task Data_directory_that_cannot_be_made()
    {
        var file = Path.GetTempFileName();
        await using var app = new AppProcess(("DataDirectory", Path.Combine(file, "data")));

        await BadDay.AssertRefusesAsync(app, "the data directory", "cannot be made", "--DataDirectory");
        File.Delete(file);
    }

    [UnixFact]
    public async Task Data_directory_that_cannot_be_written_to()
    {
        await using var app = new AppProcess { ObeysPermissions = true };
        BadDay.SetMode(app.DataDirectory, ReadOnly);

        await BadDay.AssertRefusesAsync(app, $"the data directory {app.DataDirectory} cannot be written to", "--DataDirectory");
    }

    [Fact]
    public async Task Second_instance_on_a_data_directory_is_told_who_has_it()
    {
        await using var first = new AppProcess { Environment = Bare };
        await first.StartAsync();
        await using var second = new AppProcess(("DataDirectory", first.DataDirectory)) { Environment = Bare };

        await BadDay.AssertRefusesAsync(second, $"is in use by process {first.Id}", "--DataDirectory");
    }

    [Fact]
    public async Task Second_instance_on_a_database_is_told_who_has_it()
    {
        await using var first = new AppProcess { Environment = Bare };
        await first.StartAsync();
        // A copy of the setting, as two deployments might share it.
        var database = Path.Combine(first.DataDirectory, "shared", "property-manager.db");
        Directory.CreateDirectory(Path.GetDirectoryName(database)!);
        await using var second = new AppProcess(("ConnectionStrings:Default", $"Data Source={database}")) { Environment = Bare };
        await using var third = new AppProcess(("ConnectionStrings:Default", $"Data Source={database}"), ("Database:LeaseWait", "0"))
        {
            Environment = Bare,
        };
        await second.StartAsync();

        await BadDay.AssertRefusesAsync(third, $"is in use by process {second.Id}", "ConnectionStrings:Default");
    }

    [Fact]
    public async Task Port_that_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var app = new AppProcess(("urls", $"http://127.0.0.1:{port}")) { Environment = Bare };

        await BadDay.AssertRefusesAsync(app, $"port {port} is taken", "--urls");
    }

    [Fact]
    public async Task Details_are_told_at_log_level_Debug()
    {
        await using var app = new AppProcess(("Simulation:Speed", "0"), ("Logging:LogLevel:Default", "Debug"));

        Assert.Equal(1, await app.RunToEndAsync());
        Assert.Contains("   at PropertyManager.Web.Hosting.", app.Errors, StringComparison.Ordinal);
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
}
