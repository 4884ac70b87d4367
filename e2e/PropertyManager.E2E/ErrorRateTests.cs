using System.Text.RegularExpressions;
using PropertyManager.Domain.Activations;
using static PropertyManager.E2E.People;

namespace PropertyManager.E2E;

/// <summary>A version that breaks the origin, on properties with more than 1,000 hits/s.</summary>
[Collection(nameof(Site))]
public sealed partial class ErrorRateTests(Site site)
{
    [Fact]
    public Task An_activation_whose_errors_rise_is_cancelled_by_itself_and_says_on_what_evidence() =>
        site.VisitAsync(
            Publisher,
            "/properties/prp_100105/versions/5/activate?network=production",
            async page =>
            {
                var production = page.Panel("Production");
                await BreakAsync(production);
                await production.Button("Activate v5 on Production").ClickAsync();
                site.Speed = Site.Slow;
                await page.Question("Activate v5 on Production?").Button("Activate v5 on Production").ClickAsync();
                var details = await production.Link("Activation of version 5 on production").GetAttributeAsync("href");

                site.Speed = Site.Brisk;
                await Expect(production.Link("Activate v5 on Production")).ToBeVisibleAsync();
                await Expect(production.Text("v4")).ToBeVisibleAsync();
                await page.GotoAsync("/" + details);
                var aborted = page.Locator(".pm-callout", new() { HasText = "Aborted" });
                await Expect(aborted).ToContainTextAsync("4xx+5xx rose from");
                await Expect(aborted).ToContainTextAsync("Version 4 stays active.");
            }
        );

    [Fact]
    public Task With_the_limit_turned_off_the_same_activation_completes() =>
        site.VisitAsync(
            Publisher,
            "/properties/prp_100102/versions/5/activate?network=production",
            async page =>
            {
                var production = page.Panel("Production");
                await BreakAsync(production);
                await production.GetByLabel("Cancel Activation if Error Rate Increases").UncheckAsync();
                await production.Button("Activate v5 on Production").ClickAsync();
                site.Speed = Site.Slow;
                await page.Question("Activate v5 on Production?").Button("Activate v5 on Production").ClickAsync();
                await site.PassUntilAsync(page, ActivationState.World);
                await Expect(production.GetByText("Over the limit, not acting")).ToBeVisibleAsync();
                site.Speed = Site.Brisk;
                await Expect(production.Text("v5")).ToBeVisibleAsync();
            }
        );

    private static async Task BreakAsync(ILocator production)
    {
        await production.GetByText("Simulate trouble").ClickAsync();
        // Its share is computed from the property's baseline, and its effect is said beside it.
        await production.GetByRole(AriaRole.Button, new() { NameRegex = Preset }).ClickAsync();
        await Expect(production.GetByText("Added to this activation: 5xx on")).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"^5xx on \d+% of the hits$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Preset { get; }
}
