using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using static PropertyManager.E2E.People;

namespace PropertyManager.E2E;

[Collection(nameof(Site))]
public sealed class ApiClientTests(Site site)
{
    private const string Page = "/account/api-clients";

    [Fact]
    public Task A_client_is_made_used_and_revoked() =>
        site.VisitAsync(
            Admin,
            "/groups",
            async page =>
            {
                await page.GetByRole(AriaRole.Button, new() { Name = "Account of Admin" }).ClickAsync();
                await page.Link("API clients").ClickAsync();
                await page.Button("New API client").First.ClickAsync();
                await page.ShutsNobodyOutAsync("api-client-form");
                await page.GetByLabel("Name").FillAsync("Night build");
                await page.Button("Create it").ClickAsync();
                var made = page.GetByRole(AriaRole.Region, new() { Name = "Key of Night build" });
                await Expect(made).ToBeVisibleAsync();
                await page.ShutsNobodyOutAsync("api-client-made");
                // client_secret, host, access_token, client_token
                var values = await made.Locator("dd code").AllTextContentsAsync();
                var download = page.WaitForDownloadAsync();
                await made.Link("Save as .edgerc").ClickAsync();
                await using (var saved = await (await download).CreateReadStreamAsync())
                using (var reader = new StreamReader(saved))
                    Assert.Contains($"client_secret = {values[0]}", await reader.ReadToEndAsync(), StringComparison.Ordinal);

                Assert.Equal(HttpStatusCode.OK, await AskAsync(values[0], values[2], values[3]));
                await page.ReloadAsync();
                var client = page.GetByRole(AriaRole.Region, new() { Name = "Night build" });
                await Expect(client.Text("just now")).ToBeVisibleAsync();
                await Expect(page.GetByText(values[0])).ToHaveCountAsync(0);

                await client.Button("Revoke Night build").ClickAsync();
                await page.Question("Revoke Night build?").Button("Yes, revoke it").ClickAsync();
                await Expect(client.Text("Revoked with the client")).ToBeVisibleAsync();
                Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(values[0], values[2], values[3]));
                await page.ShutsNobodyOutAsync("api-client-revoked");
            }
        );

    /// <summary>Complaints of a request to anywhere else fail it.</summary>
    [Fact]
    public Task The_reference_is_read_without_asking_anybody_outside() =>
        site.VisitAsync(
            Viewer,
            Page,
            async page =>
            {
                await page.Link("API reference").First.ClickAsync();
                await Expect(page.Heading("Property Manager API")).ToBeVisibleAsync();
                await Expect(page.Link("Build").First).ToBeVisibleAsync();
                await page.SaveScreenshotAsync("api-reference");
                await page.Link("API clients").ClickAsync();
                await Expect(page.Heading("API clients")).ToBeVisibleAsync();
            }
        );

    /// <summary>A signed request to the application's own address.</summary>
    private async Task<HttpStatusCode> AskAsync(string secret, string accessToken, string clientToken)
    {
        var address = new Uri(site.Address);
        var timestamp = DateTimeOffset.UtcNow.ToString("yyyyMMdd'T'HH:mm:ss'+0000'", CultureInfo.InvariantCulture);
        var auth = $"EG1-HMAC-SHA256 client_token={clientToken};access_token={accessToken};timestamp={timestamp};nonce={Guid.NewGuid()};";
        var key = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(timestamp)));
        var data = $"GET\t{address.Scheme}\t{address.Authority}\t/papi/v1/build\t\t\t{auth}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(data)));
        using var http = new HttpClient { BaseAddress = address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/papi/v1/build");
        request.Headers.TryAddWithoutValidation("Authorization", $"{auth}signature={signature}");
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
