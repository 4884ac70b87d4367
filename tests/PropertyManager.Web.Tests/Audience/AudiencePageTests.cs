using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Features.Audience;
using PropertyManager.Web.Tests.Engine;
using PropertyManager.Web.Tests.Shell;

namespace PropertyManager.Web.Tests.Audience;

public sealed class AudiencePageTests : BunitContext, IAsyncLifetime
{
    private static readonly AudienceRequest Front = new(3, "/");
    private static readonly AudienceRequest Search = new(1, "/search?q=boots")
    {
        Method = "POST",
        Country = "JP",
        OriginStatus = 404,
    };

    private readonly EngineWorld _world = new();

    public Task InitializeAsync()
    {
        this.Serve(_world);
        Services.AddSingleton(new AudienceDesk(_world));
        return Task.CompletedTask;
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeComponentsAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public void Without_an_audience_the_front_page_of_each_hostname_is_shown_and_nothing_is_to_save()
    {
        var page = Open();

        Assert.Equal(12, page.FindAll("tbody tr").Count);
        Assert.Contains("The default", page.Markup, StringComparison.Ordinal);
        Assert.True(Button(page, "Save").HasAttribute("disabled"));
        Assert.True(Button(page, "Reset to default").HasAttribute("disabled"));
        Assert.Contains("United States 60%, Germany 40%", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_changed_in_its_row_and_stored_when_it_is_saved()
    {
        await StoreAsync(Front, Search);
        var page = Open();
        Assert.Equal(["75.0%", "25.0%"], page.FindAll("td[data-label=Share]").Select(share => share.TextContent), StringComparer.Ordinal);

        Button(page, "Edit POST /search?q=boots").Click();
        Field(page, "Weight").Input("9,5");
        Field(page, "Origin status").Input("");
        page.Find("form.request").Submit();
        Assert.Equal([Front, Search], await StoredAsync());
        Button(page, "Save").Click();

        page.WaitForAssertion(() => Assert.Contains("Saved.", page.Find(".pm-callout").TextContent, StringComparison.Ordinal));
        Assert.Equal([Front, Search with { Weight = 9.5, OriginStatus = null }], await StoredAsync());
        Assert.True(Button(page, "Save").HasAttribute("disabled"));
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_when_it_is_left_and_nothing_is_saved()
    {
        await StoreAsync(Front);
        var page = Open();
        Button(page, "Add a request").Click();

        Field(page, "Path and query").Input("search");
        Assert.Empty(page.FindAll("[aria-invalid=true]"));
        Field(page, "Path and query").Change("search");
        Assert.Equal("It starts with a slash, such as /search?q=boots.", Wrong(page));

        Button(page, "Save").Click();
        Assert.Equal([Front], await StoredAsync());
        Field(page, "Path and query").Input("/search");
        Assert.Empty(page.FindAll("[aria-invalid=true]"));
        Field(page, "Method").Input("get");
        Button(page, "Save").Click();

        page.WaitForAssertion(() => Assert.Contains("Saved.", page.Markup, StringComparison.Ordinal));
        Assert.Equal([Front, new AudienceRequest(1, "/search")], await StoredAsync());
    }

    [Fact]
    public async Task Requests_are_duplicated_and_removed_and_a_new_one_that_is_cancelled_is_gone()
    {
        await StoreAsync(Front, Search);
        var page = Open();

        Button(page, "Duplicate GET /").Click();
        Field(page, "Path and query").Input("/second");
        page.Find("form.request").Submit();
        Button(page, "Remove POST /search?q=boots").Click();
        Button(page, "Add a request").Click();
        Button(page, "Cancel").Click();
        Button(page, "Save").Click();

        page.WaitForAssertion(() => Assert.Contains("Saved.", page.Markup, StringComparison.Ordinal));
        Assert.Equal([Front, Front with { Path = "/second" }], await StoredAsync());
    }

    [Fact]
    public async Task The_default_is_stored_as_nothing_so_that_it_follows_the_hostnames()
    {
        await StoreAsync(Front);
        var page = Open();

        Button(page, "Reset to default").Click();
        Assert.Equal(12, page.FindAll("tbody tr").Count);
        Button(page, "Save").Click();

        page.WaitForAssertion(() => Assert.Contains("Saved.", page.Markup, StringComparison.Ordinal));
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task Discarding_goes_back_to_what_is_stored()
    {
        await StoreAsync(Front, Search);
        var page = Open();

        Button(page, "Remove GET /").Click();
        Assert.Single(page.FindAll("tbody tr"));
        Button(page, "Discard changes").Click();

        Assert.Equal(2, page.FindAll("tbody tr").Count);
        Assert.True(Button(page, "Save").HasAttribute("disabled"));
    }

    [Theory]
    [InlineData("Save mine over theirs", "/", true)]
    [InlineData("Show theirs, drop mine", "/theirs", false)]
    public async Task Where_somebody_else_saved_meanwhile_nothing_typed_is_lost_and_the_person_chooses(string choice, string path, bool saves)
    {
        await StoreAsync(Front, Search);
        var page = Open();
        Button(page, "Remove POST /search?q=boots").Click();
        await StoreAsync(new AudienceRequest(1, "/theirs"));

        Button(page, "Save").Click();
        page.WaitForAssertion(() => Assert.Contains("Somebody else changed it meanwhile", page.Markup, StringComparison.Ordinal));
        Assert.Equal(["/"], Paths(page), StringComparer.Ordinal);
        Assert.Equal("/theirs", Assert.Single(await StoredAsync()).Path);

        Button(page, choice).Click();
        page.WaitForAssertion(() => Assert.Equal([path], Paths(page), StringComparer.Ordinal));
        page.WaitForAssertion(() => Assert.Equal(saves, page.Markup.Contains("Saved.", StringComparison.Ordinal)));
        Assert.Equal(path, Assert.Single(await StoredAsync()).Path);
    }

    [Fact]
    public async Task A_viewer_reads()
    {
        await StoreAsync(Front with { Host = "old.shop.example" });
        await using (var db = _world.CreateDbContext())
        {
            db.RoleAssignments.Single(role => role.UserId == "ann").Role = Role.Viewer;
            await db.SaveChangesAsync();
        }
        this.SignIn(_world);

        var page = Open();

        Assert.Empty(page.FindAll("tbody button, .bar button"));
        Assert.Contains("Not in v4", page.Markup, StringComparison.Ordinal);
        Assert.Contains("you need the role Editor", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_can_be_added_than_an_audience_has()
    {
        await StoreAsync([.. Enumerable.Range(1, AudienceRequest.MaxCount).Select(i => new AudienceRequest(i, "/"))]);

        Assert.True(Button(Open(), "Add a request").HasAttribute("disabled"));
    }

    [Theory]
    [InlineData("1.5", "200", 1.5, 200)]
    [InlineData(" 2,25 ", " ", 2.25, null)]
    [InlineData("1e3", "OK", double.NaN, -1)]
    [InlineData("-1", "", double.NaN, null)]
    public void Numbers_are_read_as_people_type_them(string weight, string status, double expected, int? origin)
    {
        var request = new AudienceDraft { Weight = weight, OriginStatus = status }.Build();

        Assert.Equal((expected, origin), (request.Weight, request.OriginStatus));
    }

    [Theory]
    [InlineData(0.1239, "12.4%")]
    [InlineData(0.0001, "<0.1%")]
    [InlineData(1, "100.0%")]
    public void A_share_is_never_nothing(double share, string text) => Assert.Equal(text, AudienceText.Share(share));

    private IRenderedComponent<AudiencePage> Open()
    {
        var page = Render<AudiencePage>(p => p.Add(x => x.PropertyId, PublicId.Of(PublicId.Property, EngineWorld.Shop)));
        page.WaitForElement("tbody");
        return page;
    }

    private static IElement Button(IRenderedComponent<AudiencePage> page, string name) =>
        page.FindAll("button").Single(button => (button.GetAttribute("aria-label") ?? button.TextContent.Trim()) == name);

    private static IElement Field(IRenderedComponent<AudiencePage> page, string label) =>
        page.Find("#" + page.FindAll("form.request label").Single(each => each.TextContent == label).GetAttribute("for"));

    private static string Wrong(IRenderedComponent<AudiencePage> page) =>
        page.Find("#" + page.Find("[aria-invalid=true]").GetAttribute("aria-describedby")).TextContent;

    private static IEnumerable<string> Paths(IRenderedComponent<AudiencePage> page) =>
        page.FindAll("td[data-label=Path]").Select(path => path.TextContent.Trim());

    private async Task StoreAsync(params AudienceRequest[] audience)
    {
        await using var db = _world.CreateDbContext();
        (await db.Properties.FindAsync(EngineWorld.Shop))!.Audience = audience;
        await db.SaveChangesAsync();
    }

    private async Task<IReadOnlyList<AudienceRequest>> StoredAsync()
    {
        await using var db = _world.CreateDbContext();
        return (await db.Properties.FindAsync(EngineWorld.Shop))!.Audience;
    }
}
