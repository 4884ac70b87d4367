using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Edge;
using PropertyManager.Tests;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Outbox;
using PropertyManager.Web.Hosting;
using Quartz;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>
/// A SQLite file with two properties, and a clock that a test moves. Nodes started on it are the engine without its host: a test calls their ticks.
/// </summary>
internal sealed class EngineWorld : IAsyncDisposable, IDbContextFactory<AppDbContext>
{
    /// <summary>5,000 hits/s; versions 1 to 3 with a hostname each, 4 with 12.</summary>
    public const long Shop = 1;

    /// <summary>40 hits/s.</summary>
    public const long Blog = 2;

    public static readonly Access Publisher = new("ann@shop.example", Roles(Role.Publisher), IsSupport: false, MayDemonstrate: true);
    public static readonly Access Editor = new("eve@shop.example", Roles(Role.Editor), IsSupport: false, MayDemonstrate: false);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    private static readonly ServiceProvider Services = new ServiceCollection()
        .Configure<IdentityOptions>(AppDbContext.ConfigureStores)
        .BuildServiceProvider();

    /// <summary>A migrated and filled database, made once and copied.</summary>
    private static readonly Lazy<byte[]> Template = new(MakeTemplate);

    private readonly bool _owned;
    private readonly DbContextOptions<AppDbContext> _options;
    private readonly List<ServiceProvider> _schedulers = [];

    /// <param name="directory">Where the database lies, under the name that the application gives it; null: a new one, deleted at the end.</param>
    /// <param name="patience">Seconds that a statement waits for another's write.</param>
    /// <param name="interceptors">Stand between the engine and its database.</param>
    public EngineWorld(string? directory = null, int patience = 30, params IInterceptor[] interceptors)
    {
        _owned = directory is null;
        Directory = directory ?? System.IO.Directory.CreateTempSubdirectory("property-manager-").FullName;
        var file = Path.Combine(Directory, "property-manager.db");
        if (!File.Exists(file))
            File.WriteAllBytes(file, Template.Value);
        _options = Options(file, patience, [new AccessChangeInterceptor(AccessChanges), .. interceptors]);
        Key = SigningKey.LoadOrCreate(new DataDirectory(Directory));
    }

    public string Directory { get; }

    /// <summary>Signs what the servers are given: the key of a process that works in this directory.</summary>
    private ECDsa Key { get; }

    /// <summary>Hears of rights that are saved by contexts of this world, as in the application.</summary>
    public AccessChanges AccessChanges { get; } = new();

