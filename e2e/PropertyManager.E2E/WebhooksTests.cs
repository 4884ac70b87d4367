using static PropertyManager.E2E.People;

namespace PropertyManager.E2E;

[Collection(nameof(Site))]
public sealed class WebhooksTests(Site site)
{
    [Fact]
    public Task A_webhook_is_made_tried_and_deleted() =>
        site.VisitAsync(
            Publisher,
            "/groups",
            async page =>
            {
                await page.GetByRole(AriaRole.Button, new() { Name = "Account of" }).ClickAsync();
                await page.Link("Webhooks").ClickAsync();
                await Expect(page.Heading("Webhooks")).ToBeVisibleAsync();
                await Expect(page.Link("Webhooks")).ToBeHiddenAsync();
                await page.GetByLabel("Address", new() { Exact = true }).FillAsync("hooks.example");
                await page.GetByLabel("For", new() { Exact = true }).FillAsync("nobody.example");
                await page.Button("Add").ClickAsync();
                await Expect(page.Locator("[aria-invalid=true]")).ToHaveCountAsync(2);
                await page.ShutsNobodyOutAsync("webhooks-errors");

                const string address = "http://127.0.0.1:1/hooks/property-manager?channel=activations";
                await page.GetByLabel("Address", new() { Exact = true }).FillAsync(address);
                await page.GetByLabel("For", new() { Exact = true }).FillAsync("www.port-vale.example");
                await page.Button("Add").ClickAsync();
                await Expect(page.GetByText("whsec_")).ToBeVisibleAsync();
                var webhook = page.GetByRole(AriaRole.Region, new() { Name = address });
                await webhook.Button("Send a test").ClickAsync();
                await Expect(webhook.GetByText("No connection: nothing listens there")).ToBeVisibleAsync();
                await page.ShutsNobodyOutAsync("webhooks");

                await page.Button($"I have it: the secret of {address}").ClickAsync();
                await Expect(page.GetByText("whsec_")).ToHaveCountAsync(0);
                await webhook.Button($"Delete {address}…").ClickAsync();
                await page.Question("Delete this webhook?").Button("Yes, delete it").ClickAsync();
                await Expect(page.GetByText("No webhooks")).ToBeVisibleAsync();
            }
        );
}
