namespace PropertyManager.Web.Tests.Papi;

public sealed class WebhookEndpointsTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Root = "/webhooks/v1/webhooks";

    [Fact]
    public async Task A_webhook_is_made_shown_switched_off_tried_and_deleted()
    {
        var client = await app.ClientAsync();
        var made = await client.PostAsync(Root, """{"url":"http://127.0.0.1:1/hook","propertyId":"prp_100101"}""");
        Assert.Equal(201, made.Status);
        Assert.StartsWith("whsec_", (string?)made.Json!["secret"], StringComparison.Ordinal);
        var one = made.Headers["Location"];

        var read = (await client.GetAsync(one)).Json!;
        Assert.Null(read["secret"]);
        Assert.Equal(("prp_100101", true), ((string?)read["propertyId"], (bool)read["enabled"]!));
        Assert.Single((await client.GetAsync(Root)).Json!["webhooks"]!.AsArray());
        Assert.False((bool)(await client.PatchAsync(one, """{"enabled":false}""")).Json!["enabled"]!);
        var tried = (await client.PostAsync(one + "/test", "")).Json!;
        Assert.False((bool)tried["received"]!);
        Assert.StartsWith("No connection", (string?)tried["problem"], StringComparison.Ordinal);
        Assert.Empty((await client.GetAsync(one + "/deliveries")).Json!["deliveries"]!.AsArray());
        // Somebody else's looks like none.
        var other = await app.ClientAsync("admin@demo.example");
        Assert.Equal(404, (await other.GetAsync(one)).Status);
        Assert.Equal(404, (await other.GetAsync(one + "/deliveries")).Status);
        Assert.Equal(404, (await other.DeleteAsync(one)).Status);

        Assert.Equal(204, (await client.DeleteAsync(one)).Status);
        Assert.Equal(404, (await client.GetAsync(one)).Status);
    }

    [Theory]
    [InlineData("""{"url":"nothing"}""", 400)]
    [InlineData("""{"url":7}""", 400)]
    [InlineData("""{}""", 400)]
    [InlineData("""[""", 400)]
    [InlineData("""{"url":"https://hooks.example/","propertyId":"prp_999999"}""", 404)]
    [InlineData("""{"url":"https://hooks.example/","propertyId":"x"}""", 404)]
    public async Task What_cannot_be_made_is_a_problem(string body, int status)
    {
        var reply = await (await app.ClientAsync()).PostAsync(Root, body);

        Assert.Equal((status, "application/problem+json"), (reply.Status, reply.MediaType));
    }

    [Theory]
    [InlineData("publisher@demo.example")]
    [InlineData("viewer@demo.example")]
    [InlineData("support@demo.example")]
    public async Task A_client_that_only_reads_changes_none_whoever_its_person_is(string email)
    {
        var whole = await app.ClientAsync(email);
        var made = await whole.PostAsync(Root, """{"url":"http://127.0.0.1:1/hook"}""");
        Assert.Equal(201, made.Status);
        var one = made.Headers["Location"];
        var client = await app.ClientAsync(email, c => c.IsReadOnly = true);

        Assert.Equal(403, (await client.PostAsync(Root, """{"url":"https://hooks.example/"}""")).Status);
        Assert.Equal(403, (await client.PatchAsync(one, """{"enabled":false}""")).Status);
        Assert.Equal(403, (await client.PostAsync(one + "/test", "")).Status);
        Assert.Equal(403, (await client.DeleteAsync(one)).Status);
        Assert.Equal(200, (await client.GetAsync(one)).Status);
        Assert.Equal(204, (await whole.DeleteAsync(one)).Status);
    }
}
