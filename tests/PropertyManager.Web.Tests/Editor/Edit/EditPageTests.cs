using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Tests;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Features.Editor.Edit;
using PropertyManager.Web.Tests.Engine;
using PropertyManager.Web.Tests.Shell;

namespace PropertyManager.Web.Tests.Editor.Edit;

/// <summary>The editor on a real database, as a person uses it.</summary>
public sealed class EditPageTests : BunitContext, IAsyncLifetime
{
    private readonly EngineWorld _world = new();

    private readonly EngineNode _node;

    // Time stands still: messages and drafts come in no test that does not wait for them.
    public EditPageTests()
    {
        _node = this.Serve(_world);
        Services.AddSingleton<TimeProvider>(new ManualTimeProvider(DateTimeOffset.UnixEpoch));
    }

    private VersionDesk Desk => Services.GetRequiredService<VersionDesk>();

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task A_rule_is_made_by_forms_and_saved()
    {
        var page = Open(2);

        Button(page, "Add Rule").Click();
        page.Find("#rule-name").Input("Geo-block");
        Button(page, "Add Criterion").Click();
        page.Find("[aria-label='Search criteria']").Input("location");
        Choice(page, "userLocation").Click();
        page.Find("#criterion-0-countryValues").Input("US\nDE");
        Button(page, "Add Behavior").Click();
        Choice(page, "denyAccess").Click();
        Button(page, "Save").Click();

        page.WaitForAssertion(() => Assert.Contains("All changes are saved", page.Markup, StringComparison.Ordinal));
        var rule = RuleTreeJson.Parse((await ReadAsync(2)).Rules).Value!.Default.Children[0];
        Assert.Equal(
            ("Geo-block", "userLocation", "US DE", "denyAccess"),
            (rule.Name, rule.Criteria[0].Name, string.Join(' ', rule.Criteria[0].Options.Texts("countryValues")), rule.Behaviors[0].Name)
        );
    }

