using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;
using static PropertyManager.E2E.People;

namespace PropertyManager.E2E;

/// <summary>What customers do all day: activate a version, watch it go live, cancel one, fall back from another.</summary>
[Collection(nameof(Site))]
public sealed class ActivationTests(Site site)
{
    [Fact]
    public Task A_version_goes_to_staging_and_then_in_phases_to_production() =>
        site.VisitAsync(
            null,
            "/",
            async page =>
            {
                await page.FillSignInAsync(Publisher, DemoUsers.Password);
                await page.Button("Sign in").ClickAsync();
                await Expect(page.Heading("Property Groups")).ToBeVisibleAsync();
                await page.GetByRole(AriaRole.Combobox, new() { Name = "Account" }).SelectOptionAsync("Northwind Group");
                await page.GetByLabel("Filter by Property or Hostname").FillAsync("farbound");
                await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(1);
                await page.SaveScreenshotAsync("groups-filtered");
                await page.Link("www.farbound.example").ClickAsync();
                await page.GetByRole(AriaRole.Rowheader).Link("v5").ClickAsync();
                await Expect(page.Heading("Version 5")).ToBeVisibleAsync();
                await page.GetByRole(AriaRole.Navigation, new() { Name = "Version", Exact = true }).Link("Activate").ClickAsync();

                var (staging, production) = (page.Panel("Staging"), page.Panel("Production"));
                await Expect(staging.Text("v4")).ToBeVisibleAsync();
                await Expect(production.Text("v3")).ToBeVisibleAsync();

                site.Speed = Site.Slow;
                await staging.Link("Activate v5 on Staging").ClickAsync();
                await staging.AcknowledgeAsync();
                await staging.Button("Activate v5 on Staging").ClickAsync();
                await page.Question("Activate v5 on Staging?").Button("Activate v5 on Staging").ClickAsync();
                await Expect(staging.Text("Pending")).ToBeVisibleAsync();
                site.Speed = Site.Brisk;
                await Expect(staging.Text("v5")).ToBeVisibleAsync();
                await Expect(staging.Link("Diff Against v4")).ToBeVisibleAsync();

                await production.Link("Activate v5 on Production").ClickAsync();
                await production.AcknowledgeAsync();
                await production.GetByLabel("Notes").FillAsync("The spring campaign's redirect");
                var emails = production.GetByLabel("Notify via email");
                await emails.FillAsync("ops@farbound.example, nobody");
                await production.Button("Activate v5 on Production").ClickAsync();
                await Expect(emails).ToHaveAttributeAsync("aria-invalid", "true");
                await Expect(production.GetByText("“nobody” is not an e-mail address.")).ToBeVisibleAsync();
                await page.SaveScreenshotAsync("activate-form-with-an-error");
                await emails.FillAsync("ops@farbound.example, web@farbound.example");
                await Expect(production.GetByLabel("Cancel Activation if Error Rate Increases")).ToBeCheckedAsync();

                site.Speed = Site.Slow;
                await production.Button("Activate v5 on Production").ClickAsync();
                var question = page.Question("Activate v5 on Production?");
                await Expect(question).ToContainTextAsync("Version 3Version 5on production");
                await Expect(question.Link("Review what changes from v3 to v5")).ToBeVisibleAsync();
                await page.SaveScreenshotAsync("activate-confirmation");
                await question.Button("Activate v5 on Production").ClickAsync();

                await Expect(production.Text("Pending")).ToBeVisibleAsync();
                await Expect(production.Text("v3")).ToBeVisibleAsync();
                await site.PassUntilAsync(page, ActivationState.World);
                await Expect(production.Text("Pending - Full Rollout")).ToBeVisibleAsync();
                await Expect(production.GetByText("Live traffic is on version 5", new() { Exact = true })).ToBeVisibleAsync();
                await page.SaveScreenshotAsync("activation-live-traffic-on-it");

                site.Speed = Site.Brisk;
                await Expect(production.Text("v5")).ToBeVisibleAsync();
                await production.Link("View Details").ClickAsync();
                await Expect(page.Heading("Activation of version 5 on production")).ToBeVisibleAsync();
                await Expect(page.GetByText("Active", new() { Exact = true })).ToBeVisibleAsync();
                await Expect(page.GetByText("took ").First).ToContainTextAsync("live traffic after");
                await Expect(page.GetByText("ops@farbound.example, web@farbound.example")).ToBeVisibleAsync();

                await page.Link("Activation History").ClickAsync();
                await ExpectHistoryAsync(page.Row(1), "Active", "v5", "Production");
                await Expect(page.Row(1)).ToContainTextAsync("The spring campaign's redirect");
                await ExpectHistoryAsync(page.Row(2), "Active", "v5", "Staging");
            }
        );

