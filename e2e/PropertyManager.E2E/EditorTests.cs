using System.Text.RegularExpressions;
using PropertyManager.Domain.Activations;
using static PropertyManager.E2E.People;

namespace PropertyManager.E2E;

/// <summary>Create a new version, edit, save, review, test, submit: the way of a change, on a property with 1,250 hits/s, most of them from one country.</summary>
[Collection(nameof(Site))]
public sealed partial class EditorTests(Site site)
{
    private const string Property = "/properties/prp_100109/versions";

    [Fact]
    public Task A_geo_block_is_made_tried_foreseen_cancelled_by_the_error_rate_limit_and_passes_when_it_is_meant() =>
        site.VisitAsync(
            Publisher,
            $"{Property}/4",
            async page =>
            {
                await page.Button("Edit New Version").ClickAsync();
                await page.WaitForURLAsync("**/edit");
                var made = VersionInAddress.Match(page.Url).Groups["number"].Value;
                await MakeGeoBlockAsync(page);
                await DragAsync(page);
                await SeeItAsJsonAndBackAsync(page);
                await page.Button("Save").ClickAsync();
                await Expect(page.GetByText("All changes are saved")).ToBeVisibleAsync();
                await page.ShutsNobodyOutAsync("editor");

                await page.Link("Try a request").ClickAsync();
                await page.GetByLabel("Address, or a curl line").FillAsync("https://www.port-vale.example/");
                await page.GetByLabel("Country", new() { Exact = true }).SelectOptionAsync("GB");
                await page.Button("Try it").ClickAsync();
                await Expect(page.GetByText($"v{made} → 403 by rule “default / Geo-block”")).ToBeVisibleAsync();
                await page.ShutsNobodyOutAsync("tried");

                await page.Link("Activate").ClickAsync();
                var production = page.Panel("Production");
                await OrderAsync(page, production, made, untick: false);
                await Expect(production.GetByText($"Activation of version {made}: Aborted")).ToBeVisibleAsync();
                await Expect(production.GetByText("4xx+5xx rose from")).ToBeVisibleAsync();
                await Expect(production.Text("v4")).ToBeVisibleAsync();

                site.Speed = Site.Slow;
                await OrderAsync(page, production, made, untick: true);
                await site.PassUntilAsync(page, ActivationState.World);
                await Expect(production.GetByText("Over the limit, not acting")).ToBeVisibleAsync();
                site.Speed = Site.Brisk;
                await Expect(production.Text($"v{made}")).ToBeVisibleAsync();
            }
        );

    [Fact]
    public Task A_draft_outlives_the_page_and_hostnames_are_pasted() =>
        site.VisitAsync(
            Publisher,
            $"{Property}/5",
            async page =>
            {
                await page.Button("Edit New Version").ClickAsync();
                await page.WaitForURLAsync("**/edit");
                await page.GetByLabel("Notes").FillAsync("Eleven more schools");
                await page.Link("Hostnames 17").ClickAsync();
                var schools = string.Join('\n', Enumerable.Range(1, 11).Select(i => $"school-{i}.port-vale.example"));
                await page.GetByLabel("Add hostnames").FillAsync(schools);
                await page.Button("Add").ClickAsync();
                await Expect(page.Link("Hostnames 28")).ToBeVisibleAsync();
                await Expect(page.GetByText("This will be an exception").First).ToBeVisibleAsync();
                await Expect(page.GetByText("kept as your draft")).ToBeVisibleAsync();
                await page.ShutsNobodyOutAsync("editor-hostnames");

                await page.ReloadAsync();
                await Expect(page.GetByText("Your unsaved changes are back")).ToBeVisibleAsync();
                await Expect(page.GetByLabel("Notes")).ToHaveValueAsync("Eleven more schools");
                await page.GetByLabel("Notes").FillAsync("Eleven schools");
                await Expect(page.GetByTitle("Undo: Change notes")).ToBeEnabledAsync();
                await page.Keyboard.PressAsync("Control+s");
                await Expect(page.GetByText("All changes are saved")).ToBeVisibleAsync();
            }
        );

    [GeneratedRegex(@"/versions/(?<number>\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionInAddress { get; }

    private static async Task MakeGeoBlockAsync(IPage page)
    {
        await page.Button("Add Rule").ClickAsync();
        await page.GetByLabel("Rule name").FillAsync("Geo-block");
        await page.Button("Add Criterion").ClickAsync();
        await page.GetByLabel("Search criteria").FillAsync("location");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Countries").FillAsync("GB\nIE");
        await page.Button("Add Behavior").ClickAsync();
        await page.GetByLabel("Search behaviors").FillAsync("deny");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Article, new() { Name = "Deny Access denyAccess" })).ToBeVisibleAsync();
    }

    private static async Task DragAsync(IPage page)
    {
        var rules = page.Locator(".node");
        var last = await rules.CountAsync() - 1;
        await Expect(rules.Nth(last)).ToContainTextAsync("Geo-block");
        await rules.Nth(last).DragToAsync(page.Locator(".gap").First);
        await Expect(rules.Nth(1)).ToContainTextAsync("Geo-block");
        await page.Button("Undo").ClickAsync();
        await Expect(rules.Nth(last)).ToContainTextAsync("Geo-block");
        await rules.Nth(last).GetByRole(AriaRole.Button).ClickAsync();
    }

    // The forms and the text are the same tree: each shows what was done in the other.
    private static async Task SeeItAsJsonAndBackAsync(IPage page)
    {
        await page.Link("JSON").ClickAsync();
        await page.WaitForFunctionAsync("() => window.monaco?.editor.getModels()[0]?.getValue().includes('Geo-block')");
        await page.EvaluateAsync(
            "() => { const model = window.monaco.editor.getModels()[0]; model.setValue(model.getValue().replace('\"Geo-block\",', '\"Geo-block\", \"comments\": \"Sanctions\",')); }"
        );
        await Expect(page.GetByTitle("Undo: Edit as JSON")).ToBeVisibleAsync();
        await page.Link("Rules").ClickAsync();
        await Expect(page.GetByLabel("Comments")).ToHaveValueAsync("Sanctions");
    }

    private static async Task OrderAsync(IPage page, ILocator production, string version, bool untick)
    {
        var activate = $"Activate v{version} on Production";
        await production.Link(activate).ClickAsync();
        await Expect(production.GetByText("Would be cancelled: 4xx+5xx")).ToBeVisibleAsync();
        await production.AcknowledgeAsync();
        if (untick)
        {
            await production.GetByLabel("Cancel Activation if Error Rate Increases").UncheckAsync();
            await Expect(production.GetByText("Over the error rate limit: 4xx+5xx")).ToBeVisibleAsync();
        }
        await production.Button(activate).ClickAsync();
        await page.Question($"{activate}?").Button(activate).ClickAsync();
    }
}
