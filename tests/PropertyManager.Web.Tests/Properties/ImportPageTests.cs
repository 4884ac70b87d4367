using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Web.Features.Properties;
using PropertyManager.Web.Tests.Engine;
using PropertyManager.Web.Tests.Shell;

namespace PropertyManager.Web.Tests.Properties;

public sealed class ImportPageTests : BunitContext
{
    private const string File = """{ "rules": { "name": "default", "behaviors": [] } }""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Create_version_pressed_twice_makes_one_version_and_another_note_another()
    {
        await using var world = new EngineWorld();
        this.Serve(world);
        var page = Open();

        // Two clicks on the way at once, and a third after the answer was there.
        await Task.WhenAll(Create(page).ClickAsync(new()), Create(page).ClickAsync(new()));
        page.WaitForAssertion(() => Assert.False(Create(page).HasAttribute("disabled")), Patience);
        await Create(page).ClickAsync(new());
        page.WaitForAssertion(() => Assert.False(Create(page).HasAttribute("disabled")), Patience);
        Assert.Equal(5, await CountAsync(world));

        page.Find("#notes").Change("What it is about");
        await Create(page).ClickAsync(new());
        page.WaitForAssertion(() => Assert.False(Create(page).HasAttribute("disabled")), Patience);
        Assert.Equal(6, await CountAsync(world));
    }

    [Fact]
    public async Task While_the_version_is_made_the_button_is_disabled_and_says_so()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        this.Serve(world);
        var page = Open();
        var goesOn = new TaskCompletionSource();
        meanwhile.BeforeQuery("Versions", () => goesOn.Task);

        var click = Create(page).ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal("Creating version 5", Create(page).TextContent), Patience);
        Assert.True(Create(page).HasAttribute("disabled"));

        goesOn.SetResult();
        await click;
        page.WaitForAssertion(() => Assert.False(Create(page).HasAttribute("disabled")), Patience);
        Assert.Equal(5, await CountAsync(world));
    }

    private IRenderedComponent<ImportPage> Open()
    {
        Services.AddSingleton<VersionImport>();
        var page = Render<ImportPage>(p => p.Add(x => x.PropertyId, PublicId.Of(PublicId.Property, EngineWorld.Shop)));
        page.WaitForElement("#file", Patience);
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(File, "rules.json"));
        page.WaitForElement("#notes", Patience);
        return page;
    }

    private static IElement Create(IRenderedComponent<ImportPage> page) =>
        page.FindAll("button").Single(button => button.TextContent.EndsWith("version 5", StringComparison.Ordinal));

    private static async Task<int> CountAsync(EngineWorld world)
    {
        await using var db = world.CreateDbContext();
        return await db.Versions.CountAsync(version => version.PropertyId == EngineWorld.Shop);
    }
}