    [Fact]
    public Task A_cancelled_activation_leaves_the_version_before_it_active() =>
        site.VisitAsync(
            Publisher,
            "/properties/prp_100101/versions/5/activate?network=production",
            async page =>
            {
                var production = page.Panel("Production");
                site.Speed = Site.Slow;
                await production.Button("Activate v5 on Production").ClickAsync();
                await page.Question("Activate v5 on Production?").Button("Activate v5 on Production").ClickAsync();
                // Some servers have it: there is something to take back.
                await site.PassUntilAsync(page, ActivationState.Live);
                await Expect(production.Locator("[data-state=Live]")).ToBeVisibleAsync();

                await production.Button("Cancel").ClickAsync();
                await page.SaveScreenshotAsync("cancel-question");
                site.Speed = Site.Still;
                await page.GetByRole(AriaRole.Dialog).Button("Yes, cancel").ClickAsync();
                await Expect(production.Text("Pending Cancellation")).ToBeVisibleAsync();
                await Expect(production.Button("Cancel")).ToBeDisabledAsync();
                var details = await production.Link("Activation of version 5 on production").GetAttributeAsync("href");

                site.Speed = Site.Brisk;
                await Expect(production.Link("Activate v5 on Production")).ToBeVisibleAsync();
                await Expect(production.Text("v4")).ToBeVisibleAsync();
                await page.GotoAsync("/" + details);
                await Expect(page.GetByText("Aborted", new() { Exact = true }).First).ToBeVisibleAsync();
                await Expect(page.GetByText("Version 4 restored")).ToBeVisibleAsync();
                await page.Link("Activation History").ClickAsync();
                await ExpectHistoryAsync(page.Row(1), "Aborted", "v5", "Production");
                await Expect(page.Row(1)).ToContainTextAsync($"Cancelled by {Publisher}");
            }
        );

    [Fact]
    public Task Fast_Fallback_restores_the_version_before_and_is_offered_once() =>
        site.VisitAsync(
            Publisher,
            "/properties/prp_100103/versions/5/activate?network=production",
            async page =>
            {
                const string fallBack = "Fast Fallback to last active version";
                var production = page.Panel("Production");
                site.Speed = Site.Slow;
                await production.Button("Activate v5 on Production").ClickAsync();
                await page.Question("Activate v5 on Production?").Button("Activate v5 on Production").ClickAsync();
                await site.PassUntilAsync(page, ActivationState.Active);
                await Expect(production.Text("v5")).ToBeVisibleAsync();

                await Expect(production.Button(fallBack)).ToBeEnabledAsync();
                var countdown = production.GetByText("The window closes in");
                var before = await countdown.TextContentAsync();
                await Expect(countdown).Not.ToHaveTextAsync(before!);
                await page.SaveScreenshotAsync("fast-fallback-window");
                await production.Button(fallBack).ClickAsync();
                await page.Question("Fall back to version 3?").Button("Yes, fall back").ClickAsync();
                await Expect(production.Link("Fast Fallback of version 3 on production")).ToBeVisibleAsync();

                site.Speed = Site.Brisk;
                await Expect(production.Text("v3")).ToBeVisibleAsync();
                await Expect(production.Button(fallBack)).ToBeDisabledAsync();
                await Expect(production.Button(fallBack)).ToHaveAccessibleDescriptionAsync("This activation is a Fast Fallback itself.");
            }
        );

