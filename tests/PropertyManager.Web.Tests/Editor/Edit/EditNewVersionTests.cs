using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Features.Editor.Edit;
using PropertyManager.Web.Tests.Engine;
using PropertyManager.Web.Tests.Shell;

namespace PropertyManager.Web.Tests.Editor.Edit;

public sealed class EditNewVersionTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_double_click_makes_one_version()
    {
        await using var world = new EngineWorld();
        this.Serve(world);
        var view = await ReadAsync(4);
        var button = Render<EditNewVersion>(p => p.Add(x => x.View, view));

        // Two clicks on the way at once, and a third while the editor is being opened.
        await Task.WhenAll(button.Find("button").ClickAsync(new()), button.Find("button").ClickAsync(new()));
        button.WaitForAssertion(() => Assert.Equal("Edit New Version", button.Find("button").TextContent), Patience);
        await button.Find("button").ClickAsync(new());
        button.WaitForAssertion(() => Assert.Equal("Edit New Version", button.Find("button").TextContent), Patience);
        Assert.Equal(5, await CountAsync(world));

        // From another version it is another request.
        var other = await ReadAsync(3);
        button.Render(p => p.Add(x => x.View, other));
        await button.Find("button").ClickAsync(new());
        button.WaitForAssertion(() => Assert.Equal("Edit New Version", button.Find("button").TextContent), Patience);
        Assert.Equal(6, await CountAsync(world));
    }

    [Fact]
    public async Task While_a_version_is_made_the_button_is_disabled_and_says_so()
    {
        var meanwhile = new Meanwhile();
        await using var world = new EngineWorld(interceptors: meanwhile.Interceptors);
        this.Serve(world);
        var view = await ReadAsync(4);
        var button = Render<EditNewVersion>(p => p.Add(x => x.View, view));
        var goesOn = new TaskCompletionSource();
        meanwhile.BeforeQuery("Versions", () => goesOn.Task);

        var click = button.Find("button").ClickAsync(new());
        button.WaitForAssertion(() => Assert.Equal("Making a version…", button.Find("button").TextContent), Patience);
        Assert.True(button.Find("button").HasAttribute("disabled"));

        goesOn.SetResult();
        await click;
        button.WaitForAssertion(() => Assert.False(button.Find("button").HasAttribute("disabled")), Patience);
        Assert.Equal(5, await CountAsync(world));
    }

    private async Task<VersionView> ReadAsync(int number) =>
        (
            await Services
                .GetRequiredService<VersionQuery>()
                .ReadAsync(EngineWorld.Publisher, PublicId.Of(PublicId.Property, EngineWorld.Shop), number, default)
        ).View!;

    private static async Task<int> CountAsync(EngineWorld world)
    {
        await using var db = world.CreateDbContext();
        return await db.Versions.CountAsync(version => version.PropertyId == EngineWorld.Shop);
    }
}
