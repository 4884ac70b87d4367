using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Outbox;
using PropertyManager.Web.Engine.Sessions;
using PropertyManager.Web.Features.Properties;
using PropertyManager.Web.Shell.Parts;
using PropertyManager.Web.Tests.Engine;
using Xunit.Abstractions;

namespace PropertyManager.Web.Tests.Shell;

/// <summary>What a page costs the database: to open it, and to leave it open while an activation runs.</summary>
public sealed class PageCommandsTests(ITestOutputHelper output) : BunitContext
{
    /// <summary>Of one load; the person's rights are two more.</summary>
    private const int MostToOpen = 6;

    /// <summary>While an activation starts, runs and ends; the person's rights, read at its start and end, are four more.</summary>
    private const int MostToWatch = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly ActivationOrder Production = new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true);
    private static readonly string Shop = PublicId.Of(PublicId.Property, EngineWorld.Shop);

    private static readonly string[] Opened =
    [
        "groups",
        "groups?filter=shop&sort=-production&page=1",
        $"properties/{Shop}",
        $"properties/{Shop}?tab=history",
        $"properties/{Shop}?tab=history&status=inactive&sort=version&page=9",
        $"properties/{Shop}/import",
        $"properties/{Shop}/audience",
        $"properties/{Shop}/compare/1/2?view=xml",
        $"properties/{Shop}/versions/2",
        $"properties/{Shop}/versions/2/xml",
        $"properties/{Shop}/versions/2/diff/1",
        $"properties/{Shop}/versions/2/try?url=https%3A%2F%2Fwww.shop.example%2F",
        $"properties/{Shop}/versions/2/try?url=https%3A%2F%2Fwww.shop.example%2F&against=4",
        $"properties/{Shop}/versions/2/activate",
        $"properties/{Shop}/versions/3/activate",
        $"properties/{Shop}/versions/3/activate?network=production",
        $"properties/{Shop}/versions/3/edit",
        "activations/atv_1",
        "activations/atv_2",
        "activations/atv_3",
        "activations/atv_4",
        // Of these commands, the control of the speed reads the rights again.
        "simulation",
        "account/api-clients",
        "account/webhooks",
    ];

    public static TheoryData<string> Addresses => new(Opened);

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_page_is_opened_with_few_commands(string address)
    {
        var commands = new SentCommands();
        await using var world = new EngineWorld(interceptors: commands);
        var node = this.Serve(world, mayDemonstrate: true);
        ServeRest(world);
        // Its clock stands still, so that the rights of one page are read once however slow the machine is.
        using var sessions = new SessionService(world, new AccessReader(world), world.AccessChanges, world.Real);
        Services.AddSingleton(sessions);
        // Version 1 was active before version 2, which is; 4 was canceled, 3 runs on staging.
        await node.CompleteAsync(Production with { Version = 1 });
        await node.CompleteAsync(Production);
        var canceled = await node.ActivateAsync(Production with { Version = 4 });
        await node.Desk.CancelAsync(canceled.Id, EngineWorld.Publisher, CancellationToken.None);
        await node.RunAsync(canceled.Id);
        var running = await node.ActivateAsync(Production with { Version = 3, Network = Network.Staging });
        await node.TickAsync();
        Assert.Equal((1L, 4L), (running.Id - 3, running.Id));
        await AddWebhooksAsync(world, count: 5);
        commands.Take();
        var access = await Services.GetRequiredService<CurrentAccess>().ReadAsync(CancellationToken.None);
        var rights = commands.Take().Count;
        Assert.True(access.MayDemonstrate);
        world.AccessChanges.Publish("ann"); // so the page reads them again

        var page = OpenPage(address);
        page.WaitForElement(LastShown(address), Patience);

        var sent = commands.Take();
        output.WriteLine($"{address}: {sent.Count - rights} commands and {rights} for the rights");
        Assert.Empty(page.FindAll(".pm-skeleton, [role=alert]"));
        SentCommands.AssertAtMost(MostToOpen + rights, sent, address);
        await DisposeComponentsAsync();
    }

    [Fact]
    public void Every_page_that_reads_is_opened()
    {
        // These read nothing.
        string[] others = ["Home", "LoginPage", "DeniedPage", "ErrorPage", "NotFound", "StatusPage", "Forbidden"];
        var opened = Opened.Select(Find).ToHashSet();

        var missing = typeof(GroupsPage)
            .Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(RouteAttribute), inherit: false) && !opened.Contains(type))
            .Select(type => type.Name);

        Assert.Empty(missing.Except(others, StringComparer.Ordinal));
    }

    public static TheoryData<string> Watched =>
        [
            "groups",
            $"properties/{Shop}",
            $"properties/{Shop}?tab=history",
            $"properties/{Shop}/versions/2",
            $"properties/{Shop}/versions/2/activate",
            "activations/atv_2",
        ];

    [Theory]
    [MemberData(nameof(Watched))]
    public async Task Whoever_watches_an_activation_adds_few_commands_to_it(string address)
    {
        var (engine, viewer, rights) = (new SentCommands(), new SentCommands(), new SentCommands());
        int alone;
        await using (var quiet = new EngineWorld(interceptors: engine))
        {
            var unwatched = quiet.StartNode();
            await unwatched.CompleteAsync(Production with { Version = 1 });
            alone = await RunAsync(unwatched, engine, _ => { });
        }
        // The same again, with somebody who looks.
        await using var world = new EngineWorld(interceptors: engine);
        await using var forViewer = new EngineWorld(world.Directory, interceptors: viewer);
        await using var forRights = new EngineWorld(world.Directory, interceptors: rights);
        var node = this.Serve(world);
        Services.AddSingleton<IDbContextFactory<AppDbContext>>(forViewer);
        Services.AddSingleton(new AccessReader(forRights));
        await node.CompleteAsync(Production with { Version = 1 });

        IRenderedComponent<Router> page = null!;
        List<string> reads = [];
        var watched = await RunAsync(
            node,
            engine,
            when =>
            {
                if (when.Moment == Moment.Submitted)
                {
                    page = OpenPage(address.Replace("atv_2", PublicId.Of(PublicId.Activation, when.Id), StringComparison.Ordinal));
                    page.WaitForElement("h1", Patience);
                    Drop(viewer, rights);
                    return;
                }
                page.WaitForAssertion(() => Assert.Contains(Expected(address, when.Moment), Text(page), StringComparison.Ordinal), Patience);
                output.WriteLine($"{address}, {when.Moment}: {viewer.Count} commands, {rights.Count} for rights so far");
                reads.AddRange(viewer.Take());
            }
        );

        Assert.Equal(alone, watched);
        SentCommands.AssertAtMost(MostToWatch, reads, $"One who watches {address}");
        var perRead = rights.Take().Count(text => text.Contains("\"AspNetUsers\"", StringComparison.Ordinal));
        Assert.InRange(perRead, 0, 2);
        await DisposeComponentsAsync();
        Assert.Equal(0, node.Feed.Watchers);
    }

    /// <summary>Runs an activation to its end, a second a tick; how many commands the engine sent for it.</summary>
    private static async Task<int> RunAsync(EngineNode node, SentCommands engine, Action<(long Id, Moment Moment)> at)
    {
        var answer = await node.Desk.SubmitAsync(Production, EngineWorld.Publisher, CancellationToken.None);
        Assert.Null(answer.Refusal);
        var id = answer.Activation!.Id;
        at((id, Moment.Submitted));
        engine.Take();
        await node.CarryAsync(id);
        await node.RunToAsync(id, ActivationState.World, seconds: 5);
        var sent = engine.Take().Count;
        at((id, Moment.World));
        engine.Take();
        await node.RunAsync(id, seconds: 5);
        sent += engine.Take().Count;
        at((id, Moment.Ended));
        return sent;
    }

    private static string Expected(string address, Moment moment) =>
        (moment, address) switch
        {
            (Moment.World, _) => "Pending - Full Rollout",
            (_, "groups") => "v2",
            (_, "activations/atv_2") => "Fast Fallback to last active version",
            _ when address.EndsWith("/activate", StringComparison.Ordinal) => "Diff Against v1",
            _ when address.EndsWith("/versions/2", StringComparison.Ordinal) => "Active on production",
            _ => "Active",
        };

    /// <summary>Returns a selector of what a page shows only when everything has been read.</summary>
    private static string LastShown(string address) =>
        address switch
        {
            "account/webhooks" => ".pm-panel:nth-of-type(5) tbody tr",
            _ when address.EndsWith("?network=production", StringComparison.Ordinal) => ".impact-view",
            _ => "h1",
        };

    /// <summary>Adds webhooks of the person who looks, each with a delivery of every event so far.</summary>
    private static async Task AddWebhooksAsync(EngineWorld world, int count)
    {
        await using var db = world.CreateDbContext();
        var now = world.Real.GetUtcNow();
        for (var number = 1; number <= count; number++)
            db.Webhooks.Add(
                new Webhook
                {
                    UserId = "ann",
                    Url = $"https://hooks.example/{number}",
                    ProtectedSecret = "",
                    CreatedAt = now,
                    Receiver = new OutboxReceiver(),
                }
            );
        await db.SaveChangesAsync();
        var events = await db.OutboxEvents.Select(told => told.Id).ToListAsync();
        foreach (var receiver in await db.OutboxReceivers.Where(receiver => receiver.WebhookId != null).ToListAsync())
            db.OutboxDeliveries.AddRange(
                events.Select(told => new OutboxDelivery
                {
                    EventId = told,
                    ReceiverId = receiver.Id,
                    Recipient = "",
                    CreatedAt = now,
                    NextAttemptAt = now,
                })
            );
        await db.SaveChangesAsync();
    }

    private static string Text(IRenderedComponent<Router> page) => string.Join(' ', page.Nodes.Select(node => node.TextContent));

    private static void Drop(params SentCommands[] commands) => Array.ForEach(commands, sent => sent.Take());

    private IRenderedComponent<Router> OpenPage(string address)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<Router>(router =>
            router
                .Add(r => r.AppAssembly, typeof(GroupsPage).Assembly)
                .Add(
                    r => r.Found,
                    route =>
                        builder =>
                        {
                            builder.OpenComponent<RouteView>(0);
                            builder.AddAttribute(1, nameof(RouteView.RouteData), route);
                            builder.CloseComponent();
                        }
                )
        );
    }

    private Type Find(string address)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        Type? page = null;
        Render<Router>(router =>
            router
                .Add(r => r.AppAssembly, typeof(GroupsPage).Assembly)
                .Add(
                    r => r.Found,
                    route =>
                    {
                        page = route.PageType;
                        return _ => { };
                    }
                )
        );
        return page!;
    }

    private void ServeRest(EngineWorld world)
    {
        Services.AddSingleton<IServer, Nowhere>();
        Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        Services.AddSingleton(world.AccessChanges);
        Services.AddSingleton<ApiCallers>();
        Services.AddSingleton<ApiClientDesk>();
        Services.AddSingleton(new AudienceDesk(world));
        Services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Development" });
        Services.AddSingleton<WebhookClient>();
        Services.AddSingleton(world.OutboxSignal);
        Services.AddSingleton<WebhookDesk>();
        Services.AddSingleton<VersionImport>();
    }

    private enum Moment
    {
        Submitted,
        World,
        Ended,
    }

    private sealed class Nowhere : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() { }
    }
}
