using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Features.Fleet;
using PropertyManager.Web.Tests.Engine;
using PropertyManager.Web.Tests.Shell;

namespace PropertyManager.Web.Tests.Fleet;

public sealed class SimulationPageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Whoever_may_not_demonstrate_is_told_so()
    {
        await using var world = new EngineWorld();
        this.Serve(world);

        var page = Render<SimulationPage>();

        Assert.Equal("Not allowed", page.WaitForElement("h1", Patience).TextContent);
        Assert.Empty(page.FindAll("form"));
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task Trouble_for_one_property_stands_until_it_is_removed()
    {
        await using var world = new EngineWorld();
        this.Serve(world, mayDemonstrate: true);
        var page = Render<SimulationPage>();
        page.WaitForElement("#property", Patience).Change("no.such.example");
        page.Find("form").Submit();
        Assert.Equal("true", page.Find("#property").GetAttribute("aria-invalid"));
        Assert.Equal("Simulated time", page.Find("#time").TextContent);
        Assert.Contains(page.FindAll("option"), option => option.TextContent == "From minute … to minute … (simulated)");
        Assert.Contains("No persistent fault", page.Markup, StringComparison.Ordinal);

        page.Find("#property").Input("www.shop.example");
        page.Find("form").Submit();

        var row = page.WaitForElement("tbody th", Patience).ParentElement!;
        Assert.StartsWith("5xx on 40% of the hits, everywhere, only servers with the new version", row.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("www.shop.example", row.TextContent, StringComparison.Ordinal);
        await using (var db = world.CreateDbContext())
            Assert.Equal(EngineWorld.Shop, (await db.StandingFaults.SingleAsync()).PropertyId);

        page.FindAll("button").Single(button => button.TextContent == "Remove").Click();
        page.WaitForAssertion(() => Assert.Contains("No persistent fault", page.Markup, StringComparison.Ordinal), Patience);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_fault_for_all_properties_is_asked_about_where_it_affects_what_runs()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world, mayDemonstrate: true);
        await node.ActivateAsync(new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true));
        var page = Render<SimulationPage>();
        page.WaitForElement("form", Patience).Submit();

        page.WaitForAssertion(
            () => Assert.Contains("It affects the activation that runs now", page.Find("dialog").TextContent, StringComparison.Ordinal),
            Patience
        );
        page.FindAll("dialog button").Single(button => button.TextContent == "Go back").Click();
        page.WaitForAssertion(() => Assert.False(page.Find("form button[type=submit]").HasAttribute("disabled")), Patience);
        Assert.Contains("No persistent fault", page.Markup, StringComparison.Ordinal);

        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("dialog button")), Patience);
        page.FindAll("dialog button").Single(button => button.TextContent == "Yes, set it").Click();
        page.WaitForAssertion(() => Assert.Contains("all properties", page.Find("tbody").TextContent, StringComparison.Ordinal), Patience);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task Whoever_does_not_publish_everything_chooses_a_property_that_they_publish()
    {
        await using var world = new EngineWorld();
        this.Serve(world, mayDemonstrate: true);
        await using (var db = world.CreateDbContext())
        {
            var group = new PropertyGroup
            {
                AccountId = 1,
                Name = "Others",
                ContractId = "ctr_1",
            };
            db.Groups.Add(group);
            await db.SaveChangesAsync();
            await db.Properties.Where(p => p.Id == EngineWorld.Blog).ExecuteUpdateAsync(set => set.SetProperty(p => p.GroupId, group.Id));
            db.RoleAssignments.Add(
                new RoleAssignment
                {
                    UserId = "ann",
                    GroupId = group.Id,
                    Role = Role.Viewer,
                }
            );
            await db.SaveChangesAsync();
            db.StandingFaults.Add(
                new StandingFault
                {
                    Fault = new Fault(FaultKind.Crash, 0, TimeSpan.Zero),
                    By = "ada@shop.example",
                    At = DateTimeOffset.UnixEpoch,
                }
            );
            await db.SaveChangesAsync();
        }
        this.SignIn(world);

        var page = Render<SimulationPage>();

        page.WaitForElement("form", Patience).Submit();
        Assert.Contains("do not have the role Publisher: choose one property", page.Find("#property-hint").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("blog.shop.example", page.Find("#properties").InnerHtml, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent == "Remove");
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_preset_is_set_at_once_sized_for_the_property_and_can_be_undone()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world, mayDemonstrate: true);
        await node.CompleteAsync(new(EngineWorld.Shop, 1, Network.Production, Acknowledged: true));
        var page = Render<SimulationPage>();
        // Whatever the baseline of a property is: all of its hits are too many errors.
        page.WaitForAssertion(() => Assert.NotNull(Preset(page, "5xx on all hits")), Patience);

        page.Find("#property").Input("blog.shop.example");
        page.WaitForAssertion(
            () =>
                Assert.Contains(
                    "does not act: no version was active before.",
                    Preset(page, "5xx on 40% of the hits")!.ParentElement!.TextContent,
                    StringComparison.Ordinal
                ),
            Patience
        );
        page.Find("#property").Input("www.shop.example");
        page.WaitForAssertion(
            () => Assert.Contains(page.FindAll(".presets button"), button => button.TextContent is "5xx on 63% of the hits"),
            Patience
        );
        // On the renderer: the page is rendered once more when the event ends, which replaces the handler.
        await page.InvokeAsync(() => Preset(page, "5xx on 63% of the hits")!.Click());

        page.WaitForAssertion(
            () => Assert.StartsWith("5xx on 63% of the hits", page.Find("tbody th").TextContent, StringComparison.Ordinal),
            Patience
        );
        Assert.Contains("Set for www.shop.example: 5xx on 63% of the hits", page.Find("form [role=status]").TextContent, StringComparison.Ordinal);
        page.FindAll("button").Single(button => button.TextContent == "Undo").Click();
        page.WaitForAssertion(() => Assert.Contains("No persistent fault", page.Markup, StringComparison.Ordinal), Patience);
        await using var db = world.CreateDbContext();
        Assert.Empty(await db.StandingFaults.ToListAsync());
        await DisposeComponentsAsync();
    }

    private static IElement? Preset(IRenderedComponent<SimulationPage> page, string text) =>
        page.FindAll(".presets button").SingleOrDefault(button => button.TextContent == text);
}
