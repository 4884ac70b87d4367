using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PropertyManager.Tests;
using PropertyManager.Web.Engine;

namespace PropertyManager.Benchmarks;

/// <summary>
/// The application carries 1,000 activations and is killed; from the start of the engine's services on what it left behind until each of
/// them ticks again. The services start cold: none of them ran in this process before.
/// </summary>
internal static class RestartBenchmark
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var app = new AppProcess(("Simulation:Speed", "1")) { Environment = "Production" };
        await EngineHost.WriteAsync(app.DataDirectory, TimeSpan.Zero);
        SqliteConnection.ClearAllPools();
        var taken = await RunAndKillAsync(app);

        using var host = await EngineHost.BuildAsync(app.DataDirectory);
        var feed = host.Services.GetRequiredService<ActivationFeed>();
        var began = Stopwatch.GetTimestamp();
        await host.StartAsync();
        while (feed.Count < EngineHost.Activations)
            await Task.Delay(Look);
        var took = Stopwatch.GetElapsedTime(began);
        await host.StopAsync();
        SqliteConnection.ClearAllPools();
        return
        [
            new("from rows without jobs until all were carried", taken.TotalSeconds, "s"),
            new("from the services' start after a kill until all tick", took.TotalSeconds, "s", Most: 3),
        ];
    }

    private static async Task<TimeSpan> RunAndKillAsync(AppProcess app)
    {
        var began = Stopwatch.GetTimestamp();
        await app.StartAsync();
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(app.DataDirectory, "property-manager.db")};Pooling=False"))
        {
            await database.OpenAsync();
            await using var count = database.CreateCommand();
            count.CommandText = "select count(*) from Activations where Epoch > 0";
            while ((long)(await count.ExecuteScalarAsync())! < EngineHost.Activations)
                await Task.Delay(Look);
        }
        var took = Stopwatch.GetElapsedTime(began);
        await app.KillAsync();
        return took;
    }
}
