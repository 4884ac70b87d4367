using PropertyManager.Web.Data;
using static PropertyManager.E2E.People;

namespace PropertyManager.E2E;

[Collection(nameof(Site))]
public sealed class KeyboardTests(Site site)
{
    // Whatever has the focus shows it; the page itself has it between two documents.
    private const string FocusIsHidden = """
        () => {
          const focused = document.activeElement;
          const style = getComputedStyle(focused);
          const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
          return focused === document.body || ring ? null : focused.outerHTML;
        }
        """;

    [Fact]
    public Task A_version_is_found_and_activated_without_a_mouse() =>
        site.VisitAsync(
            null,
            "/",
            async page =>
            {
                await Expect(page.GetByLabel("E-mail")).ToBeFocusedAsync();
                await page.Keyboard.TypeAsync(Publisher);
                await page.Keyboard.PressAsync("Tab");
                await page.Keyboard.TypeAsync(DemoUsers.Password);
                await page.Keyboard.PressAsync("Enter");

                await TabToAsync(page, page.GetByLabel("Filter by Property or Hostname"));
                await page.Keyboard.TypeAsync("port-vale");
                await Expect(page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(1);
                await TabToAsync(page, page.Link("www.port-vale.example"));
                await page.Keyboard.PressAsync("Enter");
                await TabToAsync(page, page.Link("Activate version 4"));
                await page.Keyboard.PressAsync("Enter");

                var staging = page.Panel("Staging");
                await TabToAsync(page, staging.Link("Activate v4 on Staging"));
                await page.Keyboard.PressAsync("Enter");
                await TabToAsync(page, staging.Button("Activate v4 on Staging"));
                await page.Keyboard.PressAsync("Space");
                var question = page.Question("Activate v4 on Staging?");
                // Enter alone does no harm.
                await Expect(question.Button("Go back")).ToBeFocusedAsync();
                await TabToAsync(page, question.Button("Activate v4 on Staging"));
                await page.Keyboard.PressAsync("Enter");
                await Expect(staging.Text("v4")).ToBeVisibleAsync();
            }
        );

    /// <summary>Presses Tab until the target has the focus, and looks each time whether one can see where it is.</summary>
    private static async Task TabToAsync(IPage page, ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var pressed = 0; pressed < 60; pressed++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.Null(await page.EvaluateAsync<string?>(FocusIsHidden));
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }
        Assert.Fail($"60 times Tab do not lead to {target}");
    }
}
