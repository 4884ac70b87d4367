using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

public sealed class PropertyDeskTests : IAsyncDisposable
{
    private static readonly PropertyOrder Order = new("new.shop.example", "prd_SPM", "ctr_1", 1);

    private readonly EngineWorld _world = new();
    private readonly Senders _senders;
    private readonly PropertyDesk _desk;

    public PropertyDeskTests()
    {
        _senders = new(_world);
        _desk = _senders.Desk(new VersionHeads(_world, TimeProvider.System));
    }

    public async ValueTask DisposeAsync()
    {
        _senders.Dispose();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task What_happened_last_is_told_before_the_property_goes()
    {
        using var receiver = new HttpListener();
        var port = FreePort();
        receiver.Prefixes.Add($"http://127.0.0.1:{port}/");
        receiver.Start();
        ConcurrentQueue<string?> told = [];
        var receiving = ReceiveAsync();
        var node = _world.StartNode();
        await node.CompleteAsync(new(EngineWorld.Shop, 1, Network.Staging, Acknowledged: true));
        // What has happened by now is over when the webhook is made.
        await _senders.SendAsync();
        await _senders.AddWebhookAsync(EngineWorld.Shop, $"http://127.0.0.1:{port}/");
        var off = await node.Desk.DeactivateAsync(EngineWorld.Shop, Network.Staging, "", "ops@shop.example", EngineWorld.Publisher, default);
        await RunAsync(node, off);

        Assert.Null(await _desk.DeleteAsync(EngineWorld.Shop, EngineWorld.Publisher, default));

        receiver.Stop();
        await receiving;
        Assert.Equal(["activation.started", "activation.completed"], told, StringComparer.Ordinal);
        var mails = await Task.WhenAll(Directory.GetFiles(_senders.Outbox, "*.eml").Select(file => File.ReadAllTextAsync(file)));
        Assert.Single(mails, mail => mail.Contains("deactivation on staging completed", StringComparison.Ordinal));

        async Task ReceiveAsync()
        {
            try
            {
                while (true)
                {
                    var context = await receiver.GetContextAsync();
                    told.Enqueue((string?)(await JsonNode.ParseAsync(context.Request.InputStream))!["event"]);
                    context.Response.Close();
                }
            }
            catch (HttpListenerException)
            {
                // It was stopped.
            }
            catch (ObjectDisposedException)
            {
                // The same.
            }
        }
    }

    [Fact]
    public async Task Whoever_does_not_answer_keeps_no_property()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await _senders.AddWebhookAsync(EngineWorld.Shop, $"http://{silent.LocalEndpoint}/");
        var node = _world.StartNode();
        await node.CompleteAsync(new(EngineWorld.Shop, 1, Network.Staging, Acknowledged: true));
        await RunAsync(node, await node.Desk.DeactivateAsync(EngineWorld.Shop, Network.Staging, "", "", EngineWorld.Publisher, default));

        var deleting = _desk.DeleteAsync(EngineWorld.Shop, EngineWorld.Publisher, default);
        using var taken = await silent.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(deleting.IsCompleted);
        _world.Real.Advance(TimeSpan.FromSeconds(5));

        Assert.Null(await deleting);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [Fact]
    public async Task A_new_property_lacks_nothing_but_what_its_maker_has_to_name()
    {
        var (id, refusal) = await _desk.CreateAsync(Order, EngineWorld.Editor, default);

        Assert.Null(refusal);
        await using var db = _world.CreateDbContext();
        var property = await db.Properties.SingleAsync(p => p.Id == id);
        var version = await db.Versions.Include(v => v.Hostnames).SingleAsync(v => v.PropertyId == id);
        Assert.Equal((1L, "new.shop.example", 200d), (property.AccountId, property.Name, property.Traffic.HitsPerSecond));
        Assert.Equal(
            1,
            property.Traffic.Mix.Ok2xx + property.Traffic.Mix.Redirect3xx + property.Traffic.Mix.ClientError4xx + property.Traffic.Mix.ServerError5xx,
            6
        );
        Assert.Equal((1, 1, false, "eve@shop.example"), (version.Number, version.Revision, version.IsLocked, version.Author));
        var content = VersionView.ContentOf(version);
        var errors = RuleTreeValidator
            .Validate(content.Rules, [new("new.shop.example", "new.shop.example.edgekey.net")])
            .Where(m => m.Severity == Severity.Error);
        Assert.All(errors, error => Assert.Matches("^/rules/behaviors/[01](/|$)", error.Pointer));
    }

    [Fact]
    public async Task A_new_property_can_be_activated_once_its_origin_is_named()
    {
        var (id, _) = await _desk.CreateAsync(
            Order with
            {
                From = new(EngineWorld.Shop, 1, VersionEtag.Of(EngineWorld.Shop, 1, 1), WithHostnames: true),
            },
            EngineWorld.Editor,
            default
        );

        var activation = await _world.StartNode().CompleteAsync(new(id!.Value, 1, Network.Production, Acknowledged: true));

        Assert.Equal(ActivationState.Active, activation.Status.State);
    }

    [Fact]
    public async Task A_clone_may_keep_a_product_that_is_not_sold_any_more()
    {
        var (id, refusal) = await _desk.CreateAsync(
            Order with
            {
                ProductId = "prd_1",
                From = new(EngineWorld.Shop, 1, null, WithHostnames: false),
            },
            EngineWorld.Editor,
            default
        );

        Assert.Null(refusal);
        await using var db = _world.CreateDbContext();
        Assert.Equal("prd_1", (await db.Properties.SingleAsync(p => p.Id == id)).ProductId);
    }

    [Fact]
    public async Task Of_ten_who_take_a_name_at_once_one_has_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => _desk.CreateAsync(Order, EngineWorld.Editor, default))));

        Assert.Single(answers, answer => answer.Id is not null);
        Assert.All(answers.Where(answer => answer.Id is null), answer => Assert.Equal("name-taken", answer.Refusal?.Code));
        await using var db = _world.CreateDbContext();
        Assert.Equal(1, await db.Properties.CountAsync(p => p.Name == Order.Name));
    }

    [Fact]
    public async Task What_may_not_be_made_is_refused()
    {
        Assert.Equal("not-found", await RefusedAsync(Order, Access.None));
        Assert.Equal("not-permitted", await RefusedAsync(Order, new("vic@shop.example", Only(Role.Viewer), IsSupport: false, MayDemonstrate: false)));
        Assert.Equal("not-permitted", await RefusedAsync(Order, new("sam@shop.example", Only(null), IsSupport: true, MayDemonstrate: true)));
        Assert.Equal("not-found", await RefusedAsync(Order with { ContractId = "ctr_2" }, EngineWorld.Editor));
        Assert.Equal("not-found", await RefusedAsync(Order with { GroupId = 2 }, EngineWorld.Editor));
        Assert.Equal("name-invalid", await RefusedAsync(Order with { Name = "new shop" }, EngineWorld.Editor));
        Assert.Equal("name-invalid", await RefusedAsync(Order with { Name = "shop\n" }, EngineWorld.Editor));
        Assert.Equal("name-invalid", await RefusedAsync(Order with { Name = "" }, EngineWorld.Editor));
        Assert.Equal("name-invalid", await RefusedAsync(Order with { Name = new string('a', 86) }, EngineWorld.Editor));
        Assert.Equal("product-unknown", await RefusedAsync(Order with { ProductId = "Fresca" }, EngineWorld.Editor));
        Assert.Equal("product-unknown", await RefusedAsync(Order with { ProductId = "prd_1" }, EngineWorld.Editor));
        Assert.Equal("rule-format-unknown", await RefusedAsync(Order with { RuleFormat = "v1999-01-01" }, EngineWorld.Editor));
        Assert.Equal("not-found", await RefusedAsync(Order with { From = new(EngineWorld.Shop, 9, null, false) }, EngineWorld.Editor));
        Assert.Equal("etag-conflict", await RefusedAsync(Order with { From = new(EngineWorld.Shop, 1, "0", false) }, EngineWorld.Editor));
        await using var db = _world.CreateDbContext();
        Assert.Equal(2, await db.Properties.CountAsync());
    }

    [Fact]
    public async Task What_runs_or_is_active_keeps_its_property()
    {
        var node = _world.StartNode();
        var activation = await node.ActivateAsync(new(EngineWorld.Shop, 1, Network.Staging, Acknowledged: true));

        var pending = await _desk.DeleteAsync(EngineWorld.Shop, EngineWorld.Publisher, default);
        await node.RunAsync(activation.Id);
        var active = await _desk.DeleteAsync(EngineWorld.Shop, EngineWorld.Publisher, default);

        Assert.Equal(("property-active", "property-active"), (pending?.Code, active?.Code));
        Assert.StartsWith("Something is under way on staging", pending!.Message, StringComparison.Ordinal);
        Assert.Contains("deactivate it there first", active!.Message, StringComparison.Ordinal);
        await using var db = _world.CreateDbContext();
        Assert.Equal(4, await db.Versions.CountAsync(v => v.PropertyId == EngineWorld.Shop));
    }

    [Fact]
    public async Task Of_deleting_and_activating_at_once_one_comes_first_and_the_other_is_told()
    {
        var node = _world.StartNode();
        for (var round = 0; round < 5; round++)
        {
            var clone = Order with { From = new(EngineWorld.Shop, 1, null, WithHostnames: true) };
            var (id, _) = await _desk.CreateAsync(clone, EngineWorld.Publisher, default);
            var order = new ActivationOrder(id!.Value, 1, Network.Staging, Acknowledged: true);

            var deleting = Task.Run(() => _desk.DeleteAsync(id.Value, EngineWorld.Publisher, default));
            var activating = Task.Run(() => node.Desk.SubmitAsync(order, EngineWorld.Publisher, default));
            var (kept, answer) = (await deleting, await activating);

            Assert.Equal(kept is null ? "not-found" : null, answer.Refusal?.Code);
            await using var db = _world.CreateDbContext();
            Assert.Equal(kept is not null, await db.Properties.AnyAsync(p => p.Id == id));
            if (kept is null)
                continue;
            await node.CarryAsync(answer.Activation!.Id);
            await node.RunAsync(answer.Activation.Id);
            await RunAsync(node, await node.Desk.DeactivateAsync(id.Value, Network.Staging, "", "", EngineWorld.Publisher, default));
            Assert.Null(await _desk.DeleteAsync(id.Value, EngineWorld.Publisher, default));
        }
    }

    [Theory]
    [InlineData("Activations")]
    [InlineData("Hostnames")]
    public async Task What_is_deleted_while_it_is_looked_at_is_not_there(string before)
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        using var senders = new Senders(world);
        var desk = senders.Desk(new VersionHeads(world, TimeProvider.System));
        var node = world.StartNode();
        var clone = Order with { From = new(EngineWorld.Shop, 1, null, WithHostnames: true) };
        var (id, _) = await desk.CreateAsync(clone, EngineWorld.Publisher, default);
        var kept = new Refusal("never-asked", "");
        meanwhile.BeforeQuery(before, async () => kept = (await desk.DeleteAsync(id!.Value, EngineWorld.Publisher, default))!);

        var answer = await node.Desk.SubmitAsync(new(id!.Value, 1, Network.Staging, Acknowledged: true), EngineWorld.Publisher, default);

        Assert.Null(kept);
        Assert.Equal(("not-found", null), (answer.Refusal?.Code, answer.Preview));
    }

    [Fact]
    public async Task Who_may_not_publish_deletes_nothing()
    {
        Assert.Equal("not-permitted", (await _desk.DeleteAsync(EngineWorld.Shop, EngineWorld.Editor, default))?.Code);
        Assert.Equal("not-found", (await _desk.DeleteAsync(EngineWorld.Shop, Access.None, default))?.Code);
        Assert.Equal("not-found", (await _desk.DeleteAsync(99, EngineWorld.Publisher, default))?.Code);
    }

    [Fact]
    public async Task A_property_goes_with_everything_of_it_and_nothing_of_others()
    {
        var node = _world.StartNode();
        await node.CompleteAsync(new(EngineWorld.Blog, 1, Network.Staging, Acknowledged: true) { NotifyEmails = "ann@shop.example" });
        await node.CompleteAsync(new(EngineWorld.Shop, 1, Network.Production, Acknowledged: true) { NotifyEmails = "ann@shop.example" });
        var second = await node.CompleteAsync(new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true));
        var fallback = await node.Desk.FastFallbackAsync(second.Id, EngineWorld.Publisher, default);
        await RunAsync(node, fallback);
        await RunAsync(node, await node.Desk.DeactivateAsync(EngineWorld.Shop, Network.Production, "", "", EngineWorld.Publisher, default));
        await AddRowsAsync(EngineWorld.Shop, fallback.Activation!.Id);
        var before = await CountsAsync();

        var refusal = await _desk.DeleteAsync(EngineWorld.Shop, EngineWorld.Publisher, default);

        Assert.Null(refusal);
        var left = await CountsAsync();
        Assert.All(before.Zip(left), pair => Assert.True(pair.Second < pair.First, $"{string.Join(' ', before)} → {string.Join(' ', left)}"));
        await using var db = _world.CreateDbContext();
        Assert.Equal([EngineWorld.Blog], await db.Properties.Select(p => p.Id).ToListAsync());
        Assert.Equal(4, await db.Versions.CountAsync());
        var blog = await db.Activations.SingleAsync();
        Assert.NotEmpty(await db.ActivationEvents.Where(e => e.ActivationId == blog.Id).ToListAsync());
        Assert.NotEmpty(await db.OutboxEvents.Where(m => m.ActivationId == blog.Id).ToListAsync());
        Assert.Equal(1, await db.Packages.CountAsync());
    }

    private static async Task RunAsync(EngineNode node, ActivationAnswer answer)
    {
        Assert.Null(answer.Refusal);
        await node.CarryAsync(answer.Activation!.Id);
        await node.RunAsync(answer.Activation.Id);
    }

    private static Dictionary<long, Role> Only(Role? role) => role is { } given ? new() { [1] = given } : [];

    private async Task<string?> RefusedAsync(PropertyOrder order, Access by)
    {
        var (id, refusal) = await _desk.CreateAsync(order, by, default);
        Assert.Null(id);
        return refusal?.Code;
    }

    private async Task AddRowsAsync(long property, long activation)
    {
        await using var db = _world.CreateDbContext();
        db.Users.Add(
            new AppUser
            {
                Id = "ann",
                Email = "ann@shop.example",
                Name = "Ann",
            }
        );
        db.Drafts.Add(
            new VersionDraft
            {
                PropertyId = property,
                Version = 3,
                By = "ann@shop.example",
                Revision = 1,
                Base = "",
                Document = "",
                UpdatedAt = default,
            }
        );
        db.StandingFaults.Add(
            new StandingFault
            {
                PropertyId = property,
                Fault = new Fault(FaultKind.ServerErrors, 0.1, TimeSpan.Zero),
                By = "ann@shop.example",
                At = default,
            }
        );
        var webhook = new Webhook
        {
            UserId = "ann",
            PropertyId = property,
            Url = "https://hook.example",
            ProtectedSecret = "",
            CreatedAt = default,
            Receiver = new OutboxReceiver(),
        };
        var everything = new Webhook
        {
            UserId = "ann",
            Url = "https://all.example",
            ProtectedSecret = "",
            CreatedAt = default,
            Receiver = new OutboxReceiver(),
        };
        db.Webhooks.AddRange(webhook, everything);
        await db.SaveChangesAsync();
        var live = Event(activation, null);
        var disabled = Event(null, webhook.Id);
        db.OutboxEvents.AddRange(live, disabled);
        await db.SaveChangesAsync();
        db.OutboxDeliveries.AddRange(
            Delivery(live.Id, webhook.Receiver.Id),
            Delivery(live.Id, everything.Receiver.Id),
            Delivery(disabled.Id, OutboxReceiver.Mail)
        );
        await db.SaveChangesAsync();

        static OutboxEvent Event(long? activation, long? webhook) =>
            new()
            {
                Name = "activation.live",
                ActivationId = activation,
                WebhookId = webhook,
                Subject = "",
                Text = "",
                Body = "{}",
                At = default,
                ExpandedAt = default(DateTimeOffset),
            };

        static OutboxDelivery Delivery(long id, long receiver) =>
            new()
            {
                EventId = id,
                ReceiverId = receiver,
                Recipient = "",
                CreatedAt = default,
                NextAttemptAt = default,
            };
    }

    private async Task<int[]> CountsAsync()
    {
        await using var db = _world.CreateDbContext();
        return
        [
            await db.Properties.CountAsync(),
            await db.Versions.CountAsync(),
            await db.Hostnames.CountAsync(),
            await db.Drafts.CountAsync(),
            await db.Activations.CountAsync(),
            await db.ActivationEvents.CountAsync(),
            await db.Packages.CountAsync(),
            await db.OutboxEvents.CountAsync(),
            await db.StandingFaults.CountAsync(),
            await db.Webhooks.CountAsync(),
            await db.OutboxReceivers.CountAsync(),
            await db.OutboxDeliveries.CountAsync(),
        ];
    }
}
