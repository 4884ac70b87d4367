namespace PropertyManager.Web.Tests.Papi;

public sealed class SigningTests(PapiApp app) : IClassFixture<PapiApp>
{
    [Fact]
    public async Task A_signed_request_is_answered()
    {
        var client = await app.ClientAsync();

        var reply = await client.GetAsync("/papi/v1/build/?x=1");

        Assert.Equal(200, reply.Status);
        Assert.Equal("v2025-10-16", (string?)reply.Json!["currentCatalogVersion"]);
    }

    [Fact]
    public async Task An_unsigned_request_is_a_problem()
    {
        var client = await app.ClientAsync();

        var reply = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/papi/v1/build"));

        Assert.Equal((401, "application/problem+json"), (reply.Status, reply.MediaType));
        Assert.Equal("https://problems.luna.akamaiapis.net/-/pep-authn/deny", (string?)reply.Json!["type"]);
    }

    [Fact]
    public async Task A_wrong_secret_is_a_problem()
    {
        var client = await app.ClientAsync();
        client.Secret += "x";

        var reply = await client.GetAsync("/papi/v1/build");

        Assert.Equal(401, reply.Status);
        Assert.StartsWith("The signature does not match", reply.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-31, "behind")]
    [InlineData(32, "ahead of")]
    public async Task A_clock_that_is_off_is_told_by_how_much(int seconds, string where)
    {
        var client = await app.ClientAsync();
        client.Skew = TimeSpan.FromSeconds(seconds * 3);

        var reply = await client.GetAsync("/papi/v1/build");

        Assert.Equal(400, reply.Status);
        Assert.StartsWith("Invalid timestamp", reply.Detail, StringComparison.Ordinal);
        Assert.Contains($"s {where} this server's", reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_comes_again_is_refused()
    {
        var client = await app.ClientAsync();
        var nonce = Guid.NewGuid().ToString();
        var statuses = new List<int>();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/papi/v1/build");
            client.Sign(request, null, nonce);
            statuses.Add((await client.SendAsync(request)).Status);
        }

        Assert.Equal("200 400", string.Join(' ', statuses));
    }

    [Fact]
    public async Task A_path_that_there_is_not_is_a_problem()
    {
        var client = await app.ClientAsync();

        var reply = await client.GetAsync("/papi/v1/nothing");

        Assert.Equal((404, "application/problem+json"), (reply.Status, reply.MediaType));
    }

    [Fact]
    public async Task A_method_that_is_not_possible_is_a_problem()
    {
        var client = await app.ClientAsync();

        var reply = await client.DeleteAsync("/papi/v1/build");

        Assert.Equal((405, "application/problem+json"), (reply.Status, reply.MediaType));
    }
}
