using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>What every client expects of HTTP, whatever it asks for.</summary>
public sealed class HttpTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Rules = "/papi/v1/properties/prp_100101/versions/5/rules";

    [Theory]
    [InlineData("/papi/v1/groups")]
    [InlineData("/papi/v1/properties/prp_100101/versions/5")]
    [InlineData("/papi/v1/properties/prp_100101/activations")]
    [InlineData("/papi/v1/properties/prp_100101/hostnames")]
    [InlineData("/papi/v1/rule-formats")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/simulation/v1/clock")]
    [InlineData("/webhooks/v1/webhooks")]
    [InlineData("/papi/v1/properties/prp_99999")]
    public async Task HEAD_is_answered_as_GET(string path)
    {
        var client = await app.ClientAsync();

        var get = await client.GetAsync(path);
        var head = await client.SendAsync(HttpMethod.Head, path);

        // The web server leaves the body out; the one in memory, which is asked here, does not.
        Assert.Equal((get.Status, get.MediaType), (head.Status, head.MediaType));
    }

    [Fact]
    public async Task The_description_does_not_say_everything_twice()
    {
        var reply = await (await app.ClientAsync()).GetAsync("/openapi/v1.json");

        var paths = reply.Json!["paths"]!.AsObject();
        Assert.All(
            paths.Where(path => path.Value!["head"] is not null),
            path => Assert.EndsWith("Version}/rules", path.Key, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("gzip", Rules)]
    [InlineData("br", Rules)]
    [InlineData("gzip", "/openapi/v1.json")]
    public async Task A_long_answer_is_compressed_when_it_is_asked_for(string encoding, string path)
    {
        var client = await app.ClientAsync();
        var plain = await client.GetAsync(path);

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        client.Sign(request, body: null);
        using var reply = await app.App.CreateClient().SendAsync(request);

        var bytes = await reply.Content.ReadAsByteArrayAsync();
        Assert.Equal([encoding], reply.Content.Headers.ContentEncoding, StringComparer.Ordinal);
        Assert.True(bytes.Length < plain.Text.Length / 2, $"{bytes.Length} of {plain.Text.Length} bytes");
        Assert.Equal(plain.Text, await InflatedAsync(encoding, bytes));
        Assert.False(plain.Headers.ContainsKey("Content-Encoding"));
    }

    private static async Task<string> InflatedAsync(string encoding, byte[] bytes)
    {
        await using var packed = new MemoryStream(bytes);
        await using Stream read =
            encoding == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
        using var text = new StreamReader(read, Encoding.UTF8);
        return await text.ReadToEndAsync();
    }

    [Fact]
    public async Task A_page_for_people_is_not_compressed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/login");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));

        using var reply = await app.App.CreateClient().SendAsync(request);

        Assert.Empty(reply.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("POST", "/papi/v1/properties/prp_100101/activations", "gzip")]
    [InlineData("PUT", Rules, "deflate")]
    [InlineData("PUT", "/papi/v1/client-settings", "br")]
    [InlineData("POST", "/webhooks/v1/webhooks", "gzip")]
    public async Task A_compressed_body_is_refused_with_the_remedy(string method, string path, string encoding)
    {
        var client = await app.ClientAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        request.Content.Headers.ContentEncoding.Add(encoding);
        client.Sign(request, "{}");

        var reply = await client.SendAsync(request);

        Assert.Equal((415, "identity"), (reply.Status, reply.Headers.GetValueOrDefault("Accept-Encoding")));
        Assert.Equal(
            $"The body is compressed ({encoding}), and is read only as it is. Send it uncompressed, without Content-Encoding.",
            reply.Detail
        );
    }

    [Fact]
    public async Task Rules_that_a_client_has_are_not_sent_again()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        var first = await client.GetAsync(path);
        var etag = first.Headers["ETag"];

        var same = await IfNoneMatchAsync(client, path, $"\"other\", W/{etag}");
        var any = await IfNoneMatchAsync(client, path, "*");
        await client.PutAsync(path, PapiProperties.Rules);
        var changed = await IfNoneMatchAsync(client, path, etag);

        Assert.Equal((304, "", etag), (same.Status, same.Text, same.Headers["ETag"]));
        Assert.Equal((304, 200), (any.Status, changed.Status));
        Assert.NotEqual(etag, changed.Headers["ETag"], StringComparer.Ordinal);
    }

    private static async Task<PapiReply> IfNoneMatchAsync(PapiClient client, string path, string tags)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", tags);
        client.Sign(request, body: null);
        return await client.SendAsync(request);
    }

    [Fact]
    public async Task What_rules_refer_to_elsewhere_is_nothing()
    {
        var client = await app.ClientAsync();

        var reply = await client.GetAsync("/papi/v1/properties/prp_100101/versions/5/external-resources");
        var unknown = await client.GetAsync("/papi/v1/properties/prp_100101/versions/99/external-resources");

        Assert.Equal((200, """{"externalResources":{}}""", 404), (reply.Status, reply.Text, unknown.Status));
    }

    [Fact]
    public async Task A_certificate_of_the_Cloud_Certificate_Manager_is_kept()
    {
        var client = await app.ClientAsync();
        var version = $"{await client.MakeAsync()}/versions/1";

        var put = await client.PutAsync(
            $"{version}/hostnames",
            """[{"cnameFrom":"ccm.shop.example","cnameTo":"ccm.shop.example.edgekey.net","certProvisioningType":"CCM"}]"""
        );
        var get = await client.GetAsync($"{version}/hostnames?includeCertStatus=true");

        Assert.Equal((200, "CCM"), (put.Status, (string?)get.Items("hostnames")[0]!["certProvisioningType"]));
        Assert.Equal(HttpStatusCode.OK, (HttpStatusCode)get.Status);
    }
}
