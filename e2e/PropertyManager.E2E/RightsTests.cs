using PropertyManager.Web.Data;
using static PropertyManager.E2E.People;

namespace PropertyManager.E2E;

[Collection(nameof(Site))]
public sealed class RightsTests(Site site)
{
    [Fact]
    public Task A_viewer_is_offered_nothing_that_changes_anything() =>
        site.VisitAsync(
            Viewer,
            "/properties/prp_100101/versions/4/activate",
            async page =>
            {
                var staging = page.Panel("Staging");
                await Expect(staging.GetByText("You need the role Publisher")).ToBeVisibleAsync();
                await Expect(page.GetByText("Activate v4 on")).ToHaveCountAsync(0);
                await Expect(page.GetByText("Deactivate")).ToHaveCountAsync(0);
                // The address of the form gives no way in either.
                await page.GotoAsync("/properties/prp_100101/versions/4/activate?network=staging");
                await Expect(staging.GetByText("You need the role Publisher")).ToBeVisibleAsync();
                await Expect(page.Button("Activate v4 on Staging")).ToHaveCountAsync(0);
            }
        );

    [Theory]
    [InlineData("/properties/prp_100103")]
    [InlineData("/properties/prp_100103/versions/5")]
    [InlineData("/properties/prp_100103/versions/5/activate")]
    [InlineData("/properties/prp_100103/versions/5/diff/4")]
    [InlineData("/properties/prp_100103/compare/4/5")]
    public Task Another_account_s_property_is_not_allowed(string path) =>
        site.VisitAsync(
            Viewer,
            "/groups",
            async page =>
            {
                var answer = await page.GotoAsync(path);
                Assert.Equal(403, answer!.Status);
                await Expect(page.Heading("Not allowed")).ToBeVisibleAsync();
                await Expect(page.Link("Go to Property Groups")).ToBeVisibleAsync();
            },
            $"403{path.Replace('/', '-')}"
        );

    [Theory]
    [InlineData("/properties/prp_999999")]
    [InlineData("/properties/prp_nonsense")]
    [InlineData("/properties/prp_100101/versions/99")]
    [InlineData("/properties/prp_100101/versions/99/activate")]
    [InlineData("/activations/atv_999999")]
    [InlineData("/properties/prp_100101/versions/5/diff/98")]
    [InlineData("/properties/prp_100101/compare/98/5")]
    [InlineData("/no-such-page")]
    public Task What_does_not_exist_is_not_found_and_leads_back(string path) =>
        site.VisitAsync(
            Publisher,
            "/groups",
            async page =>
            {
                var answer = await page.GotoAsync(path);
                Assert.Equal(404, answer!.Status);
                await page.Link("Go to Property Groups").ClickAsync();
                await Expect(page.Heading("Property Groups")).ToBeVisibleAsync();
            },
            $"404{path.Replace('/', '-')}"
        );

    [Fact]
    public Task Somebody_not_signed_in_signs_in_first_and_comes_back_to_where_they_were() =>
        site.VisitAsync(
            null,
            "/properties/prp_100101/versions/4/activate",
            async page =>
            {
                await Expect(page.Heading("Sign in")).ToBeVisibleAsync();
                await page.FillSignInAsync(Publisher, "wrong");
                await page.Button("Sign in").ClickAsync();
                await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
                await page.FillSignInAsync(Publisher, DemoUsers.Password);
                await page.Button("Sign in").ClickAsync();
                await Expect(page).ToHaveURLAsync(site.Address + "properties/prp_100101/versions/4/activate");
                await Expect(page.Panel("Production")).ToBeVisibleAsync();
            }
        );
}
