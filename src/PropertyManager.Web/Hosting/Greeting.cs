using System.Globalization;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Hosting;

/// <summary>What a person sees after the start: where to go and, in Development, as whom to sign in.</summary>
public static class Greeting
{
    /// <summary>Writes it as soon as the application listens. Scripts wait for the first line.</summary>
    public static void GreetWhenStarted(this WebApplication app, TextWriter output) =>
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            // A test's in-memory server has no address, and nobody to greet.
            if (app.Urls.Count > 0)
                output.WriteLine(
                    Text(
                        [.. app.Urls],
                        app.Services.GetRequiredService<DataDirectory>(),
                        app.Services.GetRequiredService<SimulatedSpeed>().Read(),
                        app.Services.GetRequiredService<SimulationSettings>(),
                        app.Environment.IsDevelopment()
                    )
                );
        });

    /// <summary>The block of text.</summary>
    /// <param name="addresses">Where the application listens, with the real ports.</param>
    /// <param name="data">Where its files are.</param>
    /// <param name="speed">Simulated seconds per second, now.</param>
    /// <param name="simulation">What the settings say.</param>
    /// <param name="demo">Whether there are demo users.</param>
    public static string Text(IReadOnlyCollection<string> addresses, DataDirectory data, double speed, SimulationSettings simulation, bool demo)
    {
        List<string> lines =
        [
            $"Property Manager is listening on {string.Join(" and ", addresses)}",
            $"Data directory: {data.Path}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Simulated time: ×{speed:0.##}{(speed == simulation.Speed ? "" : $", as somebody set it on the screen; Simulation:Speed is {simulation.Speed:0.##}")}"
            ),
        ];
        if (demo)
        {
            lines.Add($"Demo sign-ins, all with the password {DemoUsers.Password}:");
            lines.AddRange(DemoUsers.All.Select(user => $"  {user.Email, -24} {user.May}"));
            if (File.Exists(data.File(DemoClientFile.FileName)) && EdgeRc.HostOf(addresses, page: null) is { } host)
                lines.Add($"API key of the publisher, for {host}: {data.File(DemoClientFile.FileName)}");
        }
        lines.Add("Ctrl+C stops it.");
        return string.Join(Environment.NewLine, lines);
    }
}
