using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Edge;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Features.Activate;
using PropertyManager.Web.Shell.Parts;
using PropertyManager.Web.Tests.Engine;

namespace PropertyManager.Web.Tests.Activate;

/// <summary>The pages stay true while others, or the engine, change what they show.</summary>
public sealed class ActivatePagesTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly ActivationOrder Production = new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true);
    private static readonly ActivationOrder Staging = new(EngineWorld.Shop, 2, Network.Staging);

    [Fact]
    public async Task The_status_and_what_happened_follow_the_activation()
    {
        await using var world = new EngineWorld();
        var node = Serve(world);
        var activation = await node.ActivateAsync(Production);
        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, activation.Id)));
        page.WaitForElement(".running");

        await node.RunToAsync(activation.Id, ActivationState.World, seconds: 5);
        var history = (await world.ReadAsync(activation.Id)).History.Count;
        page.WaitForAssertion(
            () =>
            {
                Assert.Contains("Pending - Full Rollout", page.Find(".pm-page-header").TextContent, StringComparison.Ordinal);
                Assert.Equal(history, page.FindAll(".events li").Count);
            },
            Patience
        );

        await node.RunAsync(activation.Id);
        page.WaitForAssertion(
            () =>
            {
                Assert.Contains("Active", page.Find(".pm-page-header .pm-meta").TextContent, StringComparison.Ordinal);
                Assert.Empty(page.FindAll(".running"));
                Assert.Contains(page.FindAll("[role=status]"), status => status.TextContent == "Version 2 is active.");
            },
            Patience
        );
        await DisposeComponentsAsync();
        Assert.Equal(0, node.Feed.Watchers);
    }

    [Fact]
    public async Task What_others_start_is_shown_and_a_form_that_is_half_filled_stays()
    {
        await using var world = new EngineWorld();
        var node = Serve(world);
        var page = OpenForm(Network.Production);
        page.WaitForElement("textarea").Input("half a note");

        var activation = await node.ActivateAsync(Staging);
        page.WaitForElement(".running", Patience);
        Assert.Equal("half a note", page.Find("textarea").GetAttribute("value"));

        await node.RunAsync(activation.Id);
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("[role=status]"), status => status.TextContent == "Version 2 is active."), Patience);
        Assert.Empty(page.FindAll(".running"));
        Assert.Equal("half a note", page.Find("textarea").GetAttribute("value"));
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task The_form_gives_way_to_what_somebody_else_started_there()
    {
        await using var world = new EngineWorld();
        var node = Serve(world);
        var page = OpenForm(Network.Production);
        page.WaitForElement("textarea");

        await node.ActivateAsync(Production);

        page.WaitForElement(".running", Patience);
        Assert.Empty(page.FindAll("textarea"));
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task Fast_Fallback_closes_while_something_else_runs()
    {
        await using var world = new EngineWorld();
        var node = Serve(world);
        await node.CompleteAsync(Production with { Version = 1 });
        var active = await node.CompleteAsync(Production);
        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, active.Id)));
        page.WaitForAssertion(() => Assert.False(page.Find(".fallback button").HasAttribute("disabled")), Patience);

        await node.ActivateAsync(Production with { Version = 3 });

        page.WaitForAssertion(
            () =>
            {
                Assert.True(page.Find(".fallback button").HasAttribute("disabled"));
                Assert.Contains("still running", page.Find(".fallback").TextContent, StringComparison.Ordinal);
            },
            Patience
        );
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task The_confirmation_names_the_hostnames_even_when_none_changes()
    {
        await using var world = new EngineWorld();
        var node = Serve(world);
        await node.CompleteAsync(Staging with { Version = 1 });
        var page = OpenForm(Network.Staging);

        page.WaitForElement("form").Submit();

        var dialog = page.WaitForElement("dialog .hosts", Patience).ParentElement!;
        Assert.Contains("Serves 1 hostname, unchanged:", dialog.TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("dialog .hosts li"));
        await DisposeComponentsAsync();
    }

    [Theory]
    [InlineData("ann@shop.example", false)]
    [InlineData(null, true)]
    public async Task Only_what_did_harm_is_to_be_fixed(string? cancelledBy, bool toFix)
    {
        await using var world = new EngineWorld();
        var node = Serve(world);
        var activation = await node.CompleteAsync(Production);
        await using (var db = world.CreateDbContext())
        {
            var row = await db.Activations.SingleAsync(a => a.Id == activation.Id);
            row.Status = row.Status with { State = ActivationState.Aborted, Cause = "It was cancelled" };
            (row.Intent.CancelRequestedBy, row.Intent.CancelRequestedAt) = (cancelledBy, cancelledBy is null ? null : row.Intent.SubmittedAt);
            await db.SaveChangesAsync();
        }

        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, activation.Id)));

        page.WaitForElement(".events");
        Assert.Equal(toFix, page.Markup.Contains("Fix the cause", StringComparison.Ordinal));
        await DisposeComponentsAsync();
    }

    private IRenderedComponent<ActivatePage> OpenForm(Network network)
    {
        var address = Links.Activate(EngineWorld.Shop, 2) + $"?network={network}";
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<ActivatePage>(p => p.Add(x => x.PropertyId, PublicId.Of(PublicId.Property, EngineWorld.Shop)).Add(x => x.Version, 2));
    }

    /// <summary>The pages' services, for a publisher.</summary>
    private EngineNode Serve(EngineWorld world)
    {
        using (var db = world.CreateDbContext())
        {
            db.Users.Add(
                new AppUser
                {
                    Id = "ann",
                    Name = "Ann",
                    Email = "ann@shop.example",
                }
            );
            db.RoleAssignments.Add(
                new RoleAssignment
                {
                    UserId = "ann",
                    GroupId = 1,
                    Role = Role.Publisher,
                }
            );
            db.SaveChanges();
        }
        var node = world.StartNode();
        var edge = new SimulatedEdgeNetwork(1);
        AddAuthorization().SetAuthorized("ann").SetClaims(new Claim(ClaimTypes.NameIdentifier, "ann"));
        Services.AddSingleton<IDbContextFactory<AppDbContext>>(world);
        Services.AddSingleton(node.Desk);
        Services.AddSingleton(node.Feed);
        Services.AddSingleton<IEdgeNetwork>(edge);
        Services.AddSingleton(new FaultDesk(world, edge, world.Real, world.Simulated));
        Services.AddSingleton(TimeProvider.System);
        Services.AddKeyedSingleton<TimeProvider>(Simulated.Time, world.Simulated);
        Services.AddSingleton<AccessReader>();
        Services.AddScoped<CurrentAccess>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        return node;
    }
}
