using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PropertyManager.Tests;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>Requests that no client would send, to the application in a process of its own.</summary>
public sealed class FuzzTests
{
    private const int Requests = 5_000;
    private const int Large = 20 * 1024 * 1024;

    /// <summary>Of the process, over what it held before: what is refused leaves nothing behind.</summary>
    private const long MostMemory = 400L * 1024 * 1024;

    private static readonly string[] Paths =
    [
        "/papi/v1/contracts",
        "/papi/v1/groups",
        "/papi/v1/products",
        "/papi/v1/products/{id}/mapping-use-cases",
        "/papi/v1/build",
        "/papi/v1/rule-formats",
        "/papi/v1/schemas/products/{id}/{id}",
        "/papi/v1/schemas/request/{id}",
        "/papi/v1/client-settings",
        "/papi/v1/cpcodes",
        "/papi/v1/cpcodes/{id}",
        "/papi/v1/edgehostnames",
        "/papi/v1/edgehostnames/{id}",
        "/papi/v1/properties",
        "/papi/v1/properties/{id}",
        "/papi/v1/properties/{id}/versions",
        "/papi/v1/properties/{id}/versions/latest",
        "/papi/v1/properties/{id}/versions/{id}",
        "/papi/v1/properties/{id}/versions/{id}/rules",
        "/papi/v1/properties/{id}/versions/{id}/hostnames",
        "/papi/v1/properties/{id}/versions/{id}/available-behaviors",
        "/papi/v1/properties/{id}/versions/{id}/available-criteria",
        "/papi/v1/properties/{id}/activations",
        "/papi/v1/properties/{id}/activations/{id}",
        "/papi/v1/hostnames",
        "/papi/v1/hostnames/certificate-challenges",
        "/papi/v1/hostnames/{id}/audit-history",
        "/papi/v1/search/find-by-value",
        "/papi/v1/bulk/activations",
        "/papi/v1/bulk/property-version-creations",
        "/papi/v1/bulk/rules-patch-requests",
        "/papi/v1/bulk/rules-search-requests",
        "/papi/v1/bulk/rules-search-requests-synch",
        "/papi/v1/bulk/activations/{id}",
        "/papi/v1/includes/{id}",
        "/papi/v1/custom-behaviors/{id}",
        "/simulation/v1/speed",
        "/simulation/v1/faults",
        "/simulation/v1/properties/{id}/traffic",
        "/webhooks/v1/webhooks",
        "/webhooks/v1/webhooks/{id}",
    ];

    private static readonly string[] Ids =
    [
        "prp_100103",
        "100103",
        "1",
        "atv_1",
        "prp_",
        "prp_0",
        "-1",
        "prp_99999999999999999999999",
        "%00",
        "%ff%fe",
        "%F0%9F%92%A5",
        "'%20or%201=1--",
        "..%2f..%2fetc",
        "%7B%7D",
        "NaN",
        "1e9",
        "latest",
        new('9', 300),
        new('x', 2_000),
    ];

    private static readonly string[] Queries =
    [
        "",
        "?contractId=&groupId=",
        "?contractId=ctr_nothing&groupId=grp_x",
        "?contractId=%00&groupId=99999999999999999999",
        "?limit=-1&offset=-1",
        "?limit=1e99&offset=99999999999999999999",
        "?validateRules=maybe&validateMode=odd&dryRun=yes",
        "?sort=x:y:z&network=MOON&activatedOn=MOON",
        "?accountSwitchKey=%00",
        "?a=%zz&&&=&%",
        $"?q={new string('q', 3_000)}",
    ];

    private static readonly string[] Bodies =
    [
        "",
        "{",
        "}",
        "null",
        "true",
        "[]",
        "{}",
        "[null]",
        "\"text\"",
        "1e400",
        "\u0000",
        "\uFEFF{}",
        "{\"a\":1,\"a\":2}",
        "{\"propertyVersion\":\"one\",\"network\":7}",
        "{\"propertyVersion\":99999999999999999999,\"network\":\"STAGING\"}",
        "{\"propertyVersion\":1,\"network\":\"STAGING\",\"notifyEmails\":[null,{}]}",
        "{\"propertyName\":\"\",\"productId\":null}",
        "{\"propertyName\":\"a\\u0000b\",\"productId\":\"prd_\\ud800\"}",
        "{\"rules\":null}",
        "{\"rules\":{\"name\":7,\"behaviors\":{},\"children\":[null]}}",
        "{\"rules\":{\"name\":\"default\",\"behaviors\":[{\"name\":\"origin\",\"options\":[]}]}}",
        "[{\"op\":\"remove\",\"path\":\"/nothing\"}]",
        "[{\"op\":\"test\",\"path\":\"\",\"value\":1},{\"op\":\"move\",\"from\":\"/a\"}]",
        "[{\"cnameFrom\":\"..\",\"cnameTo\":7}]",
        "{\"add\":[{}],\"remove\":[1]}",
        "{\"domainPrefix\":\"-\",\"domainSuffix\":\"example\"}",
        "{\"url\":\"file:///etc/passwd\"}",
        "{\"speed\":-1}",
        "{\"hitsPerSecond\":1e308}",
        new string('[', 10_000),
        "{\"a\":" + new string('{', 500),
        "{\"a\":\"" + new string('x', 200_000) + "\"}",
    ];

