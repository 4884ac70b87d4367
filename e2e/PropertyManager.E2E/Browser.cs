namespace PropertyManager.E2E;

/// <summary>Chromium: Debian's where it is installed; elsewhere the one that Playwright installs.</summary>
public sealed class Browser : IAsyncDisposable
{
    private const string Debian = "/usr/bin/chromium";

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
        var options = File.Exists(Debian) ? new BrowserTypeLaunchOptions { ExecutablePath = Debian, Args = DebianArguments } : new();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(options));
    }

    /// <summary>A window of its own, with its own cookies.</summary>
    /// <param name="address">Of the application; paths are relative to it.</param>
    /// <param name="look">Its size and theme.</param>
    /// <param name="signedIn">Cookies to start with.</param>
    public Task<IBrowserContext> OpenAsync(string address, Look look, string? signedIn = null) =>
        _browser.NewContextAsync(
            new()
            {
                BaseURL = address,
                StorageState = signedIn,
                ColorScheme = look.Theme,
                ViewportSize = new() { Width = look.Width, Height = 900 },
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

/// <summary>How somebody looks at the application.</summary>
/// <param name="Width">Of the window, in CSS pixels.</param>
/// <param name="Theme">What the system prefers; the application follows it until it is told otherwise.</param>
public readonly record struct Look(int Width, ColorScheme Theme)
{
    /// <summary>The width of a laptop.</summary>
    public const int Wide = 1440;

    /// <summary>The width of a telephone.</summary>
    public const int Narrow = 390;

    /// <summary>A laptop, light.</summary>
    public static Look Usual { get; } = new(Wide, ColorScheme.Light);
}
