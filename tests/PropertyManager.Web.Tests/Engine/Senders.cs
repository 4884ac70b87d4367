using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>What sends e-mails, as files, and messages to webhooks, wherever they are.</summary>
internal sealed class Senders : IDisposable
{
    private readonly EngineWorld _world;
    private readonly WebhookPost _post;
    private readonly NoticeSender _notices;
    private readonly WebhookSender _webhooks;

    public Senders(EngineWorld world)
    {
        _world = world;
        var environment = new HostingEnvironment { EnvironmentName = "Development" };
        _post = new WebhookPost(environment, new EphemeralDataProtectionProvider(), world.Real);
        _webhooks = new WebhookSender(world, _post, world.Real, NullLogger<WebhookSender>.Instance);
        _notices = new NoticeSender(
            world,
            new OutboxFolder(Outbox),
            new ConfigurationBuilder().Build(),
            world.Real,
            NullLogger<NoticeSender>.Instance
        );
    }

    public string Outbox => Directory.CreateDirectory(Path.Combine(_world.Directory, "outbox")).FullName;

    public PropertyDesk Desk(VersionHeads heads) =>
        new(_world, heads, new ActivationMemory(_world, TimeProvider.System), _notices, _webhooks, _world.Real);

    /// <summary>A webhook of a Publisher's.</summary>
    public async Task AddWebhookAsync(long property, string url)
    {
        await using var db = _world.CreateDbContext();
        db.Users.Add(
            new AppUser
            {
                Id = "ann",
                Name = "Ann",
                Email = "ann@shop.example",
            }
        );
        db.RoleAssignments.Add(
            new RoleAssignment
            {
                UserId = "ann",
                GroupId = 1,
                Role = Role.Publisher,
            }
        );
        await db.SaveChangesAsync();
        var made = await new WebhookDesk(_world, _post, _world.Real).CreateAsync(url, property, new("ann", EngineWorld.Publisher), default);
        Assert.Null(made.Refusal);
    }

    public void Dispose()
    {
        _notices.Dispose();
        _webhooks.Dispose();
        _post.Dispose();
    }
}
