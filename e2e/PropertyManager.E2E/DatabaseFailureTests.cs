using static PropertyManager.E2E.People;

namespace PropertyManager.E2E;

/// <summary>The database fails while somebody works: they are told why, and their page goes on.</summary>
[Collection(nameof(Site))]
public sealed class DatabaseFailureTests(Site site)
{
    [Fact]
    public Task A_form_keeps_what_was_typed_while_another_program_has_locked_the_database() =>
        site.VisitAsync(
            Publisher,
            "/properties/prp_100112/versions/2/activate?network=staging",
            async page =>
            {
                var staging = page.Panel("Staging");
                await staging.AcknowledgeAsync();
                await staging.GetByLabel("Notes").FillAsync("Half a note");
                await using (await site.LockDatabaseAsync())
                {
                    await staging.Button("Activate v2 on Staging").ClickAsync();
                    await page.Question("Activate v2 on Staging?").Button("Activate v2 on Staging").ClickAsync();
                    await Expect(staging.Text("Another program has locked the database")).ToBeVisibleAsync();
                    await Expect(staging.GetByLabel("Notes")).ToHaveValueAsync("Half a note");
                    await page.SaveScreenshotAsync("activate-form-while-the-database-is-locked");
                }
                site.Speed = Site.Slow;
                await staging.Button("Try again").ClickAsync();
                await Expect(staging.Text("Pending")).ToBeVisibleAsync();
            }
        );
}
