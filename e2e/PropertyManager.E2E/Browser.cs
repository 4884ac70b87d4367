namespace PropertyManager.E2E;

/// <summary>Chromium: Debian's where it is installed, without a window where it can be (it does the same in half the time); elsewhere the one that Playwright installs.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Debian = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    private static readonly string[] DebianArguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts it.</summary>
    public static async Task<Browser> StartAsync()
    {
        // A machine with few cores that does other things too is no reason to fail.
        SetDefaultExpectTimeout(15_000);
        var playwright = await Playwright.CreateAsync();
        var options = Array.Find(Debian, File.Exists) is { } installed
            ? new BrowserTypeLaunchOptions { ExecutablePath = installed, Args = DebianArguments }
            : new();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(options));
    }

    /// <summary>A window of its own, wide and light, with its own cookies.</summary>
    /// <param name="address">Of the application; paths are relative to it.</param>
    /// <param name="signedIn">Cookies to start with.</param>
    public Task<IBrowserContext> OpenAsync(string address, string? signedIn = null) =>
        _browser.NewContextAsync(
            new()
            {
                BaseURL = address,
                StorageState = signedIn,
                ColorScheme = ColorScheme.Light,
                ViewportSize = new() { Width = Screen.Wide, Height = Screen.Height },
                // Nothing waits for a movement to end.
                ReducedMotion = ReducedMotion.Reduce,
            }
        );

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