    private static readonly string[] Types =
    [
        "application/json",
        "application/json",
        "application/json; charset=utf-8",
        "application/json-patch+json",
        "application/vnd.akamai.papirules.latest+json",
        "application/vnd.akamai.papirules.v0000-00-00+json",
        "text/plain",
        "application/xml",
        "multipart/form-data",
    ];

    private static readonly HttpMethod[] Methods =
    [
        HttpMethod.Get,
        HttpMethod.Post,
        HttpMethod.Post,
        HttpMethod.Put,
        HttpMethod.Put,
        HttpMethod.Patch,
        HttpMethod.Delete,
        HttpMethod.Head,
        HttpMethod.Options,
        new("BREW"),
    ];

    [Fact]
    public async Task Whatever_is_sent_is_answered_with_a_problem_and_leaves_nothing_behind()
    {
        await using var app = new AppProcess(
            ("urls", "http://127.0.0.1:0;https://127.0.0.1:0"),
            ("Api:RequestsPerMinute", "1000000"),
            ("Logging:LogLevel:Default", "Error")
        );
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = app.Address, Timeout = TimeSpan.FromSeconds(60) };
        var client = PapiClient.Of(Path.Combine(app.DataDirectory, "demo.edgerc"), http);
        var random = new Random(20_26);
        await client.GetAsync("/papi/v1/groups");
        var before = Held(app);
        var problems = 0;
        for (var i = 0; i < Requests; i++)
        {
            using var request = Draw(random, out var signed);
            if (IsNoAddress(request))
            {
                // Never gets beyond the web server, which says no more than 400 and hangs up: a large body would not even be sent.
                request.Content = null;
                signed = null;
            }
            if (random.Next(20) > 0)
                client.Sign(request, signed);
            var reply = await client.SendAsync(request, check: false);
            var what = $"{i}: {request.Method} {request.RequestUri} {request.Content?.Headers.ContentType} -> {reply.Status} {reply.Text}";
            // What this product does not have is answered so.
            Assert.True(reply.Status is (>= 200 and < 500) or 501, what);
            if (reply.Status < 400)
                continue;
            problems++;
            if (request.Method == HttpMethod.Head || (reply.Status == 400 && IsNoAddress(request)))
                continue;
            Assert.True(reply.MediaType == "application/problem+json" && reply.Detail.Length > 0, what);
        }
        Assert.True(problems > Requests * 0.8, $"Only {problems} were refused.");
        var held = Held(app) - before;
        Assert.True(held < MostMemory, $"The process holds {held:N0} bytes more.");
        Assert.Equal(200, (await client.GetAsync("/papi/v1/groups")).Status);
    }

    private static bool IsNoAddress(HttpRequestMessage request)
    {
        var path = request.RequestUri!.OriginalString.Split('?')[0];
        return path.Contains("%00", StringComparison.Ordinal) || path.Contains("%ff", StringComparison.Ordinal);
    }

    private static HttpRequestMessage Draw(Random random, out string? signed)
    {
        var path = Paths[random.Next(Paths.Length)];
        while (path.IndexOf("{id}", StringComparison.Ordinal) is >= 0 and var at)
            path = path[..at] + Ids[random.Next(Ids.Length)] + path[(at + 4)..];
        if (random.Next(10) == 0)
            path += "/";
        var request = new HttpRequestMessage(Methods[random.Next(Methods.Length)], path + Queries[random.Next(Queries.Length)]);
        signed = null;
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head && random.Next(10) > 0)
        {
            var body = Body(random);
            request.Content = new ByteArrayContent(body);
            if (random.Next(10) > 0)
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(Types[random.Next(Types.Length)]);
            // What is signed is text: of other bytes the signature is wrong, which is a problem, too.
            signed = Encoding.UTF8.GetString(body);
        }
        Add(request, random, "Accept", "*/*", "text/xml", "application/vnd.akamai.papirules.nothing+json", "a/b/c;q=x", "\t");
        Add(request, random, "If-Match", "\"x\"", "W/", "*", new string('e', 500));
        Add(request, random, "PAPI-Use-Prefixes", "maybe", "", "false");
        return request;
    }

    private static byte[] Body(Random random)
    {
        if (random.Next(250) == 0)
            return Encoding.UTF8.GetBytes("{\"rules\":{\"name\":\"" + new string('x', random.Next(1, Large)) + "\"}}");
        var bytes = Encoding.UTF8.GetBytes(Bodies[random.Next(Bodies.Length)]);
        switch (random.Next(4))
        {
            case 0 when bytes.Length > 0:
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                break;
            case 1 when bytes.Length > 1:
                return bytes[..random.Next(bytes.Length)];
        }
        return bytes;
    }

    private static void Add(HttpRequestMessage request, Random random, string header, params string[] values)
    {
        if (random.Next(4) == 0)
            request.Headers.TryAddWithoutValidation(header, values[random.Next(values.Length)]);
    }

    private static long Held(AppProcess app)
    {
        using var process = Process.GetProcessById(app.Id);
        return process.WorkingSet64;
    }
}
