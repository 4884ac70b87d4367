using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Edge;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Outbox;
using PropertyManager.Web.Hosting;

namespace PropertyManager.Benchmarks;

/// <summary>The application's engine on a database in a directory, in real time: its services, without pages.</summary>
internal static class EngineHost
{
    /// <summary>How many production activations run at once.</summary>
    public const int Activations = 1_000;

    /// <summary>Plans are made for so many properties and shared by those of the same traffic.</summary>
    private const int Kinds = 50;

    private const int PackageBytes = 40_000;
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The same services as the application has; simulated time goes on where the database says.</summary>
    public static async Task<IHost> BuildAsync(string directory)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Quartz", LogLevel.Error);
        builder.Services.Configure<IdentityOptions>(AppDbContext.ConfigureStores);
        var clock = new SimulationClock(TimeProvider.System, speed: 1);
        builder
            .Services.AddSingleton(TimeProvider.System)
            .AddKeyedSingleton<TimeProvider>(Simulated.Time, clock)
            .AddSingleton(new SimulationSettings(Speed: 1, Seed: 1))
            .AddSingleton(Key)
            .AddSingleton<IEdgeNetwork>(new SimulatedEdgeNetwork(1, Key))
            .AddSingleton(new MailSettings())
            .AddSingleton(new OutboxFolder(Path.Combine(directory, "outbox")));
        builder.Configuration["DataDirectory"] = directory;
        var settings = StartSettings.From(builder.Configuration);
        builder.Services.AddSignInKeys(settings.Data);
        builder.Services.AddDatabase(settings.Database).AddEngine(settings.Database);
        var instance = await InstanceLock.TakeAsync(settings, urls: null, TimeProvider.System, Console.Error);
        // Released with the host.
        builder.Services.AddSingleton(_ => instance);
        var host = builder.Build();
        host.Services.GetRequiredService<InstanceLock>();
        await host.Services.OpenDatabaseAsync(new LeaseStart(instance.Holder, instance.LockId, settings.LeaseWait));
        await host.Services.ResumeClockAsync(clock.Start);
        return host;
    }

    /// <summary>Makes a database with properties whose activations were accepted and are not carried yet.</summary>
    /// <param name="directory">Where it is to lie.</param>
    /// <param name="since">They were accepted over so much simulated time until now: their engine finds them in every phase.</param>
    /// <param name="activations">How many.</param>
    public static async Task WriteAsync(string directory, TimeSpan since, int activations = Activations)
    {
        using var host = await BuildAsync(directory);
        var kinds = Fleets.Properties(Kinds);
        var plans = Fleets.Plans(
            (SimulatedEdgeNetwork)host.Services.GetRequiredService<IEdgeNetwork>(),
            kinds,
            Network.Production,
            RolloutPace.Standard
        );
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        await using var db = await host.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        db.Simulation.Add(new SimulationState { Now = now });
        db.Accounts.Add(new Account { Id = 1, Name = "Benchmark" });
        db.Groups.Add(
            new PropertyGroup
            {
                Id = 1,
                AccountId = 1,
                Name = "Sites",
                ContractId = "ctr_1",
            }
        );
        for (var id = 1; id <= activations; id++)
        {
            var started = now - (since * id / activations);
            db.Add(Property(id, kinds[id % Kinds]));
            db.Add(Version(id));
            db.Add(Activation(id, plans[id % Kinds] with { Seed = id }, started));
            db.Add(Package(id));
        }
        await db.SaveChangesAsync();
    }

    /// <summary>As large as the XML of a version of some hundred rules.</summary>
    private static ActivationPackage Package(long id)
    {
        var content = new byte[PackageBytes];
        var package = RolloutPackage.Sign(RolloutPackage.RevisionOf(id, 1), content, Key);
        return new ActivationPackage
        {
            ActivationId = id,
            Revision = package.Revision,
            Content = content,
            Sha256 = package.Sha256.ToArray(),
            Signature = package.Signature.ToArray(),
        };
    }

    internal static Property Property(long id, TrafficProfile traffic) =>
        new()
        {
            Id = id,
            AccountId = 1,
            GroupId = 1,
            Name = $"www.site{id}.example",
            ProductId = "prd_1",
            Traffic = traffic,
        };

    internal static PropertyVersion Version(long property, string rules = "{}") =>
        new()
        {
            PropertyId = property,
            Number = 1,
            RuleFormat = "v2025-10-16",
            Author = "ann@shop.example",
            UpdatedAt = DateTimeOffset.UnixEpoch,
            Rules = rules,
        };

    private static Activation Activation(long property, RolloutPlan plan, DateTimeOffset started) =>
        new()
        {
            Id = property,
            AccountId = 1,
            PropertyId = property,
            Version = 1,
            Network = Network.Production,
            Type = ActivationType.Activate,
            Plan = plan,
            StartedAt = started,
            Intent = new ActivationIntent
            {
                SubmittedBy = "ann@shop.example",
                SubmittedAt = started,
                Note = "The spring campaign's pages",
                NotifyEmails = ["ops@shop.example"],
            },
        };
}
