using static PropertyManager.E2E.People;

namespace PropertyManager.E2E;

[Collection(nameof(Site))]
public sealed class CompareTests(Site site)
{
    [Fact]
    public Task What_changes_is_read_rule_by_rule_between_any_two_versions() =>
        site.VisitAsync(
            Publisher,
            "/properties/prp_100104",
            async page =>
            {
                await page.Link("Diff Against v4 of version 5").ClickAsync();
                var tabs = page.GetByRole(AriaRole.Navigation, new() { Name = "Comparison", Exact = true });
                await Expect(tabs.Link("XML")).ToHaveAttributeAsync("aria-current", "page");

                await tabs.Link("Rules (1)").ClickAsync();
                var rule = page.GetByRole(AriaRole.Article, new() { Name = "Static files", Exact = true });
                await Expect(rule.GetByRole(AriaRole.Deletion).First).ToContainTextAsync("1 day");
                await Expect(rule.GetByRole(AriaRole.Insertion).First).ToContainTextAsync("7 days");

                await page.GetByLabel("Before", new() { Exact = true }).SelectOptionAsync("3");
                await Expect(page.Heading("Version 5 against version 3")).ToBeVisibleAsync();
                await Expect(tabs.GetByText("Rules (")).ToHaveAttributeAsync("aria-current", "page");
                await page.Link("Swap").ClickAsync();
                await Expect(page.Heading("Version 3 against version 5")).ToBeVisibleAsync();
                await Expect(rule.GetByRole(AriaRole.Insertion).First).ToContainTextAsync("1 day");

                await rule.Link("Open in v3: Static files").ClickAsync();
                await Expect(page.Heading("Static files")).ToBeVisibleAsync();
            }
        );
}