    [Fact]
    public async Task Changes_come_back_after_the_page_was_left_and_go_when_they_are_discarded()
    {
        Services.AddSingleton(TimeProvider.System);
        var page = Open(2);
        page.Find("#version-notes").Input("Half a thought");
        page.WaitForAssertion(() => Assert.Contains("kept as your draft", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(5));

        var again = Open(2);

        Assert.Contains("Your unsaved changes are back", again.Markup, StringComparison.Ordinal);
        Assert.Equal("Half a thought", again.Find("#version-notes").GetAttribute("value"));
        Button(again, "Discard changes").Click();
        again.WaitForElement("dialog .pm-button--danger").Click();
        again.WaitForAssertion(() => Assert.Equal("", again.Find("#version-notes").GetAttribute("value")));
        await again.PollAsync(() => DraftOf(2) is null);
        Assert.Equal("", (await ReadAsync(2)).Notes);
    }

    [Fact]
    public async Task Half_a_thought_comes_back_as_text_and_is_not_saved()
    {
        Services.AddSingleton(TimeProvider.System);
        var page = Open(2);
        Button(page, "Add Rule").Click();
        page.Find("#rule-name").Input("");
        page.Find("#version-notes").Input("Kept beside it");
        page.WaitForAssertion(() => Assert.Contains("kept as your draft", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(5));

        Button(page, "Save").Click();
        page.WaitForAssertion(() => Assert.Contains("Not saved</", page.Markup, StringComparison.Ordinal));
        var again = Open(2);

        Assert.Contains("Your unsaved changes are back", again.Markup, StringComparison.Ordinal);
        Assert.Contains("The JSON cannot be read yet", again.Markup, StringComparison.Ordinal);
        Assert.Equal("Kept beside it", again.Find("#version-notes").GetAttribute("value"));
        Assert.Equal(1, (await ReadAsync(2)).Revision);
    }

    [Fact]
    public async Task Whoever_saves_second_sees_both_sides_and_goes_on_with_both()
    {
        var page = Open(2);
        page.Find("#version-notes").Input("Mine");
        await ChangeMeanwhileAsync(content =>
            content with
            {
                Hostnames = [.. content.Hostnames, new("new.shop.example", "new.shop.example.edgekey.net")],
            }
        );

        Button(page, "Save").Click();
        page.WaitForAssertion(() => Assert.Contains("Added: hostname new.shop.example", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Changed: notes", page.Markup, StringComparison.Ordinal);
        Assert.Equal("", (await ReadAsync(2)).Notes);
        Button(page, "Go on with both").Click();
        Button(page, "Save").Click();

        page.WaitForAssertion(() => Assert.Contains("All changes are saved", page.Markup, StringComparison.Ordinal));
        var saved = await ReadAsync(2);
        Assert.Equal(("Mine", 3), (saved.Notes, saved.Revision));
        Assert.Contains(saved.Hostnames, hostname => hostname.CnameFrom == "new.shop.example");
    }

    [Fact]
    public async Task Mine_becomes_a_version_of_its_own_where_both_touched_the_same()
    {
        var page = Open(2);
        page.Find("#version-notes").Input("Mine");
        await ChangeMeanwhileAsync(content => content with { Note = "Theirs" });

        Button(page, "Save").Click();
        page.WaitForAssertion(() => Assert.Contains("meanwhile", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Go on with both", page.Markup.Replace("“Go on with both”", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Button(page, "Save mine as a new version").Click();

        await page.PollAsync(() => Services.GetRequiredService<NavigationManager>().Uri.EndsWith("/versions/5/edit", StringComparison.Ordinal));
        Assert.Equal(("Theirs", "Mine"), ((await ReadAsync(2)).Notes, (await ReadAsync(5)).Notes));
    }

    [Fact]
    public async Task Messages_follow_and_lead_to_their_place()
    {
        Services.AddSingleton(TimeProvider.System);
        var page = Open(2);
        Button(page, "Add Rule").Click();
        page.WaitForAssertion(() => Assert.Contains("The rule does nothing", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(5));
        // On the page's own turn: what the validation renders falls before it or after it, and the button that is found is the one that is clicked.
        await page.InvokeAsync(() =>
            page.FindAll("button.name").First(button => button.TextContent.Contains("Default Rule", StringComparison.Ordinal)).Click()
        );
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#rule-name")), TimeSpan.FromSeconds(5));

        page.Find(".centre .line").Click();
        page.FindAll(".centre .message").First(button => button.TextContent.Contains("does nothing", StringComparison.Ordinal)).Click();

        Assert.Equal("New rule", page.Find("#rule-name").GetAttribute("value"));
    }

    [Fact]
    public async Task A_message_about_several_rules_leads_to_each_of_them()
    {
        Services.AddSingleton(TimeProvider.System);
        var page = Open(2);
        foreach (var name in new[] { "One", "Two" })
        {
            await page.InvokeAsync(() => page.FindAll("button.name")[0].Click());
            await page.InvokeAsync(() => Button(page, "Add Rule").Click());
            page.Find("#rule-name").Input(name);
        }
        page.Find(".centre .line").Click();
        page.WaitForAssertion(
            () => Assert.Contains("In 2 rules", page.Find(".centre .several").TextContent, StringComparison.Ordinal),
            TimeSpan.FromSeconds(5)
        );

        await page.InvokeAsync(() =>
            page.FindAll(".centre .place").First(place => place.TextContent.EndsWith("/ One", StringComparison.Ordinal)).Click()
        );

        Assert.Equal("One", page.Find("#rule-name").GetAttribute("value"));
        Assert.Contains("The rule does nothing", page.Find(".rule-form, header").ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll(".count.warning").Count);
    }

    [Fact]
    public void A_rule_is_moved_copied_deleted_and_brought_back()
    {
        var page = Open(2);
        Button(page, "Add Rule").Click();
        page.Find("#rule-name").Input("One");
        page.FindAll("button.name")[0].Click();
        Button(page, "Add Rule").Click();
        page.Find("#rule-name").Input("Two");

        page.Find("[aria-label='Move the rule up']").Click();
        Assert.Equal("Default Rule | Two | One", Rules(page));
        page.Find("[aria-label='Move the rule down']").Click();
        page.Find("[aria-label='Move the rule in']").Click();
        Assert.Equal("Default Rule | One | Two", Rules(page));
        Button(page, "Copy").Click();
        Assert.Equal("Default Rule | One | Two | Two (copy)", Rules(page));
        Button(page, "Delete").Click();
        page.Find("[aria-label='Move the rule out']").Click();
        Assert.Equal("Default Rule | One | Two", Rules(page));
        Button(page, "Undo").Click();
        Button(page, "Undo").Click();
        Assert.Equal("Default Rule | One | Two | Two (copy)", Rules(page));
    }

    [Fact]
    public async Task A_version_that_was_activated_is_read_only_and_offers_a_new_one()
    {
        await using (var db = _world.CreateDbContext())
            await db
                .Versions.Where(v => v.PropertyId == EngineWorld.Shop && v.Number == 2)
                .ExecuteUpdateAsync(set => set.SetProperty(v => v.IsLocked, true));

        var page = Open(2);

        Assert.Empty(page.FindAll("#version-notes"));
        Button(page, "Edit New Version").Click();
        await page.PollAsync(() => Services.GetRequiredService<NavigationManager>().Uri.EndsWith("/versions/5/edit", StringComparison.Ordinal));
        Assert.Equal(2, (await ReadAsync(5)).BasedOn);
    }

    [Fact]
    public async Task Changes_to_a_version_that_was_activated_meanwhile_become_a_version_of_their_own()
    {
        var content = VersionView.ContentOf(await ReadAsync(2)) with { Note = "Mine" };
        var me = EngineWorld.Publisher with { Email = "ann@shop.example" };
        await Services.GetRequiredService<DraftDesk>().KeepAsync(EngineWorld.Shop, 2, 1, content, content, null, me, default);
        await using (var db = _world.CreateDbContext())
            await db
                .Versions.Where(v => v.PropertyId == EngineWorld.Shop && v.Number == 2)
                .ExecuteUpdateAsync(set => set.SetProperty(v => v.IsLocked, true));

        var page = Open(2);
        Button(page, "Save them as a new version").Click();

        await page.PollAsync(() => Services.GetRequiredService<NavigationManager>().Uri.EndsWith("/versions/5/edit", StringComparison.Ordinal));
        Assert.Equal("Mine", (await ReadAsync(5)).Notes);
        Assert.Null(DraftOf(2));
    }

    [Fact]
    public async Task Says_how_much_changes_against_what_is_active_and_that_it_will_be_an_exception()
    {
        await _node.CompleteAsync(new(EngineWorld.Shop, 1, Network.Production, Acknowledged: true));

        var page = Open(4);

        Assert.Contains("Against v1 on production:", page.Markup, StringComparison.Ordinal);
        Assert.Contains("0 rules, 11 hostnames changed", page.Markup, StringComparison.Ordinal);
        Assert.Contains("This will be an exception: 11 hostnames changed (more than 10 at a time)", page.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<EditPage> Open(int version)
    {
        var page = Render<EditPage>(parameters =>
            parameters.Add(p => p.PropertyId, PublicId.Of(PublicId.Property, EngineWorld.Shop)).Add(p => p.Version, version)
        );
        page.WaitForElement("h1");
        return page;
    }

    private async Task ChangeMeanwhileAsync(Func<PropertyVersionDocument, PropertyVersionDocument> change)
    {
        var version = await ReadAsync(2);
        var by = EngineWorld.Publisher with { Email = "bob@shop.example" };
        var answer = await Desk.SaveAsync(EngineWorld.Shop, 2, version.Revision, change(VersionView.ContentOf(version)), by, default);
        Assert.Null(answer.Refusal);
    }

    private VersionDraft? DraftOf(int version)
    {
        using var db = _world.CreateDbContext();
        return db.Drafts.AsNoTracking().SingleOrDefault(draft => draft.PropertyId == EngineWorld.Shop && draft.Version == version);
    }

    private async Task<PropertyVersion> ReadAsync(int number)
    {
        await using var db = _world.CreateDbContext();
        return await db
            .Versions.AsNoTracking()
            .Include(version => version.Hostnames)
            .SingleAsync(version => version.PropertyId == EngineWorld.Shop && version.Number == number);
    }

    private static string Rules(IRenderedComponent<EditPage> page) =>
        string.Join(" | ", page.FindAll("button.name").Select(button => button.TextContent.Trim()));

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<EditPage> page, string text) =>
        page.FindAll("button").First(button => button.TextContent.Trim() == text);

    private static AngleSharp.Dom.IElement Choice(IRenderedComponent<EditPage> page, string name) =>
        page.FindAll("button.choice").First(button => button.QuerySelector("code")!.TextContent == name);
}
