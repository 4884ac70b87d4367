using System.Diagnostics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PropertyManager.Tests;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Outbox;

namespace PropertyManager.Benchmarks;

/// <summary>
/// What the outbox costs while nobody receives: 100 webhooks at addresses where nothing listens, 100 messages waiting for each. Time is simulated:
/// the CPU time of all that falls into an hour is held against the hour.
/// </summary>
internal static class OutboxBenchmark
{
    private const int Webhooks = 100;
    private const int Messages = 100;

    /// <summary>As often as the dispatcher looks by itself.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var directory = Directory.CreateTempSubdirectory("property-manager-benchmark-");
        try
        {
            await EngineHost.WriteAsync(directory.FullName, TimeSpan.Zero, activations: 1);
            var time = new ManualTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
            await using var services = Build(directory.FullName, time);
            var dispatcher = services.GetRequiredService<OutboxDispatcher>();
            // Compiled, connected, and through with what the activation had to tell.
            await dispatcher.DispatchAsync(CancellationToken.None);
            var contexts = services.GetRequiredService<IDbContextFactory<AppDbContext>>();
            var secret = services.GetRequiredService<WebhookClient>().Protect(WebhookClient.NewSecret());
            await DeadWebhooks.WriteAsync(contexts.CreateDbContext, activation: 1, Webhooks, Messages, secret, time.GetUtcNow());

            List<Figure> figures = [];
            foreach (var hour in new[] { "the first hour", "the second hour", "the third hour" })
            {
                var (share, attempts) = await HourAsync(dispatcher, contexts, time);
                Console.WriteLine($"{hour}: {attempts} connection attempts");
                figures.Add(new Figure($"100 dead webhooks, 10,000 messages: {hour}, of one core", share * 100, "%", Most: 1));
            }
            await using var db = await contexts.CreateDbContextAsync();
            var waiting = await db.OutboxDeliveries.CountAsync(d => d.State == DeliveryState.Pending);
            figures.Add(new Figure("messages that still wait", waiting, "", Least: Webhooks * Messages));
            return figures;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            directory.Delete(recursive: true);
        }
    }

    private static async Task<(double Share, int Attempts)> HourAsync(
        OutboxDispatcher dispatcher,
        IDbContextFactory<AppDbContext> contexts,
        ManualTimeProvider time
    )
    {
        var before = await AttemptsAsync(contexts);
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(1); passed += Poll)
        {
            await dispatcher.DispatchAsync(CancellationToken.None);
            time.Advance(Poll);
        }
        process.Refresh();
        return ((process.TotalProcessorTime - cpu) / TimeSpan.FromHours(1), await AttemptsAsync(contexts) - before);
    }

    private static async Task<int> AttemptsAsync(IDbContextFactory<AppDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync();
        return await db.OutboxReceivers.SumAsync(r => r.Failures);
    }

    private static ServiceProvider Build(string directory, TimeProvider time)
    {
        var configuration = new ConfigurationBuilder().Build();
        var database = DatabaseSettings.Read(configuration, Path.Combine(directory, "property-manager.db"), [])!;
        return new ServiceCollection()
            .Configure<IdentityOptions>(AppDbContext.ConfigureStores)
            .AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Error))
            .AddSingleton(time)
            .AddSingleton<IHostEnvironment>(new Development())
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddSingleton(new MailSettings())
            .AddSingleton(new OutboxFolder(Path.Combine(directory, "outbox")))
            .AddDatabase(database)
            .AddOutbox()
            .BuildServiceProvider();
    }

    /// <summary>There, messages may go to this machine.</summary>
    private sealed class Development : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Development;
        public string ApplicationName { get; set; } = "PropertyManager.Benchmarks";
        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
