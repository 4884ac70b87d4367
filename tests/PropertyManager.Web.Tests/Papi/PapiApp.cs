using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>The real application with the demo data, and clients that sign their requests to it.</summary>
public sealed class PapiApp : IAsyncLifetime
{
    private int _made;

    public PapiApp()
        : this([]) { }

    /// <param name="settings">Settings and their values.</param>
    internal PapiApp(params (string Key, string Value)[] settings) => App = new("Development", settings);

    public TestApp App { get; }

    public IServiceProvider Services => App.Services;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await App.DisposeAsync();

    /// <summary>A property in the group of the demo's first one, with so many versions that say the same; its number.</summary>
    public async Task<long> AddPropertyAsync(int versions = 1)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var like = await db.Properties.AsNoTracking().OrderBy(p => p.Id).FirstAsync();
        var property = new Property
        {
            AccountId = like.AccountId,
            GroupId = like.GroupId,
            Name = $"p{Guid.NewGuid():N}.example",
            ProductId = like.ProductId,
            Traffic = like.Traffic with { HitsPerSecond = 200 },
        };
        db.Properties.Add(property);
        db.EdgeHostnames.Add(
            new EdgeHostname
            {
                AccountId = like.AccountId,
                GroupId = like.GroupId,
                ContractId = "ctr_1-NWT001",
                ProductId = like.ProductId,
                Prefix = property.Name,
                Suffix = "edgekey.net",
                CreatedAt = DateTimeOffset.UnixEpoch,
            }
        );
        await db.SaveChangesAsync();
        for (var number = 1; number <= versions; number++)
        {
            db.Versions.Add(
                new PropertyVersion
                {
                    PropertyId = property.Id,
                    Number = number,
                    BasedOn = number > 1 ? number - 1 : null,
                    RuleFormat = "v2025-10-16",
                    Author = "ann@shop.example",
                    UpdatedAt = DateTimeOffset.UnixEpoch,
                    Rules = """
                    {
                      "rules": {
                        "name": "default",
                        "behaviors": [
                          { "name": "origin", "options": { "originType": "CUSTOMER", "hostname": "origin.shop.example" } },
                          { "name": "cpCode", "options": { "value": { "id": 610101 } } }
                        ]
                      }
                    }
                    """,
                    Hostnames = [new Hostname { CnameFrom = property.Name, EdgeHostname = $"{property.Name}.edgekey.net" }],
                }
            );
        }
        await db.SaveChangesAsync();
        return property.Id;
    }

    /// <summary>A client of one of the demo people.</summary>
    public async Task<PapiClient> ClientAsync(string email = "publisher@demo.example", Action<ApiClient>? change = null)
    {
        var number = Interlocked.Increment(ref _made);
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await using var db = await Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var client = new ApiClient
        {
            UserId = (await db.Users.SingleAsync(user => user.Email == email)).Id,
            Name = $"Test {number}",
            AccessToken = $"akab-access-{Guid.NewGuid():N}",
            CreatedAt = DateTimeOffset.UnixEpoch,
            Credentials =
            [
                new ApiCredential
                {
                    ClientToken = $"akab-client-{Guid.NewGuid():N}",
                    ProtectedSecret = Services.GetRequiredService<ApiCallers>().Protect(secret),
                    CreatedAt = DateTimeOffset.UnixEpoch,
                },
            ],
        };
        change?.Invoke(client);
        db.ApiClients.Add(client);
        await db.SaveChangesAsync();
        return new PapiClient(App.CreateDefaultClient(), client.Credentials[0].ClientToken, client.AccessToken, secret);
    }
}

/// <summary>Signs requests by itself, from the description of the signature alone: what it shares with the product would prove nothing.</summary>
public sealed class PapiClient(HttpClient http, string clientToken, string accessToken, string secret)
{
    public string ClientToken => clientToken;

    /// <summary>With the keys of a file as clients read it.</summary>
    public static PapiClient Of(string edgerc, HttpClient http)
    {
        var keys = File.ReadLines(edgerc)
            .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new(http, keys["client_token"], keys["access_token"], keys["client_secret"]);
    }

    public string Secret { get; set; } = secret;

    /// <summary>Of the machine that signs.</summary>
    public TimeSpan Skew { get; set; }

    public async Task<PapiReply> SendAsync(
        HttpMethod method,
        string path,
        string? body = null,
        string type = "application/json",
        string? accept = null,
        bool check = true
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(type));
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        Sign(request, body);
        return await SendAsync(request, check);
    }

    public Task<PapiReply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<PapiReply> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    public Task<PapiReply> PutAsync(string path, string body, string type = "application/json") => SendAsync(HttpMethod.Put, path, body, type);

    public Task<PapiReply> PatchAsync(string path, string body, string type = "application/json", bool check = true) =>
        SendAsync(HttpMethod.Patch, path, body, type, check: check);

    public Task<PapiReply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    /// <param name="request">Signed already, or not.</param>
    /// <param name="check">The answer has to be as the description of the API says.</param>
    public async Task<PapiReply> SendAsync(HttpRequestMessage request, bool check = true)
    {
        // Sending makes it absolute.
        var path = request.RequestUri!.OriginalString;
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = text.Length > 0 && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        var json = isJson ? JsonNode.Parse(text) : null;
        var reply = new PapiReply(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            text,
            json,
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase)
        );
        if (check)
            Conformance.Check(request.Method.Method, path, reply);
        return reply;
    }

    public void Sign(HttpRequestMessage request, string? body, string? nonce = null)
    {
        var url = new Uri(http.BaseAddress!, request.RequestUri!.OriginalString);
        var timestamp = (DateTimeOffset.UtcNow + Skew).ToString("yyyyMMdd'T'HH:mm:ss'+0000'", System.Globalization.CultureInfo.InvariantCulture);
        var auth =
            $"EG1-HMAC-SHA256 client_token={clientToken};access_token={accessToken};timestamp={timestamp};nonce={nonce ?? Guid.NewGuid().ToString()};";
        var hash =
            body is { Length: > 0 } && request.Method == HttpMethod.Post
                ? Convert.ToBase64String(
                    SHA256.HashData(Encoding.UTF8.GetBytes(body).AsSpan()[..Math.Min(131_072, Encoding.UTF8.GetByteCount(body))])
                )
                : "";
        var key = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(timestamp)));
        var data = string.Join('\t', request.Method.Method, url.Scheme, url.Authority, url.PathAndQuery, "", hash, auth);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(data)));
        request.Headers.TryAddWithoutValidation("Authorization", $"{auth}signature={signature}");
    }
}

/// <summary>An answer, read whole.</summary>
public sealed record PapiReply(int Status, string? MediaType, string Text, JsonNode? Json, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Of a problem.</summary>
    public string Detail => (string?)(Json?["detail"] ?? Json?["errors"]?[0]?["detail"]) ?? "";
}
