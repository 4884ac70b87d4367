using System.Xml.Linq;

namespace PropertyManager.Web.Tests.Papi;

public sealed class VersionsTests(PapiApp app) : IClassFixture<PapiApp>
{
    [Fact]
    public async Task Versions_are_listed_the_newest_first_with_how_they_stand()
    {
        var client = await app.ClientAsync();
        var shop = await ShopAsync(client);

        var all = (await client.GetAsync($"{shop}/versions/")).Items("versions");
        var page = (await client.GetAsync($"{shop}/versions?offset=1&limit=2")).Items("versions");

        Assert.Equal(all.Select(v => (int)v!["propertyVersion"]!).OrderDescending(), all.Select(v => (int)v!["propertyVersion"]!));
        Assert.Single(all, v => (string?)v!["productionStatus"] == "ACTIVE");
        Assert.Equal($"{all[1]!.ToJsonString()} {all[2]!.ToJsonString()}", string.Join(' ', page.Select(v => v!.ToJsonString())));
    }

    [Theory]
    [InlineData("offset=-1")]
    [InlineData("limit=0")]
    [InlineData("limit=x")]
    public async Task A_page_that_there_cannot_be_is_a_problem(string query)
    {
        var client = await app.ClientAsync();

        Assert.Equal(400, (await client.GetAsync($"{await client.MakeAsync()}/versions?{query}")).Status);
    }

    [Fact]
    public async Task A_version_is_made_from_another_in_the_state_that_is_meant()
    {
        var client = await app.ClientAsync();
        var path = await client.MakeAsync();
        var etag = (string)(await client.GetAsync($"{path}/versions/1")).Items("versions")[0]!["etag"]!;
        await client.PutAsync($"{path}/versions/1/rules", PapiProperties.Rules);

        var stale = await client.PostAsync($"{path}/versions/", $$"""{"createFromVersion":1,"createFromVersionEtag":"{{etag}}"}""");
        etag = (await client.GetAsync($"{path}/versions/1/rules")).Etag();
        var made = await client.PostAsync($"{path}/versions/", $$"""{"createFromVersion":"1","createFromVersionEtag":"{{etag}}"}""");

        Assert.Equal((412, "etag-conflict"), (stale.Status, stale.Kind()));
        Assert.Equal(201, made.Status);
        Assert.StartsWith($"{path}/versions/2?", (string)made.Json!["versionLink"]!, StringComparison.Ordinal);
        Assert.Equal(made.Headers["Location"], (string)made.Json["versionLink"]!);
        var rules = await client.GetAsync(((string)made.Json["versionLink"]!).Replace("?", "/rules?", StringComparison.Ordinal));
        Assert.Equal("origin.test.example", (string?)rules.Json!["rules"]!["behaviors"]![0]!["options"]!["hostname"]);
    }

    [Theory]
    [InlineData("""{}""", 400)]
    [InlineData("""{"createFromVersion":9}""", 404)]
    [InlineData("""[]""", 400)]
    [InlineData("""{"createFromVersion":1e99}""", 400)]
    public async Task A_version_that_cannot_be_made_is_a_problem(string body, int status)
    {
        var client = await app.ClientAsync();

        Assert.Equal(status, (await client.PostAsync($"{await client.MakeAsync()}/versions", body)).Status);
    }

    [Fact]
    public async Task The_state_of_a_version_is_the_same_wherever_it_is_read()
    {
        var client = await app.ClientAsync();
        var path = await client.MakeAsync();

        var version = await client.GetAsync($"{path}/versions/1");
        var etag = (string)version.Items("versions")[0]!["etag"]!;
        var head = await client.SendAsync(HttpMethod.Head, $"{path}/versions/1/rules");

        Assert.Matches("^[0-9a-f]{40}$", etag);
        Assert.Equal(etag, (await client.GetAsync($"{path}/versions/1/rules")).Etag());
        Assert.Equal(etag, (await client.GetAsync($"{path}/versions/1/hostnames")).Etag());
        Assert.Equal([$"\"{etag}\"", $"\"{etag}\""], [version.Headers["ETag"], head.Headers["ETag"]]);
    }

    [Theory]
    [InlineData("text/xml")]
    [InlineData("application/xml, application/json;q=0.5")]
    public async Task A_version_is_read_as_the_metadata_that_the_edge_is_told(string accept)
    {
        var client = await app.ClientAsync();
        var shop = await ShopAsync(client);

        var reply = await client.SendAsync(HttpMethod.Get, $"{shop}/versions/1", accept: accept);

        Assert.Equal((200, "text/xml"), (reply.Status, reply.MediaType));
        Assert.Equal("configs", XDocument.Parse(reply.Text).Root!.Name.LocalName);
    }

    [Fact]
    public async Task The_latest_version_is_pointed_at_with_an_address_that_is_whole()
    {
        var client = await app.ClientAsync();
        var path = await client.MakeAsync();
        await client.PostAsync($"{path}/versions", """{"createFromVersion":1}""");

        var reply = await client.GetAsync($"{path}/versions/latest");

        Assert.Equal(302, reply.Status);
        var location = new Uri(reply.Headers["Location"], UriKind.Absolute);
        Assert.Equal("http", location.Scheme);
        Assert.Equal($"{path}/versions/2", location.AbsolutePath);
        Assert.Equal((string?)reply.Json!["versionLink"], location.PathAndQuery);
    }

    [Fact]
    public async Task The_version_that_is_active_on_a_network_is_pointed_at()
    {
        var client = await app.ClientAsync();
        var shop = await ShopAsync(client);
        var active = (await client.GetAsync($"{shop}/versions")).Items("versions").Single(v => (string?)v!["productionStatus"] == "ACTIVE")!;

        var production = await client.GetAsync($"{shop}/versions/latest?activatedOn=PRODUCTION");
        var none = await client.GetAsync($"{await client.MakeAsync()}/versions/latest?activatedOn=STAGING");
        var wrong = await client.GetAsync($"{shop}/versions/latest?activatedOn=MOON");

        Assert.Contains($"/versions/{active["propertyVersion"]}?", production.Headers["Location"], StringComparison.Ordinal);
        Assert.Equal((404, 400), (none.Status, wrong.Status));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    [InlineData("x")]
    [InlineData("99999999999")]
    public async Task A_version_that_there_is_not_is_not_found(string number)
    {
        var client = await app.ClientAsync();

        Assert.Equal(404, (await client.GetAsync($"{await client.MakeAsync()}/versions/{number}")).Status);
    }

    [Fact]
    public async Task What_rules_may_be_made_of_is_listed_with_its_schema()
    {
        var client = await app.ClientAsync();
        var path = await client.MakeAsync();

        var behaviors = await client.GetAsync($"{path}/versions/1/available-behaviors");
        var criteria = await client.GetAsync($"{path}/versions/1/available-criteria");

        var caching = behaviors.Items("behaviors").Single(item => (string?)item!["name"] == "caching")!;
        Assert.EndsWith("/prd_Fresca/v2025-10-16#/definitions/catalog/behaviors/caching", (string)caching["schemaLink"]!, StringComparison.Ordinal);
        Assert.Contains(criteria.Items("criteria"), item => (string?)item!["name"] == "path");
    }

    private static async Task<string> ShopAsync(PapiClient client)
    {
        var list = await client.GetAsync($"/papi/v1/properties?{PapiProperties.Scope}");
        var shop = list.Items("properties").Single(item => (string?)item!["propertyName"] == "www.northwind.example")!;
        return $"/papi/v1/properties/{shop["propertyId"]}";
    }
}
