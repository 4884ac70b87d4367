using PropertyManager.Domain.Activations;
using static PropertyManager.E2E.People;

namespace PropertyManager.E2E;

/// <summary>Things are made to go wrong, and what is past is looked at again.</summary>
[Collection(nameof(Site))]
public sealed class SimulationTests(Site site)
{
    [Fact]
    public Task Trouble_in_one_ISP_that_is_set_while_it_runs_cancels_and_names_the_ISP() =>
        site.VisitAsync(
            Publisher,
            "/properties/prp_100111/versions/5/activate?network=production",
            async page =>
            {
                var production = page.Panel("Production");
                await production.Button("Activate v5 on Production").ClickAsync();
                site.Speed = Site.Slow;
                await page.Question("Activate v5 on Production?").Button("Activate v5 on Production").ClickAsync();
                await site.PassUntilAsync(page, ActivationState.Canary);
                await Expect(production.Locator("[data-state=Canary]")).ToBeVisibleAsync();
                var details = await production.Link("Activation of version 5 on production").GetAttributeAsync("href");

                await production.GetByText("Simulate trouble").ClickAsync();
                var trouble = production.GetByRole(AriaRole.Form, new() { Name = "More trouble" });
                await trouble.GetByLabel("What goes wrong").SelectOptionAsync("Crash");
                await trouble.GetByLabel("How much").FillAsync("100");
                await trouble.GetByLabel("Where").SelectOptionAsync("Isp");
                await trouble.GetByLabel("ISP").FillAsync("AS1001265");
                await trouble.Button("Add").ClickAsync();
                await Expect(production.GetByLabel("What goes wrong now")).ToContainTextAsync("All servers crash and reboot, in AS1001265");

                site.Speed = Site.Brisk;
                await Expect(production.Link("Activate v5 on Production")).ToBeVisibleAsync();
                await page.GotoAsync("/" + details);
                await Expect(page.Locator(".pm-callout", new() { HasText = "Aborted" })).ToContainTextAsync("all in AS1001265");
                await Expect(page.GetByText("All servers crash and reboot, in AS1001265")).ToBeVisibleAsync();
            }
        );

    [Fact]
    public Task A_link_leads_to_an_instant_of_what_is_over() =>
        site.VisitAsync(
            Publisher,
            "/properties/prp_100110/versions/3/activate?network=production",
            async page =>
            {
                var production = page.Panel("Production");
                await production.Button("Activate v3 on Production").ClickAsync();
                site.Speed = Site.Rushed;
                await page.Question("Activate v3 on Production?").Button("Activate v3 on Production").ClickAsync();
                await Expect(production.Text("v3")).ToBeVisibleAsync();
                var details = await production.Link("View Details").GetAttributeAsync("href");

                // A few seconds after the package was handed out to the small group.
                await page.GotoAsync($"/{details}?at=55");
                var replay = page.GetByRole(AriaRole.Region, new() { Name = "Replay", Exact = true });
                var instant = replay.GetByRole(AriaRole.Slider, new() { Name = "Instant" });
                await Expect(instant).ToHaveValueAsync("55");
                await Expect(replay.Text("55 s")).ToBeVisibleAsync();
                await Expect(replay.Locator("[data-state=Canary]")).ToBeVisibleAsync();

                await instant.FocusAsync();
                await page.Keyboard.PressAsync("ArrowRight");
                await Expect(replay.Text("56 s")).ToBeVisibleAsync();
                await Expect(page).ToHaveURLAsync(site.Address + details + "?at=56");

                await page.Keyboard.PressAsync("End");
                await Expect(replay.Locator("[data-state=Active]")).ToBeVisibleAsync();
                var end = await instant.InputValueAsync();
                // It plays from the start, and however late one looks it is not at the end yet: half a minute is a long time.
                await replay.Button("Play").ClickAsync();
                await Expect(instant).Not.ToHaveValueAsync(end);
                await replay.Button("Pause").ClickAsync();
                await Expect(replay.Button("Play")).ToBeVisibleAsync();
                await page.ShutsNobodyOutAsync("replay");
            }
        );

    [Fact]
    public Task Nobody_is_shut_out_of_the_simulation() =>
        site.VisitAsync(
            Publisher,
            "/groups",
            async page =>
            {
                await page.Link("Simulation").ClickAsync();
                await Expect(page.Heading("Simulation")).ToBeVisibleAsync();
                var form = page.GetByRole(AriaRole.Form, new() { Name = "Add a persistent fault" });
                await form.GetByLabel("For", new() { Exact = true }).FillAsync("no.such.example");
                await form.GetByLabel("How much").FillAsync("200");
                await form.Button("Add").ClickAsync();
                await Expect(form.Locator("[aria-invalid=true]").First).ToBeVisibleAsync();
                await page.ShutsNobodyOutAsync("simulation-errors");

                await form.GetByLabel("For", new() { Exact = true }).FillAsync("launcher.ironvale.example");
                await form.GetByLabel("How much").FillAsync("40");
                await form.Button("Add").ClickAsync();
                await page.Button("Remove: 5xx on 40% of the hits, everywhere, only servers with the new version").ClickAsync(new() { Trial = true });
                await page.ShutsNobodyOutAsync("simulation");
                await page.Button("Remove: 5xx on 40% of the hits, everywhere, only servers with the new version").ClickAsync();
                await Expect(page.GetByText("No persistent fault")).ToBeVisibleAsync();
            }
        );

    [Fact]
    public Task Whoever_may_not_demonstrate_is_not_let_into_the_simulation() =>
        site.VisitAsync(
            Viewer,
            "/groups",
            async page =>
            {
                await Expect(page.Link("Simulation")).ToHaveCountAsync(0);
                var answer = await page.GotoAsync("/simulation");
                Assert.Equal(403, answer!.Status);
                await Expect(page.Heading("Not allowed")).ToBeVisibleAsync();
            }
        );
}
