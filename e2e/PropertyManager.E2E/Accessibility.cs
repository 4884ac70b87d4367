using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace PropertyManager.E2E;

/// <summary>What people who see badly, use a keyboard or hold a telephone would stumble over.</summary>
internal static class Accessibility
{
    private static readonly ColorScheme[] Themes = [ColorScheme.Light, ColorScheme.Dark];
    private static readonly int[] Widths = [Screen.Wide, Screen.Narrow];

    /// <summary>Looks at the page as it stands, light and dark, wide and narrow. Leaves it as it was.</summary>
    /// <param name="page">All that it loads is there.</param>
    /// <param name="name">Of the screenshots.</param>
    /// <returns>What is wrong, in words; nothing when all is well.</returns>
    public static async Task<IReadOnlyList<string>> FindProblemsAsync(this IPage page, string name)
    {
        List<string> problems = [];
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, Screen.Height);
            foreach (var theme in Themes)
            {
                await page.EmulateMediaAsync(new() { ColorScheme = theme });
                await page.SaveScreenshotAsync($"{name}-{width}-{theme}".ToLowerInvariant());
                var found = (await page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical");
                problems.AddRange(found.Select(violation => $"{name}, {width} px, {theme}: {Words(violation)}"));
            }
            if (
                await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") is > 0 and var over
            )
                problems.Add($"{name}, {width} px: {over} px wider than the window");
        }
        await page.SetViewportSizeAsync(Screen.Wide, Screen.Height);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return problems;
    }

    private static string Words(AxeResultItem violation) =>
        $"{violation.Id} ({violation.Help}): {string.Join("; ", violation.Nodes.Select(node => node.Html))}";
}
