using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Features.Activate;
using PropertyManager.Web.Shell.Parts;
using PropertyManager.Web.Tests.Engine;
using PropertyManager.Web.Tests.Shell;

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
        var node = this.Serve(world);
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
    public async Task A_cancel_that_came_too_late_is_shown_with_who_asked()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        var activation = await node.CompleteAsync(Production);
        await using (var db = world.CreateDbContext())
        {
            await db.Activations.ExecuteUpdateAsync(set =>
                set.SetProperty(a => a.Status.CancelLapsed, true)
                    .SetProperty(a => a.Intent.CancelRequestedBy, "ada@shop.example")
                    .SetProperty(a => a.Intent.CancelRequestedAt, world.Real.GetUtcNow())
            );
        }

        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, activation.Id)));

        page.WaitForAssertion(
            () =>
            {
                Assert.Contains("ada@shop.example asked to cancel at ", page.Markup, StringComparison.Ordinal);
                Assert.Contains(
                    ", after the last servers had been updated; it could not be canceled any more.",
                    page.Markup,
                    StringComparison.Ordinal
                );
            },
            Patience
        );
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task What_stands_in_the_way_is_shown_where_it_does()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        await using (var db = world.CreateDbContext())
        {
            db.Hostnames.Add(
                new Domain.Properties.Hostname
                {
                    PropertyId = EngineWorld.Blog,
                    Version = 2,
                    CnameFrom = "www.shop.example",
                    EdgeHostname = "www.shop.example.edgekey.net",
                }
            );
            await db.SaveChangesAsync();
        }
        await node.ActivateAsync(Staging);

        var page = Render<ActivatePage>(p => p.Add(x => x.PropertyId, PublicId.Of(PublicId.Property, EngineWorld.Blog)).Add(x => x.Version, 2));

        var wrong = page.WaitForElement(".wrong", Patience);
        Assert.Contains(
            "On staging www.shop.example is answered by the property www.shop.example (prp_1).",
            wrong.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "Version 2 has 1 validation error. Correct it first: in a new version, where this one was activated before.",
            page.Find(".pm-row .pm-hint").TextContent
        );
        Assert.Single(page.FindAll(".wrong"));
    }

    [Fact]
    public async Task What_others_start_is_shown_and_a_form_that_is_half_filled_stays()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
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
        var node = this.Serve(world);
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
        var node = this.Serve(world);
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
        var node = this.Serve(world);
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
        var node = this.Serve(world);
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

    [Fact]
    public async Task Trouble_is_added_and_ended_while_it_runs_and_what_is_being_typed_stays()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world, mayDemonstrate: true);
        var activation = await node.ActivateAsync(Production);
        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, activation.Id)));
        page.WaitForElement(".running .fault select");
        page.Find(".running .fault select").Change(nameof(FaultKind.Crash));
        Share(page).Input("0.1");

        await node.RunToAsync(activation.Id, ActivationState.Live, seconds: 5);
        page.WaitForAssertion(() => Assert.NotNull(page.Find("[data-state=Live]")), Patience);
        Assert.Equal("0.1", Share(page).GetAttribute("value"));

        page.Find(".running .fault").Submit();
        page.WaitForAssertion(
            () =>
                Assert.Contains(
                    "0.1% of the servers crash and reboot, everywhere, only servers with version 2",
                    page.Find(".faults").TextContent,
                    StringComparison.Ordinal
                ),
            Patience
        );
        Assert.Equal(FaultKind.Crash, Assert.Single((await world.ReadAsync(activation.Id)).Intent.Faults).Kind);
        await node.TickAsync(10);
        page.WaitForAssertion(() => Assert.Contains("since 8 s", page.Find(".faults").TextContent, StringComparison.Ordinal), Patience);

        page.Find(".faults button").Click();
        page.WaitForAssertion(() => Assert.Contains("since 8 s, ends in 2 s", page.Find(".faults").TextContent, StringComparison.Ordinal), Patience);
        await node.TickAsync(5);
        page.WaitForAssertion(() => Assert.Contains("ended after 10 s", page.Find(".faults").TextContent, StringComparison.Ordinal), Patience);
        Assert.Empty(page.FindAll(".faults button"));
        await DisposeComponentsAsync();

        static IElement Share(IRenderedComponent<ActivationPage> page) => page.Find(".running .fault input[inputmode=decimal]");
    }

    [Fact]
    public async Task Trouble_in_the_form_goes_along_even_where_nobody_pressed_Add()
    {
        await using var world = new EngineWorld();
        this.Serve(world, mayDemonstrate: true);
        var page = OpenForm(Network.Staging);
        page.WaitForElement(".fault");
        page.Find(".fault select").Change(nameof(FaultKind.CorruptedTransfer));
        page.Find(".fault input[inputmode=decimal]").Input("100");

        page.Find("form.order").Submit();
        var dialog = page.WaitForElement("dialog .along", Patience);
        Assert.Equal("All copies of the package arrive damaged, everywhere, from the start", dialog.TextContent.Trim());
        page.FindAll("dialog button").Single(button => button.TextContent == "Activate v2 on Staging").Click();

        page.WaitForElement(".running", Patience);
        Assert.Equal(FaultKind.CorruptedTransfer, Assert.Single(Assert.Single(await world.ReadAllAsync()).Intent.Faults).Kind);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_preset_goes_along_once_unless_it_is_undone()
    {
        await using var world = new EngineWorld();
        this.Serve(world, mayDemonstrate: true);
        var page = OpenForm(Network.Staging);
        page.WaitForElement(".fault");
        Preset(page, "8% of the servers crash").Click();
        Button(page, "Undo").Click();
        Preset(page, "Every copy is damaged").Click();
        Assert.Single(page.FindAll("[aria-label='Trouble that goes along'] li"));
        // On staging nobody asks for anything, and the label says so.
        Assert.Contains("staging serves no end users", Preset(page, "5xx on 40% of the hits").ParentElement!.TextContent, StringComparison.Ordinal);

        page.Find("form.order").Submit();
        page.WaitForElement("dialog .along", Patience);
        page.FindAll("dialog button").Single(button => button.TextContent == "Activate v2 on Staging").Click();

        page.WaitForElement(".running", Patience);
        Assert.Equal(FaultKind.CorruptedTransfer, Assert.Single(Assert.Single(await world.ReadAllAsync()).Intent.Faults).Kind);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task A_preset_affects_what_runs_at_once_and_Undo_ends_it()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world, mayDemonstrate: true);
        await node.CompleteAsync(Production with { Version = 1 });
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, ActivationState.Canary);
        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, activation.Id)));
        page.WaitForElement(".running .presets");
        Preset(page, "8% of the servers crash").Click();
        page.WaitForAssertion(
            () => Assert.Contains("Undo ends it", page.Find(".fault [role=status]").TextContent, StringComparison.Ordinal),
            Patience
        );

        Button(page, "Undo").Click();

        page.WaitForAssertion(() => Assert.Empty(page.Find(".fault [role=status]").Children), Patience);
        var fault = Assert.Single((await world.ReadAsync(activation.Id)).Intent.Faults);
        Assert.Equal((FaultKind.Crash, fault.From), (fault.Kind, fault.Until));
        await node.RunAsync(activation.Id);
        Assert.Equal(ActivationState.Active, (await world.ReadAsync(activation.Id)).Status.State);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task Presets_are_sized_by_what_the_form_asks_for()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world, mayDemonstrate: true);
        await node.CompleteAsync(Production with { Version = 1 });
        var page = OpenForm(Network.Production);
        page.WaitForAssertion(
            () =>
                Assert.Contains(
                    "The error rate limit cancels the activation in the first small group.",
                    Preset(page, "5xx on 63% of the hits").ParentElement!.TextContent,
                    StringComparison.Ordinal
                ),
            Patience
        );

        page.FindAll("label")
            .Single(label => label.TextContent.Contains("Cancel Activation if Error Rate Increases", StringComparison.Ordinal))
            .QuerySelector("input")!
            .Change(false);

        page.WaitForAssertion(
            () =>
                Assert.Contains(
                    "does not act: it was turned off for this activation.",
                    Preset(page, "5xx on 40% of the hits").ParentElement!.TextContent,
                    StringComparison.Ordinal
                ),
            Patience
        );
        await DisposeComponentsAsync();
    }

    private static IElement Preset<TPage>(IRenderedComponent<TPage> page, string text)
        where TPage : IComponent => page.FindAll(".presets button").Single(button => button.TextContent == text);

    private static IElement Button<TPage>(IRenderedComponent<TPage> page, string text)
        where TPage : IComponent => page.FindAll("button").Single(button => button.TextContent == text);

    [Fact]
    public async Task Trouble_that_cannot_be_stops_the_form_at_its_field()
    {
        await using var world = new EngineWorld();
        this.Serve(world, mayDemonstrate: true);
        var page = OpenForm(Network.Staging);
        page.WaitForElement(".fault");
        page.Find(".fault input[inputmode=decimal]").Input("140");

        page.Find("form.order").Submit();

        page.WaitForElement(".fault [aria-invalid=true]", Patience);
        Assert.Empty(page.FindAll("dialog h2"));
        Assert.True(page.Find("details.trouble").HasAttribute("open"));
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task Whoever_may_not_demonstrate_is_offered_no_trouble()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        var activation = await node.ActivateAsync(Production);
        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, activation.Id)));

        page.WaitForElement(".running .figures");
        Assert.DoesNotContain("Simulate trouble", page.Markup, StringComparison.Ordinal);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task Taking_a_property_off_takes_notes_and_addresses_that_are_checked_in_the_dialog()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        await node.CompleteAsync(Staging);
        var page = Render<ActivatePage>(p => p.Add(x => x.PropertyId, PublicId.Of(PublicId.Property, EngineWorld.Shop)).Add(x => x.Version, 2));
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), button => button.TextContent == "Deactivate…"), Patience);
        page.FindAll("button").Single(button => button.TextContent == "Deactivate…").Click();
        page.WaitForElement("dialog textarea", Patience).Input("the shop closes");
        page.Find("dialog input").Input("nobody");

        Confirm(page);
        Assert.Equal("true", page.Find("dialog input").GetAttribute("aria-invalid"));
        Assert.Single(await world.ReadAllAsync());

        page.Find("dialog input").Input("ops@shop.example");
        Confirm(page);
        page.WaitForElement(".running", Patience);
        var intent = (await world.ReadAllAsync())[1].Intent;
        Assert.Equal(("the shop closes", "ops@shop.example"), (intent.Note, Assert.Single(intent.NotifyEmails)));
        await DisposeComponentsAsync();

        static void Confirm(IRenderedComponent<ActivatePage> page) =>
            page.FindAll("dialog button").Single(button => button.TextContent == "Yes, deactivate").Click();
    }

    [Fact]
    public async Task What_keeps_the_engine_from_going_on_is_said_as_long_as_it_does()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        var activation = await node.ActivateAsync(Production);
        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, activation.Id)));
        page.WaitForElement(".running .figures", Patience);
        var progress = node.Feed.Find(activation.Id)!;

        node.Feed.Publish(progress with { Trouble = new(progress.At, "The disk is full.") });
        page.WaitForAssertion(
            () => Assert.Contains("The disk is full.", page.Find(".running .pm-callout[role=status]").TextContent, StringComparison.Ordinal),
            Patience
        );

        node.Feed.Publish(progress);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".running .pm-callout")), Patience);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task The_form_of_an_exception_names_the_share_of_the_servers_that_is_configured()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        await node.CompleteAsync(Production with { Version = 1 });
        var page = OpenForm(Network.Production, version: 4);

        Assert.Contains(
            "only until 40% of the servers have it",
            page.WaitForElement("form .messages", Patience).TextContent,
            StringComparison.Ordinal
        );
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task While_it_runs_its_times_are_called_simulated()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        var activation = await node.ActivateAsync(Production);
        await node.RunToAsync(activation.Id, ActivationState.Live, seconds: 5);
        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, activation.Id)));

        var running = page.WaitForElement(".running .figures").Closest(".running")!.TextContent;

        Assert.Matches(@"about [\d:]+ to live traffic, [\d:]+ to the whole network \(simulated time\)", running);
        Assert.Contains("Elapsed (simulated)", running, StringComparison.Ordinal);
        Assert.Contains("That usually takes a simulated minute or two.", running, StringComparison.Ordinal);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task When_it_is_over_each_of_its_times_is_called_simulated_or_real()
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        await node.CompleteAsync(Production with { Version = 1 });
        var activation = await node.CompleteAsync(Production);
        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, activation.Id)));

        Assert.Matches(@"took .+ of simulated time, live traffic after", page.WaitForElement(".pm-page-header .pm-meta").TextContent);
        AssertIsReal(page.FindAll("dt").Single(term => term.TextContent == "Submitted (real time)").NextElementSibling!);
        var events = page.Find(".events");
        Assert.Equal("First the simulated time since the start, last the real time", events.ParentElement!.QuerySelector(".pm-hint")!.TextContent);
        Assert.All(
            events.Children,
            row =>
            {
                Assert.Empty(row.QuerySelectorAll(".elapsed time"));
                AssertIsReal(row.LastElementChild!);
            }
        );
        var replay = page.Find("#replay");
        Assert.StartsWith("Any instant of simulated time", replay.QuerySelector(".pm-hint")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Simulated time since the start", replay.QuerySelector("output")!.GetAttribute("title"));
        Assert.EndsWith(" of simulated time", replay.QuerySelector("input")!.GetAttribute("aria-valuetext"), StringComparison.Ordinal);
        await DisposeComponentsAsync();

        static void AssertIsReal(IElement place) =>
            Assert.StartsWith("Real time: ", place.QuerySelector("time")?.GetAttribute("title"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Publisher)]
    [InlineData(Role.Viewer)]
    public async Task The_window_of_Fast_Fallback_is_of_simulated_time(Role role)
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world, role: role);
        await node.CompleteAsync(Production with { Version = 1 });
        var active = await node.CompleteAsync(Production);
        world.Simulated.Advance(TimeSpan.FromMinutes(10));
        var page = Render<ActivationPage>(p => p.Add(x => x.ActivationId, PublicId.Of(PublicId.Activation, active.Id)));

        var hint = page.WaitForElement(".fallback .pm-hint", Patience).TextContent;

        var left = active.StartedAt + active.Status.EndedAfter!.Value + TimeSpan.FromMinutes(60) - world.Simulated.GetUtcNow();
        Assert.Contains($"The window closes in {Words.Countdown(left)} (simulated time).", hint, StringComparison.Ordinal);
        if (role == Role.Publisher)
        {
            page.Find(".fallback button").Click();
            page.WaitForAssertion(() => Assert.Contains("2–3 simulated minutes", page.Find("dialog .body").TextContent, StringComparison.Ordinal));
        }
        await DisposeComponentsAsync();
    }

    [Theory]
    [InlineData(Network.Staging, 2, "It usually takes 2–3 simulated minutes.")]
    [InlineData(Network.Production, 2, "Live traffic usually has it in 3–4 simulated minutes")]
    [InlineData(Network.Production, 4, "As an exception it can take up to 60 simulated minutes.")]
    public async Task Before_it_starts_its_times_are_called_simulated(Network network, int version, string expected)
    {
        await using var world = new EngineWorld();
        var node = this.Serve(world);
        await node.CompleteAsync(Production with { Version = 1, Network = network });
        var page = OpenForm(network, version);
        var form = page.WaitForElement("form.order", Patience);
        Assert.Matches(@"took .+ of simulated time", form.Closest(".pm-panel")!.QuerySelector(".current")!.TextContent);
        if (version == 4)
            Assert.Contains("It can take up to 60 simulated minutes, is not", form.TextContent, StringComparison.Ordinal);
        if (form.QuerySelector(".messages input[type=checkbox]") is { } read)
            read.Change(true);

        page.Find("form.order").Submit();

        page.WaitForAssertion(() => Assert.Contains(expected, page.Find("dialog .body").TextContent, StringComparison.Ordinal));
        await DisposeComponentsAsync();
    }

    private IRenderedComponent<ActivatePage> OpenForm(Network network, int version = 2)
    {
        var address = Links.Activate(EngineWorld.Shop, version) + $"?network={network}";
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<ActivatePage>(p => p.Add(x => x.PropertyId, PublicId.Of(PublicId.Property, EngineWorld.Shop)).Add(x => x.Version, version));
    }
}
