using System.Net;
using System.Net.Sockets;
using PropertyManager.Tests;
using PropertyManager.Web.Data;
using static PropertyManager.E2E.People;

namespace PropertyManager.E2E;

/// <summary>With an application of its own, because it is killed.</summary>
[Collection(nameof(Site))]
public sealed class ConnectionTests(Site site)
{
    [Fact]
    public async Task A_lost_connection_says_so_and_the_page_comes_back_by_itself()
    {
        var address = $"http://localhost:{FreePort()}";
        await using var app = new AppProcess(("urls", address));
        await app.StartAsync();
        await using var context = await site.OpenAsync(address);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/properties/prp_100101/versions/4/activate");
        await page.FillSignInAsync(Publisher, DemoUsers.Password);
        await page.Button("Sign in").ClickAsync();
        await Expect(page.Panel("Production").Text("v4")).ToBeVisibleAsync();

        await app.KillAsync();
        var lost = page.Question("Connection lost, trying again…");
        await Expect(lost).ToBeVisibleAsync();
        await page.SaveScreenshotAsync("connection-lost");

        await app.StartAsync();
        await Expect(lost).ToBeHiddenAsync(new() { Timeout = 30_000 });
        // It is alive, not only drawn.
        await page.Panel("Production").Button("Deactivate…").ClickAsync();
        await Expect(page.Question("Take the property off production?")).ToBeVisibleAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