    [Fact]
    public Task A_version_never_on_staging_goes_to_production_only_with_an_acknowledgement() =>
        site.VisitAsync(
            Publisher,
            "/properties/prp_100104/versions/5/activate?network=production",
            async page =>
            {
                var production = page.Panel("Production");
                var acknowledge = production.GetByLabel("I know that it was not tested there");
                await Expect(acknowledge).Not.ToBeCheckedAsync();
                await production.Button("Activate v5 on Production").ClickAsync();
                await Expect(production.GetByText("Acknowledge this first, or activate the version on staging.")).ToBeVisibleAsync();
                await Expect(page.Question("Activate v5 on Production?")).ToBeHiddenAsync();

                await acknowledge.CheckAsync();
                await production.Button("Activate v5 on Production").ClickAsync();
                await Expect(page.Question("Activate v5 on Production?")).ToBeVisibleAsync();
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Question("Activate v5 on Production?")).ToBeHiddenAsync();
            }
        );

    /// <summary>Leaving a field checks it, between the button's press and its release: were the button to move then, the click would be lost.</summary>
    [Fact]
    public Task The_button_stays_where_it_is_when_a_field_is_mended() =>
        site.VisitAsync(
            Publisher,
            "/properties/prp_100104/versions/5/activate?network=production",
            async page =>
            {
                var production = page.Panel("Production");
                var emails = production.GetByLabel("Notify via email");
                await emails.FillAsync("nobody");
                await emails.BlurAsync();
                await Expect(emails).ToHaveAttributeAsync("aria-invalid", "true");
                var submit = production.Button("Activate v5 on Production");
                await submit.ScrollIntoViewIfNeededAsync();
                var before = (await submit.BoundingBoxAsync())!;

                await emails.FillAsync("ops@northwind.example");
                await Expect(emails).Not.ToHaveAttributeAsync("aria-invalid", "true");
                var after = (await submit.BoundingBoxAsync())!;
                Assert.Equal(before.Y, after.Y);
            }
        );

    [Fact]
    public Task The_version_that_is_active_cannot_be_activated_again() =>
        site.VisitAsync(
            Publisher,
            "/properties/prp_100104/versions/4/activate",
            async page =>
            {
                var activate = page.Panel("Production").Button("Activate v4 on Production");
                await Expect(activate).ToBeDisabledAsync();
                await Expect(activate).ToHaveAccessibleDescriptionAsync("Version 4 is active on production already.");
            }
        );

    [Fact]
    public Task The_diff_against_the_version_before_shows_the_lines_that_changed() =>
        site.VisitAsync(
            Publisher,
            "/properties/prp_100104/versions/4/activate",
            async page =>
            {
                await page.Panel("Production").Link("Diff Against v3").ClickAsync();
                await Expect(page.Heading("Version 4 against version 3")).ToBeVisibleAsync();
                var lines = page.GetByRole(AriaRole.Region, new() { Name = "Changed lines", Exact = true });
                await Expect(lines.GetByRole(AriaRole.Insertion).Filter(new() { HasText = "sanctions" }).First).ToBeVisibleAsync();
                await Expect(page.GetByText(" lines added, ")).ToBeVisibleAsync();
                await page.SaveScreenshotAsync("diff-side-by-side");
                await page.Button("Inline").ClickAsync();
                await Expect(page.Button("Inline")).ToHaveAttributeAsync("aria-pressed", "true");
                await Expect(lines.GetByRole(AriaRole.Insertion).Filter(new() { HasText = "sanctions" }).First).ToBeVisibleAsync();
            }
        );

    /// <summary>What stands in a row of the history: the three, that it was an activation, and that it took some minutes.</summary>
    private static async Task ExpectHistoryAsync(ILocator row, string status, string version, string network)
    {
        var cells = row.GetByRole(AriaRole.Cell);
        await Expect(cells.Nth(0)).ToContainTextAsync(status);
        await Expect(cells.Nth(1)).ToHaveTextAsync(version);
        await Expect(cells.Nth(2)).ToHaveTextAsync(network);
        await Expect(cells.Nth(3)).ToHaveTextAsync("Activation");
        await Expect(cells.Nth(5)).ToContainTextAsync(" min");
    }
}
