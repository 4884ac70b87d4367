using Deque.AxeCore.Commons;

namespace PropertyManager.E2E;

/// <summary>What people who see badly, use a keyboard or hold a telephone would stumble over.</summary>
internal static class Accessibility
{
    private static readonly ColorScheme[] Themes = [ColorScheme.Light, ColorScheme.Dark];
    private static readonly int[] Widths = [Screen.Wide, Screen.Narrow];

    // Itself, and not by way of its package for Playwright: that gives it to the page anew for each look and takes four times as long.
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private const string LookWithAxe = """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
          .filter(rule => rule.impact === 'serious' || rule.impact === 'critical')
          .map(rule => `${rule.id} (${rule.help}): ${rule.nodes.map(node => `${node.html} ${node.any[0]?.message ?? ''}`).join('; ')}`)
        """;

    // A colour that is on its way to another is neither, and what inherits it sets out a frame later. What turns for ever is not waited for.
    private const string Settle = """
        async () => {
          let moving;
          do {
            await new Promise(requestAnimationFrame);
            moving = document.getAnimations().filter(move => move.effect.getComputedTiming().endTime !== Infinity);
            await Promise.allSettled(moving.map(move => move.finished));
          } while (moving.length > 0);
        }
        """;

    /// <summary>Looks at the page as it stands: with axe and for its width, in both themes, on a laptop and on a telephone. Leaves it as it was.</summary>
    /// <param name="page">All that it loads is there.</param>
    /// <param name="name">Of the screenshots.</param>
    public static async Task ShutsNobodyOutAsync(this IPage page, string name)
    {
        List<string> problems = [];
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(Axe);
        foreach (var theme in Themes)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme });
            await page.EvaluateAsync(Settle);
            foreach (var width in Widths)
            {
                await page.SetViewportSizeAsync(width, Screen.Height);
                await page.SaveScreenshotAsync($"{name}-{width}-{theme}".ToLowerInvariant());
                var found = await page.EvaluateAsync<string[]>(LookWithAxe);
                problems.AddRange(found.Select(problem => $"{width} px, {theme}: {problem}"));
                var over = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (over > 0)
                    problems.Add($"{width} px: {over} px wider than the window");
            }
            await page.SetViewportSizeAsync(Screen.Wide, Screen.Height);
        }
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        Assert.True(problems.Count == 0, $"{name}:\n{string.Join('\n', problems)}");
    }
}
