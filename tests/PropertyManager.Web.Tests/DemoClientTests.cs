using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PropertyManager.Tests;

namespace PropertyManager.Web.Tests;

/// <summary>Real processes: the key that Development leaves in its data directory works, and stays the same.</summary>
public sealed class DemoClientTests
{
    [Fact]
    public async Task The_demo_key_works_where_the_file_says_over_starts_and_without_its_file()
    {
        await using var app = new AppProcess();
        await app.StartAsync();
        await app.WaitForOutputAsync("Ctrl+C");
        var file = Path.Combine(app.DataDirectory, "demo.edgerc");
        // Existing clients speak https only.
        Assert.False(File.Exists(file));
        Assert.DoesNotContain("API key", app.Output, StringComparison.Ordinal);

        await app.KillAsync();
        app.Set("urls", "http://127.0.0.1:0;https://127.0.0.1:0");
        await app.StartAsync();
        var line = await app.WaitForOutputAsync("API key");
        await app.WaitForOutputAsync("Ctrl+C");
        var first = await ReadAsync(file);
        Assert.Contains(first["host"], line, StringComparison.Ordinal);
        Assert.Contains(file, line, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, first));

        await app.RestartAsync();
        await app.WaitForOutputAsync("Ctrl+C");
        var second = await ReadAsync(file);
        Assert.NotEqual(first["host"], second["host"], StringComparer.Ordinal);
        Assert.Equal(first["client_secret"], second["client_secret"]);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, second));

        File.Delete(file);
        await app.RestartAsync();
        await app.WaitForOutputAsync("Ctrl+C");
        var third = await ReadAsync(file);
        Assert.NotEqual(first["client_token"], third["client_token"], StringComparer.Ordinal);
        Assert.Equal(first["access_token"], third["access_token"]);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, third));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(app, second));
        Assert.Empty(app.Errors);
    }

    private static async Task<Dictionary<string, string>> ReadAsync(string file) =>
        (await File.ReadAllLinesAsync(file))
            .Where(line => line.Contains('=', StringComparison.Ordinal))
            .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>A signed request over TLS, to where the application listens now, with the key of any start.</summary>
    private static async Task<HttpStatusCode> AskAsync(AppProcess app, Dictionary<string, string> key)
    {
        var host = (await ReadAsync(Path.Combine(app.DataDirectory, "demo.edgerc")))["host"];
        // As clients do who are told of it: NODE_EXTRA_CA_CERTS, curl --cacert.
        using var trusted = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(app.DataDirectory, "development.crt"));
        using var trusting = new SocketsHttpHandler();
        trusting.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { trusted },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        using var http = new HttpClient(trusting) { BaseAddress = new Uri($"https://{host}") };
        var timestamp = DateTimeOffset.UtcNow.ToString("yyyyMMdd'T'HH:mm:ss'+0000'", System.Globalization.CultureInfo.InvariantCulture);
        var auth =
            $"EG1-HMAC-SHA256 client_token={key["client_token"]};access_token={key["access_token"]};timestamp={timestamp};nonce={Guid.NewGuid()};";
        var signing = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key["client_secret"]), Encoding.UTF8.GetBytes(timestamp)));
        var data = $"GET\thttps\t{host}\t/papi/v1/build\t\t\t{auth}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(signing), Encoding.UTF8.GetBytes(data)));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/papi/v1/build");
        request.Headers.TryAddWithoutValidation("Authorization", $"{auth}signature={signature}");
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
