using PropertyManager.Web.Data;
using static PropertyManager.E2E.People;

namespace PropertyManager.E2E;

/// <summary>One browser with two tabs: what happens in one counts in the other.</summary>
[Collection(nameof(Site))]
public sealed class SignOutTests(Site site)
{
    private const long Property = 100107;
    private const string Form = "/properties/prp_100107/versions/4/activate?network=production";
    private const string Activate = "Activate v4 on Production";

    // Signs out as the form in the menu does, and presses the button in the very moment at which that is done. Nobody waits for it: the page is left
    // when it is told of the sign-out, which may be a moment earlier.
    private const string SignOutAndPress = """
        button => {
          const form = document.querySelector("form[action='/account/logout']");
          fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" }).then(() => button.click());
        }
        """;

    [Fact]
    public Task A_sign_out_takes_the_other_tabs_to_the_sign_in_page_without_a_click() =>
        VisitAsync(
            "/groups",
            async page =>
            {
                await Expect(page.Heading("Property Groups")).ToBeVisibleAsync();
                var other = await page.Context.NewPageAsync();
                await other.GotoAsync(Form);
                await Expect(other.Panel("Production").Button(Activate)).ToBeVisibleAsync();

                await page.Button("Account of Publisher").ClickAsync();
                await page.Button("Sign out").ClickAsync();

                await Expect(page.Heading("Sign in")).ToBeVisibleAsync();
                await Expect(other.Heading("Sign in")).ToBeVisibleAsync();
                // Whoever signs in again is back where they were.
                await other.FillSignInAsync(Publisher, DemoUsers.Password);
                await other.Button("Sign in").ClickAsync();
                await Expect(other).ToHaveURLAsync(site.Address + Form[1..]);
                await Expect(other.Panel("Production").Button(Activate)).ToBeVisibleAsync();
            }
        );

    [Fact]
    public Task An_activation_that_is_confirmed_in_another_tab_after_the_sign_out_does_not_begin() =>
        VisitAsync(
            Form,
            async page =>
            {
                var before = await site.CountActivationsAsync(Property);
                var form = page.Panel("Production");
                await form.AcknowledgeAsync();
                await form.Button(Activate).ClickAsync();
                var confirm = page.Question(Activate + "?").Button(Activate);
                await Expect(confirm).ToBeVisibleAsync();

                await confirm.EvaluateAsync(SignOutAndPress);

                await Expect(page.Heading("Sign in")).ToBeVisibleAsync();
                Assert.Equal(before, await site.CountActivationsAsync(Property));
            }
        );

    /// <summary>With a sign-in of its own: what ends is not the others'.</summary>
    private Task VisitAsync(string path, Func<IPage, Task> visit, [System.Runtime.CompilerServices.CallerMemberName] string name = "") =>
        site.VisitAsync(
            null,
            path,
            async page =>
            {
                await page.FillSignInAsync(Publisher, DemoUsers.Password);
                await page.Button("Sign in").ClickAsync();
                await visit(page);
            },
            name
        );
}
