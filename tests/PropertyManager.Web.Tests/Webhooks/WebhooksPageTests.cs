using System.Data.Common;
using Bunit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Outbox;
using PropertyManager.Web.Features.Webhooks;
using PropertyManager.Web.Shell.Parts;
using PropertyManager.Web.Tests.Engine;
using PropertyManager.Web.Tests.Shell;

namespace PropertyManager.Web.Tests.Webhooks;

public sealed class WebhooksPageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_webhook_is_made_with_a_secret_that_is_shown_once_and_deleted()
    {
        await using var world = new EngineWorld();
        Serve(world);
        var page = Render<WebhooksPage>();
        page.WaitForElement("#url", Patience).Input("hooks.example");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("#url").GetAttribute("aria-invalid")), Patience);
        page.Find("#url").Input("https://hooks.example/a");
        Assert.False(page.Find("#url").HasAttribute("aria-invalid"));
        page.Find("#property").Input("nobody.example");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("#property").GetAttribute("aria-invalid")), Patience);
        Assert.Contains("No webhooks", page.Markup, StringComparison.Ordinal);

        page.Find("#property").Input("www.shop.example");
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.StartsWith("whsec_", page.Find(".secret code").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("https://hooks.example/a", page.Find("h2.url").TextContent);
        await using (var db = world.CreateDbContext())
            Assert.Equal(("ann", EngineWorld.Shop), ((await db.Webhooks.SingleAsync()).UserId, (await db.Webhooks.SingleAsync()).PropertyId));
        page.FindAll("button").Single(button => button.TextContent == "I have it").Click();
        Assert.Empty(page.FindAll(".secret"));

        page.FindAll("button").Single(button => button.TextContent == "Disable").Click();
        page.WaitForAssertion(
            () => Assert.Contains("Disabled", page.Find("header").NextElementSibling!.ParentElement!.TextContent, StringComparison.Ordinal),
            Patience
        );
        page.FindAll("button").Single(button => button.TextContent == "Delete…").Click();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("dialog button")), Patience);
        page.FindAll("dialog button").Single(button => button.TextContent == "Yes, delete it").Click();
        page.WaitForAssertion(() => Assert.Contains("No webhooks", page.Markup, StringComparison.Ordinal), Patience);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_test_says_what_became_of_it()
    {
        await using var world = new EngineWorld();
        Serve(world);
        await AddWebhookAsync();
        var page = Render<WebhooksPage>();

        page.WaitForElement("h2.url", Patience);
        page.FindAll("button").Single(button => button.TextContent == "Send a test").Click();

        page.WaitForAssertion(() => Assert.Contains("The test was not received.", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains("No connection", page.Markup, StringComparison.Ordinal);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_second_webhook_leaves_the_first_one_s_secret_until_it_is_dismissed()
    {
        await using var world = new EngineWorld();
        Serve(world);
        var page = Render<WebhooksPage>();
        List<string> shown = [];
        foreach (var address in new[] { "https://hooks.example/a", "https://hooks.example/b" })
        {
            page.WaitForElement("#url", Patience).Input(address);
            page.Find("form").Submit();
            page.WaitForAssertion(() => Assert.Equal(shown.Count + 1, page.FindAll(".secret code").Count), Patience);
            shown.Add(page.FindAll(".secret code")[^1].TextContent);
        }

        Assert.Equal(shown, page.FindAll(".secret code").Select(secret => secret.TextContent), StringComparer.Ordinal);
        Assert.Equal(2, shown.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("https://hooks.example/a", page.FindAll(".pm-callout")[0].TextContent, StringComparison.Ordinal);
        page.FindAll("button").First(button => button.TextContent == "I have it").Click();
        Assert.Equal([shown[1]], page.FindAll(".secret code").Select(secret => secret.TextContent), StringComparer.Ordinal);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_webhook_that_the_application_disabled_says_why_and_how_it_is_enabled_again()
    {
        await using var world = new EngineWorld();
        Serve(world);
        await AddWebhookAsync();
        await using (var db = world.CreateDbContext())
        {
            var now = world.Real.GetUtcNow();
            await db.Webhooks.ExecuteUpdateAsync(set =>
                set.SetProperty(w => w.DisabledAt, now).SetProperty(w => w.DisabledReason, "It answered with 500.")
            );
        }
        var page = Render<WebhooksPage>();

        var callout = page.WaitForElement(".pm-callout", Patience).TextContent;
        Assert.Contains("It answered with 500.", callout, StringComparison.Ordinal);
        Assert.Contains("press Enable", callout, StringComparison.Ordinal);
        page.FindAll("button").Single(button => button.TextContent == "Enable").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".pm-callout")), Patience);
        await using (var db = world.CreateDbContext())
            Assert.Equal((null, null), ((await db.Webhooks.SingleAsync()).DisabledAt, (await db.Webhooks.SingleAsync()).DisabledReason));
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_webhook_that_fails_says_since_when_and_why()
    {
        await using var world = new EngineWorld();
        Serve(world);
        await AddWebhookAsync();
        await using (var db = world.CreateDbContext())
        {
            var now = world.Real.GetUtcNow();
            await db
                .OutboxReceivers.Where(r => r.WebhookId != null)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(r => r.FailingSince, now).SetProperty(r => r.RetryAt, now).SetProperty(r => r.Problem, "It answered with 500.")
                );
        }
        var page = Render<WebhooksPage>();

        var callout = page.WaitForElement(".pm-callout", Patience).TextContent;
        Assert.Contains("It does not receive at present", callout, StringComparison.Ordinal);
        Assert.Contains("It answered with 500.", callout, StringComparison.Ordinal);
        await DisposeComponentsAsync();
    }

    [Theory]
    [InlineData(DeliveryState.Pending, 0, "Waiting", null)]
    [InlineData(DeliveryState.Pending, 1, "Will be tried again", "It answered with 500. Tried once.")]
    [InlineData(DeliveryState.GivenUp, 8, "Given up", "It answered with 500. Tried 8 times.")]
    [InlineData(DeliveryState.Skipped, 0, "Not sent", "It answered with 500.")]
    [InlineData(DeliveryState.Delivered, 0, "Received", null)]
    public void A_message_says_how_it_stands(DeliveryState state, int failures, string outcome, string? problem)
    {
        var line = new DeliveryLine(
            1,
            "activation.live",
            1,
            DateTimeOffset.UnixEpoch,
            state,
            null,
            failures,
            problem is null ? null : "It answered with 500.",
            null
        );

        Assert.Equal(outcome, WebhooksText.Outcome(line).Text);
        Assert.Equal(problem, WebhooksText.Problem(line));
    }

    [Fact]
    public async Task Messages_are_listed_with_what_became_of_them()
    {
        await using var world = new EngineWorld();
        var node = Serve(world);
        await AddWebhookAsync();
        var activation = await node.ActivateAsync(new(EngineWorld.Shop, 2, Network.Staging, Acknowledged: true));
        await using (var db = world.CreateDbContext())
        {
            var now = world.Real.GetUtcNow();
            var receiver = await db.OutboxReceivers.SingleAsync(r => r.WebhookId != null);
            db.OutboxDeliveries.Add(
                new OutboxDelivery
                {
                    EventId = (await db.OutboxEvents.SingleAsync()).Id,
                    ReceiverId = receiver.Id,
                    Recipient = "",
                    CreatedAt = now,
                    NextAttemptAt = now,
                }
            );
            await db.SaveChangesAsync();
        }

        var page = Render<WebhooksPage>();

        var row = page.WaitForElement("tbody tr", Patience);
        Assert.Equal("Started", row.QuerySelector("th")!.TextContent);
        Assert.Equal(Links.Activation(activation.Id), row.QuerySelector("a")!.GetAttribute("href"));
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_database_that_is_away_for_a_moment_ends_no_look()
    {
        var trouble = new Away();
        await using var world = new EngineWorld(interceptors: trouble);
        Serve(world);
        Services.AddSingleton<TimeProvider>(world.Real);
        var page = Render<WebhooksPage>();
        page.WaitForElement("#url", Patience);
        trouble.IsOn = true;
        world.Real.Advance(TimeSpan.FromSeconds(5));
        await page.PollAsync(() => trouble.Refused > 0);
        trouble.IsOn = false;
        await AddWebhookAsync();

        world.Real.Advance(TimeSpan.FromSeconds(5));

        page.WaitForElement("h2.url", Patience);
        await DisposeComponentsAsync();
    }

    private EngineNode Serve(EngineWorld world)
    {
        var node = this.Serve(world, mayDemonstrate: false);
        Services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Development" });
        Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        Services.AddSingleton<WebhookClient>();
        Services.AddSingleton(world.OutboxSignal);
        Services.AddSingleton<WebhookDesk>();
        return node;
    }

    private async Task AddWebhookAsync()
    {
        var desk = Services.GetRequiredService<WebhookDesk>();
        var made = await desk.CreateAsync("http://127.0.0.1:1/", null, new("ann", EngineWorld.Publisher), CancellationToken.None);
        Assert.Null(made.Refusal);
    }

    /// <summary>Reads nothing while it is on.</summary>
    private sealed class Away : DbCommandInterceptor
    {
        private volatile int _refused;

        public volatile bool IsOn;

        public int Refused => _refused;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            if (!IsOn)
                return ValueTask.FromResult(result);
            Interlocked.Increment(ref _refused);
            throw new SqliteException("The database is locked.", 5);
        }
    }
}
