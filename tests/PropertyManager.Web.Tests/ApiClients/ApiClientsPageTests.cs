using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Features.ApiClients;
using PropertyManager.Web.Tests.Engine;
using PropertyManager.Web.Tests.Shell;

namespace PropertyManager.Web.Tests.ApiClients;

public sealed class ApiClientsPageTests : BunitContext, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly EngineWorld _world = new();
    private ApiClientDesk _desk = null!;

    public Task InitializeAsync()
    {
        this.Serve(_world);
        var access = new AccessReader(_world);
        _desk = new ApiClientDesk(
            _world,
            access,
            new ApiCallers(_world, access, _world.AccessChanges, new EphemeralDataProtectionProvider(), TimeProvider.System),
            TimeProvider.System
        );
        Services.AddSingleton(_desk);
        Services.AddSingleton<IServer, Nowhere>();
        return Task.CompletedTask;
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeComponentsAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task A_client_is_made_and_its_secret_is_shown_until_the_person_has_it()
    {
        var page = Open();
        Assert.Contains("No API client yet", page.Markup, StringComparison.Ordinal);

        Button(page, "New API client").Click();
        Label(page, "Only read every change is refused").Change(true);
        page.Find("form").Submit();
        Assert.Equal("Give it a name that says what it is for.", page.Find(".pm-field .pm-field-error").TextContent);
        page.Find("input[aria-invalid=true]").Input("Deploy");
        Assert.Empty(page.FindAll("[aria-invalid=true]"));
        page.Find("form").Submit();

        page.WaitForElement("#new-key", Patience);
        var made = Assert.Single(await _desk.ListAsync("ann", default));
        Assert.Equal(("Deploy", true), (made.Name, made.IsReadOnly));
        var values = page.FindAll("dl code").Select(code => code.TextContent).ToList();
        Assert.Equal(["localhost", made.AccessToken, made.Keys[0].ClientToken], values[1..]);
        var file = page.Find("a[download]").GetAttribute("href")!.Split("base64,")[1];
        Assert.Contains(values[0], System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(file)), StringComparison.Ordinal);
        Assert.Contains("Reads only", page.Markup, StringComparison.Ordinal);

        Button(page, "I have it").Click();
        Assert.DoesNotContain(values[0], page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_are_chosen_or_all_are_meant()
    {
        var page = Open();
        Button(page, "New API client").Click();
        page.Find("form input").Input("Deploy");
        Label(page, "Only chosen groups, with those under them").Change(true);
        page.Find("form").Submit();
        Assert.StartsWith("Choose at least one group", page.Find("fieldset .pm-field-error").TextContent, StringComparison.Ordinal);

        page.Find("input[type=checkbox]").Change(true);
        Assert.True(page.Find("fieldset .pm-field-error").HasAttribute("hidden"));
        page.Find("form").Submit();

        page.WaitForElement("#new-key", Patience);
        Assert.Equal([1L], Assert.Single(await _desk.ListAsync("ann", default)).Groups);

        Button(page, "Edit Deploy").Click();
        Label(page, "All groups that you see").Change(true);
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("form")), Patience);
        Assert.Empty(Assert.Single(await _desk.ListAsync("ann", default)).Groups);
    }

    [Fact]
    public async Task A_key_is_replaced_and_revoking_says_what_it_means_first()
    {
        await _desk.CreateAsync("ann", new ApiClientWish("Deploy", IsReadOnly: false, Groups: null), default);
        var page = Open();
        Button(page, "Revoke key " + (await _desk.ListAsync("ann", default))[0].Keys[0].ClientToken).Click();
        page.WaitForAssertion(() => Assert.Contains("the last key of Deploy", page.Find("dialog").TextContent, StringComparison.Ordinal), Patience);
        Button(page, "Keep it").Click();

        Button(page, "New key for Deploy").Click();
        page.WaitForElement("#new-key", Patience);
        Button(page, "New key for Deploy").Click();
        page.WaitForAssertion(
            () => Assert.Contains("has 2 keys that work", page.Find("[role=alert]").TextContent, StringComparison.Ordinal),
            Patience
        );

        var old = (await _desk.ListAsync("ann", default))[0].Keys[^1];
        Button(page, $"Revoke key {old.ClientToken}").Click();
        page.WaitForAssertion(
            () => Assert.Contains("Deploy keeps its other key", page.Find("dialog").TextContent, StringComparison.Ordinal),
            Patience
        );
        Button(page, "Yes, revoke it").Click();
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody button")), Patience);
        Assert.Equal(1, (await _desk.ListAsync("ann", default))[0].WorkingKeys);

        Button(page, "Revoke Deploy").Click();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("dialog button")), Patience);
        Button(page, "Yes, revoke it").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("tbody button")), Patience);
        Assert.NotNull((await _desk.ListAsync("ann", default))[0].RevokedAt);
    }

    [Fact]
    public async Task Two_clicks_at_once_make_one_key()
    {
        var key = (await _desk.CreateAsync("ann", new ApiClientWish("Deploy", IsReadOnly: false, Groups: null), default)).Key!;
        await _desk.RevokeKeyAsync("ann", key.ClientId, (await _desk.ListAsync("ann", default))[0].Keys[0].Id, default);
        var page = Open();
        var panel = page.FindComponent<ApiClientPanel>();
        var click = panel.Instance.AddKey;

        await page.InvokeAsync(() => Task.WhenAll(click.InvokeAsync(), click.InvokeAsync()));
        await page.InvokeAsync(click.InvokeAsync);

        Assert.Equal(1, (await _desk.ListAsync("ann", default))[0].WorkingKeys);
        Assert.False(Button(page, "New key for Deploy").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Revoking_says_what_goes_on_and_what_stops()
    {
        await _desk.CreateAsync("ann", new ApiClientWish("Deploy", IsReadOnly: false, Groups: null), default);

        var said = ApiClientText.RevokeClient(Assert.Single(await _desk.ListAsync("ann", default)));

        Assert.Contains("Activations that it began go on; bulk requests stop.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_window_has_revoked_is_said_and_shown()
    {
        var key = (await _desk.CreateAsync("ann", new ApiClientWish("Deploy", IsReadOnly: false, Groups: null), default)).Key!;
        var page = Open();
        await _desk.RevokeAsync("ann", key.ClientId, default);

        Button(page, "New key for Deploy").Click();

        page.WaitForAssertion(() => Assert.Contains("is revoked", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Empty(page.FindAll("[aria-label='New key for Deploy']"));
    }

    [Fact]
    public void Groups_stand_under_the_nearest_that_is_seen()
    {
        PropertyGroup[] groups =
        [
            Group(3, 2, "Shop"),
            Group(2, 1, "Retail"),
            // Its parent is not seen.
            Group(5, 4, "Bank"),
            Group(6, 2, "Blog"),
        ];

        Assert.Equal(
            [(5, "Bank"), (2, "Retail"), (6, "Retail › Blog"), (3, "Retail › Shop")],
            GroupChoice.Of(groups).Select(choice => (choice.Id, choice.Path))
        );
    }

    private IRenderedComponent<ApiClientsPage> Open()
    {
        var page = Render<ApiClientsPage>();
        page.WaitForElement("h1", Patience);
        return page;
    }

    private static IElement Button(IRenderedComponent<ApiClientsPage> page, string name) =>
        page.FindAll("button").First(button => (button.GetAttribute("aria-label") ?? button.TextContent.Trim()) == name);

    private static IElement Label(IRenderedComponent<ApiClientsPage> page, string text) =>
        page.FindAll("label").Single(label => label.TextContent.Trim() == text).QuerySelector("input")!;

    private static PropertyGroup Group(long id, long parent, string name) =>
        new()
        {
            Id = id,
            AccountId = 1,
            ParentId = parent,
            Name = name,
            ContractId = "ctr_1",
        };

    /// <summary>A server that listens nowhere, as a test's does.</summary>
    private sealed class Nowhere : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() { }
    }
}
