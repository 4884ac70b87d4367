using PropertyManager.Domain.Activations;
using static PropertyManager.E2E.People;

namespace PropertyManager.E2E;

[Collection(nameof(Site))]
public sealed class TwoPeopleTests(Site site)
{
    // The figures carry the instant (unix ms) at which the engine published them: what was shown when, by the machine's one clock.
    private const string Watch = """
        () => {
          window.shown = [];
          new MutationObserver(() => {
            const figures = document.querySelector("[data-at]");
            if (figures && Number(figures.dataset.at) !== window.shown.at(-1)?.published) {
              window.shown.push({ published: Number(figures.dataset.at), state: figures.dataset.state, installed: figures.dataset.installed, at: Date.now() });
            }
          }).observe(document.body, { subtree: true, childList: true, attributes: true });
        }
        """;

    /// <summary>What "live" means: an instant is typically on two screens within this time (ms) of each other, and on each within twice as much.</summary>
    /// <remarks>The median is asked: on a busy machine a browser may be kept waiting once, and a screen that polls or queues is late every time.</remarks>
    private const long Live = 250;

    private const string Enough = "() => window.shown.length >= 15";

    [Fact]
    public Task Two_people_see_the_same_activation_live() =>
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
                            instant => Assert.Equal((instant.Paul.State, instant.Paul.Installed), (instant.Ada.State, instant.Ada.Installed))
                        );
                        Assert.InRange(Median([.. both.Select(instant => Math.Abs(instant.Paul.At - instant.Ada.At))]), 0, Live);
                        Assert.InRange(Median([.. paul.Select(shown => shown.At - shown.Published)]), 0, 2 * Live);
                        Assert.InRange(Median([.. ada.Select(shown => shown.At - shown.Published)]), 0, 2 * Live);
                    },
                    name: "two-people-the-other"
                )
        );

    private static long Median(List<long> times) => times.Order().ElementAt(times.Count / 2);

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
