using PropertyManager.Domain.Activations;
using static PropertyManager.E2E.People;

namespace PropertyManager.E2E;

[Collection(nameof(Site))]
public sealed class TwoPeopleTests(Site site)
{
    // The figures carry the instant (unix ms) at which the engine published them: what was shown when, by the machine's one clock.
    // What stands there when the watching begins was shown before, nobody knows when.
    private const string Watch = """
        () => {
          window.shown = [];
          let last = document.querySelector("[data-at]").dataset.at;
          new MutationObserver(() => {
            const figures = document.querySelector("[data-at]");
            if (figures && figures.dataset.at !== last) {
              last = figures.dataset.at;
              window.shown.push({ published: Number(figures.dataset.at), state: figures.dataset.state, installed: figures.dataset.installed, at: Date.now() });
            }
          }).observe(document.body, { subtree: true, childList: true, attributes: true });
        }
        """;

    private const string Enough = "() => window.shown.length >= 15";

    [Fact]
    public Task Two_people_see_the_same_activation_within_250_ms_of_each_other() =>
        site.VisitAsync(
            Publisher,
            "/properties/prp_100108/versions/6/activate?network=production",
            pauls =>
                site.VisitAsync(
                    Admin,
                    "/properties/prp_100108/versions/6/activate",
                    async adas =>
                    {
                        await Expect(adas.Panel("Production").Text("v5")).ToBeVisibleAsync();
                        site.Speed = Site.Slow;
                        await pauls.Panel("Production").Button("Activate v6 on Production").ClickAsync();
                        await pauls.Question("Activate v6 on Production?").Button("Activate v6 on Production").ClickAsync();
                        await Expect(pauls.Locator("[data-at]")).ToBeVisibleAsync();
                        await adas.ReloadAsync();
                        await Expect(adas.Locator("[data-at]")).ToBeVisibleAsync();

                        await Task.WhenAll(pauls.EvaluateAsync(Watch), adas.EvaluateAsync(Watch));
                        site.Speed = Site.Steady;
                        await Task.WhenAll(pauls.WaitForFunctionAsync(Enough), adas.WaitForFunctionAsync(Enough));
                        await site.PassUntilAsync(adas, ActivationState.Active);
                        await Expect(adas.Panel("Production").Text("v6")).ToBeVisibleAsync();
                        await Expect(pauls.Panel("Production").Text("v6")).ToBeVisibleAsync();

                        var (paul, ada) = (await ShownAsync(pauls), await ShownAsync(adas));
                        var both = paul.Join(ada, p => p.Published, a => a.Published, (p, a) => (Paul: p, Ada: a)).ToList();
                        Assert.True(both.Count >= 10, $"Only {both.Count} instants were shown to both");
                        Assert.All(
                            both,
                            instant =>
                            {
                                Assert.Equal((instant.Paul.State, instant.Paul.Installed), (instant.Ada.State, instant.Ada.Installed));
                                Assert.InRange(Math.Abs(instant.Paul.At - instant.Ada.At), 0, 250);
                            }
                        );
                        Assert.All([.. paul, .. ada], shown => Assert.InRange(shown.At - shown.Published, 0, 500));
                    },
                    name: "two-people-the-other"
                )
        );

    private static Task<Shown[]> ShownAsync(IPage page) => page.EvaluateAsync<Shown[]>("() => window.shown");

    /// <summary>One instant on one screen.</summary>
    private sealed record Shown
    {
        public long Published { get; init; }
        public string State { get; init; } = "";
        public string Installed { get; init; } = "";
        public long At { get; init; }
    }
}
