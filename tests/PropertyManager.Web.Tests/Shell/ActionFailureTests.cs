using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Outbox;
using PropertyManager.Web.Features.Activate;
using PropertyManager.Web.Features.ApiClients;
using PropertyManager.Web.Features.Audience;
using PropertyManager.Web.Features.Editor.Edit;
using PropertyManager.Web.Features.Fleet;
using PropertyManager.Web.Features.Properties;
using PropertyManager.Web.Features.Webhooks;
using PropertyManager.Web.Shell.Parts;
using PropertyManager.Web.Tests.Engine;

namespace PropertyManager.Web.Tests.Shell;

/// <summary>What a person asks for fails: they are told why, nothing that they typed is lost, and trying again does it once.</summary>
public sealed class ActionFailureTests : BunitContext
{
    private const string Failed = "The disk of the database reports an error";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FailingDatabase _database = new();

    [Fact]
    public async Task An_activation_while_another_program_has_locked_the_database()
    {
        await using var world = new EngineWorld(patience: 1);
        this.Serve(world);
        var page = OpenForm();
        page.WaitForElement("textarea", Patience).Input("half a note");
        page.Find("#" + page.Find("label[for^=emails]").GetAttribute("for")).Input("ops@shop.example");
        await using (await LockAsync(world))
        {
            page.Find("form.order").Submit();
            page.WaitForElement("dialog .hosts", Patience);
            Button(page, "Activate v2 on Staging", "dialog").Click();

            var alert = page.WaitForElement("[role=alert]", Patience).TextContent;
            Assert.Contains("Another program has locked the database", alert, StringComparison.Ordinal);
            Assert.Equal("half a note", page.Find("textarea").GetAttribute("value"));
            Assert.Equal("ops@shop.example", page.Find("input[id^=emails]").GetAttribute("value"));
            Assert.False(page.Find("button[form]").HasAttribute("disabled"));
        }
        Button(page, "Try again").Click();

        page.WaitForElement(".running", Patience);
        await using var db = world.CreateDbContext();
        Assert.Equal("half a note", (await db.Activations.SingleAsync()).Intent.Note);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_cancellation()
    {
        await using var world = new EngineWorld(interceptors: _database);
        var node = this.Serve(world);
        var activation = await node.ActivateAsync(new(EngineWorld.Shop, 2, Network.Staging));
        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, activation.Id)));
        page.WaitForElement(".running", Patience);
        _database.FailsAt = "UPDATE \"Activations\"";
        Button(page, "Cancel").Click();
        page.WaitForElement("dialog h2", Patience);
        Button(page, "Yes, cancel", "dialog").Click();

        Assert.Contains(Failed, page.WaitForElement("[role=alert]", Patience).TextContent, StringComparison.Ordinal);
        Assert.False(Button(page, "Cancel").HasAttribute("disabled"));
        _database.FailsAt = null;
        Button(page, "Try again").Click();

        page.WaitForAssertion(() => Assert.Contains("It is being cancelled.", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal("ann@shop.example", (await world.ReadAsync(activation.Id)).Intent.CancelRequestedBy);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_new_API_client()
    {
        await using var world = new EngineWorld(interceptors: _database);
        this.Serve(world);
        var access = new AccessReader(world);
        var callers = new ApiCallers(world, access, new AccessChanges(), new EphemeralDataProtectionProvider(), TimeProvider.System);
        Services.AddSingleton(new ApiClientDesk(world, access, callers, TimeProvider.System));
        Services.AddSingleton<IServer, Nowhere>();
        var page = Render<ApiClientsPage>();
        page.WaitForElement("h1", Patience);
        Button(page, "New API client").Click();
        page.Find("form input").Input("Deploy");
        _database.FailsAt = "INSERT INTO \"ApiClients\"";
        page.Find("form").Submit();

        Assert.Contains(Failed, page.WaitForElement("[role=alert]", Patience).TextContent, StringComparison.Ordinal);
        Assert.Equal("Deploy", page.Find("form input").GetAttribute("value"));
        _database.FailsAt = null;
        Button(page, "Try again").Click();

        page.WaitForElement("#new-key", Patience);
        await using var db = world.CreateDbContext();
        Assert.Equal("Deploy", (await db.ApiClients.SingleAsync()).Name);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_new_webhook()
    {
        await using var world = new EngineWorld(interceptors: _database);
        this.Serve(world);
        Services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Development });
        Services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        Services.AddSingleton<WebhookClient>();
        Services.AddSingleton(world.OutboxSignal);
        Services.AddSingleton<WebhookDesk>();
        var page = Render<WebhooksPage>();
        page.WaitForElement("#url", Patience).Input("https://hooks.example/a");
        _database.FailsAt = "INSERT INTO \"Webhooks\"";
        page.Find("form").Submit();

        Assert.Contains(Failed, page.WaitForElement("[role=alert]", Patience).TextContent, StringComparison.Ordinal);
        Assert.Equal("https://hooks.example/a", page.Find("#url").GetAttribute("value"));
        _database.FailsAt = null;
        Button(page, "Try again").Click();

        page.WaitForElement(".secret code", Patience);
        await using var db = world.CreateDbContext();
        Assert.Equal("https://hooks.example/a", (await db.Webhooks.SingleAsync()).Url);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_change_of_the_audience()
    {
        await using var world = new EngineWorld(interceptors: _database);
        this.Serve(world);
        Services.AddSingleton(new AudienceDesk(world));
        var page = Render<AudiencePage>(p => p.Add(x => x.PropertyId, PublicId.Of(PublicId.Property, EngineWorld.Shop)));
        page.WaitForElement("tbody", Patience);
        Button(page, "Add a request").Click();
        page.Find("form.request input.pm-mono").Input("/search");
        _database.FailsAt = "UPDATE \"Properties\"";
        Button(page, "Save").Click();

        Assert.Contains(Failed, page.WaitForElement("[role=alert]", Patience).TextContent, StringComparison.Ordinal);
        Assert.Contains("/search", page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Contains("Changes are not saved yet.", page.Markup, StringComparison.Ordinal);
        _database.FailsAt = null;
        Button(page, "Try again").Click();

        page.WaitForAssertion(() => Assert.Contains("Saved.", page.Markup, StringComparison.Ordinal), Patience);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_change_in_the_editor()
    {
        await using var world = new EngineWorld(interceptors: _database);
        this.Serve(world);
        var page = OpenEditor();
        Button(page, "Add Rule").Click();
        page.Find("#rule-name").Input("Geo-block");
        _database.FailsAt = "UPDATE \"Versions\"";
        Button(page, "Save").Click();

        Assert.Contains(Failed, page.WaitForElement("[role=alert]", Patience).TextContent, StringComparison.Ordinal);
        Assert.Equal("Geo-block", page.Find("#rule-name").GetAttribute("value"));
        _database.FailsAt = null;
        Button(page, "Try again").Click();

        page.WaitForAssertion(() => Assert.Contains("All changes are saved", page.Markup, StringComparison.Ordinal), Patience);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_version_that_is_made_is_not_made_again_where_only_its_draft_stays()
    {
        await using var world = new EngineWorld(interceptors: _database);
        var node = this.Serve(world);
        var page = OpenEditor();
        Button(page, "Add Rule").Click();
        page.Find("#rule-name").Input("Geo-block");
        await node.ActivateAsync(new(EngineWorld.Shop, 2, Network.Staging));
        Button(page, "Save").Click();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[role=alert] button")), Patience);
        await using var db = world.CreateDbContext();
        var before = await db.Versions.CountAsync(v => v.PropertyId == EngineWorld.Shop);

        _database.FailsAt = "DELETE FROM \"Drafts\"";
        Button(page, "Save as a new version").Click();

        var navigation = Services.GetRequiredService<NavigationManager>();
        await page.PollAsync(() => navigation.Uri.EndsWith($"versions/{before + 1}/edit", StringComparison.Ordinal));
        Assert.Equal(before + 1, await db.Versions.CountAsync(v => v.PropertyId == EngineWorld.Shop));
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_persistent_fault()
    {
        await using var world = new EngineWorld(interceptors: _database);
        this.Serve(world, mayDemonstrate: true);
        var page = Render<SimulationPage>();
        page.WaitForElement("#property", Patience).Input("www.shop.example");
        page.Find("form input[inputmode=decimal]").Input("12");
        _database.FailsAt = "INSERT INTO \"StandingFaults\"";
        page.Find("form").Submit();

        Assert.Contains(Failed, page.WaitForElement("form [role=alert]", Patience).TextContent, StringComparison.Ordinal);
        Assert.Equal("www.shop.example", page.Find("#property").GetAttribute("value"));
        Assert.Equal("12", page.Find("form input[inputmode=decimal]").GetAttribute("value"));
        Assert.False(page.Find("form button[type=submit]").HasAttribute("disabled"));
        _database.FailsAt = null;
        Button(page, "Try again").Click();

        page.WaitForAssertion(
            () => Assert.StartsWith("5xx on 12% of the hits", page.Find("tbody th").TextContent, StringComparison.Ordinal),
            Patience
        );
        Assert.Empty(page.FindAll("[role=alert]"));
        await using var db = world.CreateDbContext();
        Assert.Equal(EngineWorld.Shop, (await db.StandingFaults.SingleAsync()).PropertyId);
        await DisposeComponentsAsync();
    }

    /// <param name="failsAt">Setting it fails, or only reading afterwards what is set.</param>
    [Theory]
    [InlineData("UPDATE \"Activations\"")]
    [InlineData("\"a\".\"Id\" = @id\n")]
    public async Task A_preset_of_a_running_activation(string failsAt)
    {
        await using var world = new EngineWorld(interceptors: _database);
        var node = this.Serve(world, mayDemonstrate: true);
        var activation = await node.ActivateAsync(new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true));
        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, activation.Id)));
        page.WaitForElement(".trouble .presets button", Patience);
        page.Find(".trouble input[inputmode=decimal]").Input("12");
        _database.FailsAt = failsAt;
        await page.InvokeAsync(() => page.Find(".trouble .presets button").Click());

        Assert.Contains(Failed, page.WaitForElement(".trouble [role=alert]", Patience).TextContent, StringComparison.Ordinal);
        Assert.Equal("12", page.Find(".trouble input[inputmode=decimal]").GetAttribute("value"));
        Assert.False(page.Find(".trouble .presets button").HasAttribute("disabled"));
        _database.FailsAt = null;
        Button(page, "Try again").Click();

        page.WaitForAssertion(
            () => Assert.StartsWith("Set: ", page.Find(".trouble [role=status]").TextContent.Trim(), StringComparison.Ordinal),
            Patience
        );
        Assert.Single(page.FindAll(".trouble .faults li"));
        Assert.Equal("12", page.Find(".trouble input[inputmode=decimal]").GetAttribute("value"));
        Assert.Single((await world.ReadAsync(activation.Id)).Intent.Faults);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_choice_of_what_an_import_is_based_on()
    {
        await using var world = new EngineWorld(interceptors: _database);
        this.Serve(world);
        Services.AddSingleton<VersionImport>();
        var page = Render<ImportPage>(p => p.Add(x => x.PropertyId, PublicId.Of(PublicId.Property, EngineWorld.Shop)));
        page.WaitForElement("#file", Patience);
        var file = InputFileContent.CreateFromText("""{ "rules": { "name": "default", "behaviors": [] } }""", "rules.json");
        page.FindComponent<InputFile>().UploadFiles(file);
        page.WaitForElement("#notes", Patience).Change("half a note");
        _database.FailsAt = "FROM \"Versions\"";
        page.Find("#based-on").Change("1");

        Assert.Contains(Failed, page.WaitForElement("[role=alert]", Patience).TextContent, StringComparison.Ordinal);
        Assert.Equal("half a note", page.Find("#notes").GetAttribute("value"));
        Assert.True(page.Find("#based-on option[value='1']").HasAttribute("selected"));
        _database.FailsAt = null;
        Button(page, "Try again").Click();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=alert]")), Patience);
        Assert.Equal("half a note", page.Find("#notes").GetAttribute("value"));
        await DisposeComponentsAsync();
    }

    private IRenderedComponent<ActivatePage> OpenForm()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(Links.Activate(EngineWorld.Shop, 2) + "?network=staging");
        return Render<ActivatePage>(p => p.Add(x => x.PropertyId, PublicId.Of(PublicId.Property, EngineWorld.Shop)).Add(x => x.Version, 2));
    }

    private IRenderedComponent<EditPage> OpenEditor()
    {
        var page = Render<EditPage>(p => p.Add(x => x.PropertyId, PublicId.Of(PublicId.Property, EngineWorld.Shop)).Add(x => x.Version, 2));
        page.WaitForElement("h1", Patience);
        return page;
    }

    private static IElement Button<T>(IRenderedComponent<T> page, string text, string within = "")
        where T : IComponent => page.FindAll($"{within} button").First(button => button.TextContent.Trim() == text);

    /// <summary>Another program writes to the database, until the result is disposed of.</summary>
    private static async Task<SqliteConnection> LockAsync(EngineWorld world)
    {
        var other = await world.ConnectAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "begin exclusive";
        await command.ExecuteNonQueryAsync();
        return other;
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