    public ManualTimeProvider Real { get; } = new(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public ManualTimeProvider Simulated { get; } = new(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The clock of evaluations: it stands still unless a test takes another.</summary>
    public TimeProvider EvaluationTime { get; set; } = new ManualTimeProvider(DateTimeOffset.UnixEpoch);

    /// <summary>Where rules are evaluated, one evaluation at a time.</summary>
    public EvaluationGate NewGate() => new(EvaluationTime, 1, CancellationToken.None);

    /// <summary>Set by the nodes after what they commit.</summary>
    public OutboxSignal OutboxSignal { get; } = new();

    public AppDbContext CreateDbContext() => new(_options);

    /// <summary>An engine as a process that was just started has it: it knows nothing but what the database holds.</summary>
    /// <param name="around">Stands between the engine and its servers.</param>
    /// <param name="log">Takes what the loop has to say.</param>
    public EngineNode StartNode(Func<IEdgeNetwork, IEdgeNetwork>? around = null, ILogger<RolloutLoop>? log = null)
    {
        var scheduler = new ServiceCollection()
            .AddLogging()
            .AddQuartz(quartz => quartz.ConfigureScheduler(options => options.InstanceName = Guid.NewGuid().ToString()))
            .BuildServiceProvider();
        _schedulers.Add(scheduler);
        IEdgeNetwork edge = new SimulatedEdgeNetwork(1, Key);
        edge = around?.Invoke(edge) ?? edge;
        var feed = new ActivationFeed();
        var memory = new ActivationMemory(this, Real);
        var lease = new DatabaseLease(this, Real);
        var ledger = new ActivationLedger(this, lease, memory, OutboxSignal, Real);
        var schedulers = scheduler.GetRequiredService<ISchedulerFactory>();
        var schedule = new RolloutSchedule(schedulers);
        var loop = new RolloutLoop(edge, ledger, feed, schedule, Simulated, Real, log ?? NullLogger<RolloutLoop>.Instance);
        var persistent = new PersistentFaultCache(this);
        var forecast = new TrafficForecast(this, NewGate(), Simulated);
        var desk = new ActivationDesk(
            this,
            edge,
            feed,
            new ActivationStart(
                edge,
                schedule,
                new SimulationSettings(1, 1),
                new PackageSigner(Key),
                forecast,
                memory,
                persistent,
                OutboxSignal,
                Real,
                Simulated
            ),
            memory,
            forecast,
            Real,
            Simulated
        );
        return new EngineNode(this, desk, feed, ledger, loop, schedulers)
        {
            PersistentFaults = persistent,
            Faults = new FaultDesk(this, edge, persistent, Real, Simulated),
            Lease = lease,
        };
    }

    /// <summary>Adds properties like the two, with so many hits/s.</summary>
    public async Task AddPropertiesAsync(IEnumerable<(long Id, double Hits)> properties)
    {
        await using var db = CreateDbContext();
        foreach (var (id, hits) in properties)
            AddProperty(db, id, $"www{id}.shop.example", hits);
        await db.SaveChangesAsync();
    }

    /// <summary>The activation with its history, as the database has it.</summary>
    public async Task<Activation> ReadAsync(long id)
    {
        await using var db = CreateDbContext();
        return await db.Activations.AsNoTracking().Include(a => a.History.OrderBy(row => row.Id)).SingleAsync(a => a.Id == id);
    }

    /// <summary>What end users ask of a property.</summary>
    public async Task<TrafficProfile> TrafficAsync(long property)
    {
        await using var db = CreateDbContext();
        return (await db.Properties.FindAsync(property))!.Traffic;
    }

    /// <summary>All activations with their histories, oldest first.</summary>
    public async Task<IReadOnlyList<Activation>> ReadAllAsync()
    {
        await using var db = CreateDbContext();
        return await db.Activations.AsNoTracking().Include(a => a.History.OrderBy(row => row.Id)).OrderBy(a => a.Id).ToListAsync();
    }

    /// <summary>Where simulated time stood when the database was written to last: a person who asks for something now asks at that instant.</summary>
    public async Task TakeUpTimeAsync()
    {
        await using var db = CreateDbContext();
        var passed = await db.Simulation.Select(s => s.Now).SingleAsync() - Simulated.GetUtcNow();
        Assert.True(passed >= TimeSpan.Zero, $"Simulated time went back by {-passed}.");
        Simulated.Advance(passed);
    }

    /// <summary>Looks at the database, which a process works at, until a number in it is as it is wanted.</summary>
    public async Task<long> WaitAsync(AppProcess app, string query, Func<long, bool> wanted)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Look);
        for (; ; await timer.WaitForNextTickAsync())
        {
            var found = (long)(await command.ExecuteScalarAsync())!;
            if (wanted(found))
                return found;
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Longest, $"'{query}' stays {found}.\n{app.Output}\n{app.Errors}");
        }
    }

    /// <summary>Lets go of the file: no connection of this process is open on it.</summary>
    public void LetGo()
    {
        using var db = CreateDbContext();
        SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
    }

    public async Task<IReadOnlyList<OutboxEvent>> ReadOutboxAsync()
    {
        await using var db = CreateDbContext();
        return await db.OutboxEvents.AsNoTracking().OrderBy(m => m.Id).ToListAsync();
    }

    /// <summary>A connection of another program to the same file.</summary>
    public async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Directory, "property-manager.db")};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var scheduler in _schedulers)
            await scheduler.DisposeAsync();
        LetGo();
        Key.Dispose();
        if (_owned)
            System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static DbContextOptions<AppDbContext> Options(string file, int patience, params IInterceptor[] interceptors) =>
        new DbContextOptionsBuilder<AppDbContext>()
            .UseApplicationServiceProvider(Services)
            .UseSqlite($"Data Source={file};Foreign Keys=True;Default Timeout={patience}")
            // As the application has it; whoever is to lose patience soon waits in no other way.
            .AddInterceptors(patience < 30 ? interceptors : [new SqlitePragmas(), .. interceptors])
            .Options;

    private static byte[] MakeTemplate()
    {
        var file = Path.GetTempFileName();
        using (var db = new AppDbContext(Options(file, 30)))
        {
            db.Database.Migrate();
            // Pages that migrations freed would be room on a disk that is full.
            db.Database.ExecuteSqlRaw("vacuum");
            db.Accounts.Add(new Account { Id = 1, Name = "Shop" });
            db.Groups.Add(
                new PropertyGroup
                {
                    Id = 1,
                    AccountId = 1,
                    Name = "Sites",
                    ContractId = "ctr_1",
                }
            );
            db.CpCodes.Add(
                new CpCode
                {
                    Id = 12345,
                    AccountId = 1,
                    GroupId = 1,
                    ContractId = "ctr_1",
                    ProductId = "prd_1",
                    Name = "shop",
                    CreatedAt = DateTimeOffset.UnixEpoch,
                }
            );
            AddProperty(db, Shop, "www.shop.example", 5_000);
            AddProperty(db, Blog, "blog.shop.example", 40);
            db.SaveChanges();
            SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
        }
        var bytes = File.ReadAllBytes(file);
        File.Delete(file);
        return bytes;
    }

    private static void AddProperty(AppDbContext db, long id, string name, double hits)
    {
        db.Properties.Add(
            new Property
            {
                Id = id,
                AccountId = 1,
                GroupId = 1,
                Name = name,
                ProductId = "prd_1",
                Traffic = new(
                    hits,
                    new Dictionary<string, double>(StringComparer.Ordinal) { ["US"] = 0.6, ["DE"] = 0.4 },
                    new(0.9, 0.06, 0.03, 0.01)
                ),
            }
        );
        db.EdgeHostnames.Add(
            new EdgeHostname
            {
                AccountId = 1,
                GroupId = 1,
                ContractId = "ctr_1",
                ProductId = "prd_1",
                Prefix = name,
                Suffix = "edgekey.net",
                CreatedAt = DateTimeOffset.UnixEpoch,
            }
        );
        for (var number = 1; number <= 4; number++)
        {
            db.Versions.Add(
                new PropertyVersion
                {
                    PropertyId = id,
                    Number = number,
                    RuleFormat = "v2025-10-16",
                    Author = "ann@shop.example",
                    UpdatedAt = DateTimeOffset.UnixEpoch,
                    Rules = """
                    {
                      "rules": {
                        "name": "default",
                        "behaviors": [
                          { "name": "origin", "options": { "originType": "CUSTOMER", "hostname": "origin.shop.example" } },
                          { "name": "cpCode", "options": { "value": { "id": 12345 } } }
                        ]
                      }
                    }
                    """,
                    Hostnames =
                    [
                        .. Enumerable
                            .Range(0, number == 4 ? 12 : 1)
                            .Select(host => new Hostname { CnameFrom = host == 0 ? name : $"h{host}.{name}", EdgeHostname = $"{name}.edgekey.net" }),
                    ],
                }
            );
        }
    }

    private static Dictionary<long, Role> Roles(Role role) => new() { [1] = role };
}

