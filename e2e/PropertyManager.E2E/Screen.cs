using System.Text.RegularExpressions;

namespace PropertyManager.E2E;

/// <summary>The parts of the screen by the words that people see.</summary>
internal static partial class Screen
{
    /// <summary>The width of a laptop's window.</summary>
    public const int Wide = 1440;

    /// <summary>The width of a telephone.</summary>
    public const int Narrow = 390;

    /// <summary>Of both.</summary>
    public const int Height = 900;

    private static readonly string? Screenshots = Environment.GetEnvironmentVariable("E2E_SCREENSHOTS");

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Button(this ILocator part, string name) => part.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Link(this IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public static ILocator Link(this ILocator part, string name) => part.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public static ILocator Heading(this IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    /// <summary>"Production" or "Staging" on the Activate tab.</summary>
    public static ILocator Panel(this IPage page, string network) => page.GetByRole(AriaRole.Region, new() { Name = network, Exact = true });

    /// <summary>The question that is asked now.</summary>
    public static ILocator Question(this IPage page, string title) => page.GetByRole(AriaRole.Dialog, new() { Name = title, Exact = true });

    /// <summary>A row of the page's table, from 1.</summary>
    public static ILocator Row(this IPage page, int number) => page.GetByRole(AriaRole.Row).Nth(number);

    /// <summary>Says of a form that what it warns of is known: its warnings, and that the version was never on staging.</summary>
    public static async Task AcknowledgeAsync(this ILocator form)
    {
        await Expect(form.GetByLabel("Notify via email")).ToBeVisibleAsync();
        foreach (var warned in await form.GetByLabel(Acknowledgement()).AllAsync())
            await warned.CheckAsync();
    }

    /// <summary>A text that is exactly this.</summary>
    public static ILocator Text(this ILocator part, string text) => part.GetByText(text, new() { Exact = true });

    public static async Task FillSignInAsync(this IPage page, string email, string password)
    {
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
    }

    /// <summary>For people who want to see what the tests saw: a picture in the folder that E2E_SCREENSHOTS names, where it names one.</summary>
    public static async Task SaveScreenshotAsync(this IPage page, string name)
    {
        if (Screenshots is null)
            return;
        // What is fixed to the window would be in the middle of a page that is scrolled.
        await page.EvaluateAsync("() => scrollTo(0, 0)");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = true });
    }

    [GeneratedRegex("I (?:know|have read)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Acknowledgement();
}
