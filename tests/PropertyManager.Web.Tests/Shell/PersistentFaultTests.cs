using System.Data.Common;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Features.Activate;
using PropertyManager.Web.Shell;
using PropertyManager.Web.Tests.Engine;
using Radzen;

namespace PropertyManager.Web.Tests.Shell;

/// <summary>A persistent fault is shown to everyone whose activation it affects, and to nobody else. The person here may not demonstrate.</summary>
public sealed class PersistentFaultTests : BunitContext
{
    private const string Active = "Simulated fault active";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Fault Errors = new(FaultKind.ServerErrors, 0.4, TimeSpan.Zero);
    private static readonly ActivationOrder Production = new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true);

    [Fact]
    public async Task The_header_shows_it_as_long_as_it_is_set()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        var bar = Render<FaultBar>();
        Assert.Empty(bar.Markup.Trim());

        var all = await AddAsync(node, propertyId: null, Errors);
        bar.WaitForAssertion(
            () =>
                Assert.Contains(
                    "Simulated fault active for all properties: 5xx on 40% of the hits, everywhere, only servers with the new version, from the start.",
                    bar.Find("p").TextContent,
                    StringComparison.Ordinal
                ),
            Patience
        );
        // Who may not set faults is not sent where they are set.
        Assert.Empty(bar.FindAll("a"));

        await AddAsync(node, EngineWorld.Shop, Errors with { Once = true });
        bar.WaitForAssertion(() => Assert.Contains("2 simulated faults active", bar.Find("summary").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("For www.shop.example, its next activation only:", bar.Find("ul").TextContent, StringComparison.Ordinal);

        // The next activation takes along what was for it.
        await node.ActivateAsync(Production);
        bar.WaitForAssertion(() => Assert.Contains("all properties", bar.Find("p").TextContent, StringComparison.Ordinal), Patience);

        Assert.Null(await node.Faults.RemoveAsync(all.Id, EngineWorld.Publisher, default));
        bar.WaitForAssertion(() => Assert.Empty(bar.Markup.Trim()), Patience);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task The_header_shows_no_fault_of_a_property_that_the_person_does_not_see()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        await using (var db = world.CreateDbContext())
            await db.RoleAssignments.ExecuteDeleteAsync();
        await AddAsync(node, EngineWorld.Shop, Errors);

        var bar = Render<FaultBar>();

        Assert.Empty(bar.Markup.Trim());
        await AddAsync(node, propertyId: null, Errors);
        bar.WaitForAssertion(() => Assert.Contains("all properties", bar.Find("p").TextContent, StringComparison.Ordinal), Patience);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task It_stands_under_the_header_of_every_page()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        Services.AddRadzenComponents();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        await AddAsync(node, EngineWorld.Shop, Errors);

        var layout = Render<MainLayout>(p => p.Add(x => x.Body, builder => builder.AddMarkupContent(0, "<p>Any page</p>")));

        layout.WaitForAssertion(() => Assert.Contains(Active, layout.Find("header + aside").TextContent, StringComparison.Ordinal), Patience);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task The_form_its_confirmation_and_the_activation_show_it()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        await AddAsync(node, EngineWorld.Shop, Errors with { From = TimeSpan.FromMinutes(30) });
        Services.GetRequiredService<NavigationManager>().NavigateTo("properties/prp_1/versions/2/activate?network=production");
        var page = Render<ActivatePage>(p => p.Add(x => x.PropertyId, PublicId.Of(PublicId.Property, EngineWorld.Shop)).Add(x => x.Version, 2));
        page.WaitForAssertion(() => Assert.Contains(Active, page.Find(".pm-form > .pm-callout").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("5xx on 40% of the hits", page.Find(".pm-form > .pm-callout").TextContent, StringComparison.Ordinal);

        page.Find(".pm-callout input[type=checkbox]").Change(true);
        page.Find("form.order").Submit();
        page.WaitForAssertion(() => Assert.Contains(Active, page.Find("dialog .pm-callout").TextContent, StringComparison.Ordinal), Patience);
        page.FindAll("dialog button").Single(button => button.TextContent == "Activate v2 on Production").Click();
        page.WaitForAssertion(() => Assert.Contains(Active, page.Find(".running .pm-callout").TextContent, StringComparison.Ordinal), Patience);

        var activation = (await world.ReadAllAsync())[^1];
        var details = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, activation.Id)));
        details.WaitForAssertion(() => Assert.Contains(Active, details.Find(".running .pm-callout").TextContent, StringComparison.Ordinal), Patience);
        // What it met stays with it, for everyone, when the fault is gone.
        Assert.Contains("from 30 min on, a persistent fault", details.Find(".trouble").TextContent, StringComparison.Ordinal);

        // Another property's activations are not affected.
        Services.GetRequiredService<NavigationManager>().NavigateTo("properties/prp_2/versions/2/activate?network=production");
        var other = Render<ActivatePage>(p => p.Add(x => x.PropertyId, PublicId.Of(PublicId.Property, EngineWorld.Blog)).Add(x => x.Version, 2));
        other.WaitForElement("textarea", Patience);
        Assert.DoesNotContain(Active, other.Markup, StringComparison.Ordinal);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task Only_the_first_who_looks_after_a_change_asks_the_database()
    {
        var commands = new Commands();
        await using var world = new EngineWorld(interceptors: commands);
        var node = this.Serve(world);
        await AddAsync(node, propertyId: null, Errors);
        await node.PersistentFaults.ReadAsync();
        commands.Count = 0;

        for (var page = 0; page < 10; page++)
            Assert.Single(await node.PersistentFaults.ReadAsync());

        Assert.Equal(0, commands.Count);
    }

    private static async Task<StandingFault> AddAsync(EngineNode node, long? propertyId, Fault fault)
    {
        var (standing, refusal) = await node.Faults.AddAsync(propertyId, fault, EngineWorld.Publisher, default);
        Assert.Null(refusal);
        return standing!;
    }

    private sealed class Commands : DbCommandInterceptor
    {
        public int Count { get; set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            Count++;
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }
    }
}