/// <summary>One engine: what a process runs.</summary>
internal sealed class EngineNode(
    EngineWorld world,
    ActivationDesk desk,
    ActivationFeed feed,
    ActivationLedger ledger,
    RolloutLoop loop,
    ISchedulerFactory schedulers
)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    private readonly ConcurrentDictionary<long, Task> _carried = new();

    public required PersistentFaultCache PersistentFaults { get; init; }
    public required FaultDesk Faults { get; init; }
    public required DatabaseLease Lease { get; init; }
    public ActivationDesk Desk => desk;
    public ActivationFeed Feed => feed;
    public ActivationLedger Ledger => ledger;
    public RolloutLoop Loop => loop;
    public ISchedulerFactory Schedulers => schedulers;

    /// <summary>What activating the version there would do; null where this person sees no such version.</summary>
    public async Task<ActivationPreview?> PreviewAsync(long propertyId, int version, Network network, Access by)
    {
        await using var db = world.CreateDbContext();
        var found = await FoundVersion.ReadAsync(db, propertyId, version, CancellationToken.None);
        if (found?.Version is null || !by.MayRead(found.Property))
            return null;
        var states = await NetworkStates.ReadAsync(db, propertyId, rulesOf: null, CancellationToken.None);
        var check = await VersionCheck.ReadAsync(db, found, states, by, CancellationToken.None);
        return check.Preview(network, states.GetValueOrDefault(network, NetworkState.Empty));
    }

    /// <summary>Asks for an activation, which has to be accepted, and carries it.</summary>
    public async Task<Activation> ActivateAsync(ActivationOrder order)
    {
        var answer = await desk.SubmitAsync(order, EngineWorld.Publisher, CancellationToken.None);
        Assert.Null(answer.Refusal);
        await CarryAsync(answer.Activation!.Id);
        return answer.Activation;
    }

    /// <summary>Asks for an activation and carries it to its end.</summary>
    public async Task<Activation> CompleteAsync(ActivationOrder order)
    {
        var activation = await ActivateAsync(order);
        return await RunAsync(activation.Id);
    }

    /// <summary>Carries the activation from the next tick on, as its job does.</summary>
    public Task Carry(long id) => _carried[id] = loop.CarryThroughAsync(id, CancellationToken.None);

    /// <summary>Carries the activation. Returns when the loop has it.</summary>
    public async Task CarryAsync(long id)
    {
        var carried = Carry(id);
        while (!carried.IsCompleted && feed.Find(id) is null)
        {
            await loop.TickAsync(CancellationToken.None);
            await Task.Yield();
        }
    }

    /// <summary>Moves time on and ticks once; at speed 1, as it were.</summary>
    public async Task TickAsync(double seconds = 1)
    {
        world.Simulated.Advance(TimeSpan.FromSeconds(seconds));
        world.Real.Advance(TimeSpan.FromSeconds(seconds));
        await loop.TickAsync(CancellationToken.None);
    }

    /// <summary>Carries the activation in place of whoever does, and ticks once.</summary>
    public async Task CarryAnewAsync(long id)
    {
        _ = Carry(id);
        await TickAsync();
    }

    /// <summary>Ticks until nobody carries the activation any more.</summary>
    public async Task TickUntilOverAsync(long id)
    {
        for (var took = TimeSpan.Zero; !_carried[id].IsCompleted; took += TimeSpan.FromSeconds(1))
        {
            Assert.True(took < Longest, "It goes on.");
            await TickAsync();
            await Task.Yield();
        }
    }

    /// <summary>Ticks for so many seconds, while something fails; how the activation is shown at their end.</summary>
    public async Task<ActivationProgress> FailAsync(long id, int seconds)
    {
        for (var second = 0; second < seconds; second++)
            await TickAsync();
        return feed.Find(id)!;
    }

    /// <summary>Ticks until the activation stands where it is wanted, or is over.</summary>
    /// <param name="seconds">Of simulated time a tick: many where nobody waits for something in between.</param>
    public async Task<Activation> RunAsync(long id, Func<ActivationProgress, bool>? until = null, double? seconds = null)
    {
        var stride = seconds ?? (until is null ? 120 : 5);
        for (var took = TimeSpan.Zero; feed.Find(id) is { } progress && until?.Invoke(progress) != true; took += TimeSpan.FromSeconds(stride))
        {
            Assert.True(took < Longest, $"It stands at {progress.Status.State} after {took}.");
            await TickAsync(stride);
        }
        if (feed.Find(id) is null)
            await _carried[id];
        return await world.ReadAsync(id);
    }

    /// <summary>Ticks until the activation is in a state.</summary>
    public Task<Activation> RunToAsync(long id, ActivationState state, double seconds = 1) =>
        RunAsync(id, progress => progress.Status.State == state, seconds);
}
