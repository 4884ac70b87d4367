using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Outbox;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>The outbox of a world: its dispatcher sends e-mails, as files where no server is given, and messages to webhooks, wherever they are.</summary>
internal sealed class Senders : IDisposable
{
    private readonly EngineWorld _world;
    private readonly OutboxExpander _expander;

    /// <param name="world">Whose events are sent, in its real time.</param>
    /// <param name="mail">Null: e-mails become files.</param>
    /// <param name="logs">Takes what the outbox logs.</param>
    public Senders(EngineWorld world, MailSettings? mail = null, ILoggerFactory? logs = null)
    {
        _world = world;
        logs ??= NullLoggerFactory.Instance;
        Client = NewClient(world.Real, "Development");
        Webhooks = new WebhookDesk(world, Client, world.OutboxSignal, world.Real);
        _expander = new OutboxExpander(world, world.Real);
        var email = new EmailChannel(mail ?? new MailSettings(), new OutboxFolder(Outbox), world.Real)
        {
            CertificateCheck = (_, certificate, _, _) => certificate is not null,
        };
        Dispatcher = new OutboxDispatcher(
            world,
            _expander,
            new DeliveryRunner(world, email, new WebhookChannel(world, Client), world.Real, logs.CreateLogger<DeliveryRunner>()),
            new OutboxHousekeeping(world, world.Real),
            world.OutboxSignal,
            world.Real,
            logs.CreateLogger<OutboxDispatcher>()
        );
    }

    public WebhookClient Client { get; }

    public WebhookDesk Webhooks { get; }

    public OutboxDispatcher Dispatcher { get; }

    /// <summary>Where e-mails become files.</summary>
    public string Outbox => Directory.CreateDirectory(Path.Combine(_world.Directory, "outbox")).FullName;

    public static WebhookClient NewClient(TimeProvider time, string environment) =>
        new(new HostingEnvironment { EnvironmentName = environment }, new EphemeralDataProtectionProvider(), time);

    /// <summary>Expands what is new, and sends what is due until nothing more is.</summary>
    public async Task SendAsync()
    {
        do await Dispatcher.DispatchAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        while (await IsDueAsync());
    }

    /// <summary>All deliveries, the oldest first.</summary>
    public async Task<IReadOnlyList<OutboxDelivery>> DeliveriesAsync()
    {
        await using var db = _world.CreateDbContext();
        return await db.OutboxDeliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync();
    }

    /// <summary>Looks at the deliveries until they are as they are wanted.</summary>
    public async Task WaitAsync(Func<IReadOnlyList<OutboxDelivery>, bool> wanted)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!wanted(await DeliveriesAsync()))
            await timer.WaitForNextTickAsync(patience.Token);
    }

    public PropertyDesk Desk(VersionHeads heads) =>
        new(_world, heads, new ActivationMemory(_world, TimeProvider.System), new PersistentFaultCache(_world), Dispatcher, _world.Real);

    /// <summary>Somebody with an e-mail address.</summary>
    /// <param name="id">Also what stands before <c>@shop.example</c>.</param>
    /// <param name="hasRole">A Publisher; otherwise of no group.</param>
    /// <param name="isSupport">Of support staff.</param>
    public async Task AddPersonAsync(string id, bool hasRole = true, bool isSupport = false)
    {
        await using var db = _world.CreateDbContext();
        db.Users.Add(
            new AppUser
            {
                Id = id,
                Name = id,
                UserName = id,
                Email = $"{id}@shop.example",
                IsSupport = isSupport,
            }
        );
        if (hasRole)
            db.RoleAssignments.Add(
                new RoleAssignment
                {
                    UserId = id,
                    GroupId = 1,
                    Role = Role.Publisher,
                }
            );
        await db.SaveChangesAsync();
    }

    /// <summary>A webhook of a Publisher's.</summary>
    public async Task AddWebhookAsync(long property, string url)
    {
        await AddPersonAsync("ann");
        var made = await Webhooks.CreateAsync(url, property, new("ann", EngineWorld.Publisher), default);
        Assert.Null(made.Refusal);
    }

    public void Dispose()
    {
        Dispatcher.Dispose();
        _expander.Dispose();
        Client.Dispose();
    }

    private async Task<bool> IsDueAsync()
    {
        var now = _world.Real.GetUtcNow();
        await using var db = _world.CreateDbContext();
        return await db.OutboxReceivers.AnyAsync(r => r.DueAt <= now) || await db.OutboxEvents.AnyAsync(e => e.ExpandedAt == null);
    }
}
