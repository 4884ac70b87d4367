using System.Text;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>Bodies that are not as they have to be, or that do not say what they are.</summary>
public sealed class BodyTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Any = "/papi/v1/properties/prp_100107/activations";

    [Theory]
    [InlineData("""{"propertyVersion":"x"}""", "#/propertyVersion", "/propertyVersion is \"x\": it is a whole number.")]
    [InlineData("""{"propertyVersion":1.5}""", "#/propertyVersion", "/propertyVersion is 1.5: it is a whole number.")]
    [InlineData("""{"note":5}""", "#/note", "/note is 5: it is a text.")]
    [InlineData("""{"notifyEmails":"a@b.example"}""", "#/notifyEmails", "/notifyEmails is \"a@b.example\": it is an array.")]
    [InlineData("""{"notifyEmails":["a@b.example",7]}""", "#/notifyEmails/1", "/notifyEmails/1 is 7: it is a text.")]
    [InlineData("""{"complianceRecord":[]}""", "#/complianceRecord", "/complianceRecord is an array: it is an object.")]
    [InlineData("""{"complianceRecord":{"unitTested":"yes"}}""", "#/complianceRecord/unitTested", "is \"yes\": it is true or false.")]
    [InlineData("[]", "#", "The body is an array: it is an object.")]
    public async Task A_member_of_another_type_is_named_with_what_is_expected(string body, string place, string sentence)
    {
        var reply = await (await app.ClientAsync()).PostAsync(Any, body);

        Assert.Equal(400, reply.Status);
        Assert.EndsWith(sentence, reply.Detail, StringComparison.Ordinal);
        Assert.Equal(place, (string?)reply.Json!["errors"]![0]!["instance"]);
    }

    [Theory]
    [InlineData(
        "/simulation/v1/properties/prp_100107/traffic",
        """{"countries":{"a.b/c":"much"}}""",
        "/countries/a.b~1c is \"much\": it is a number."
    )]
    [InlineData("/simulation/v1/properties/prp_100107/traffic", """{"mix":{"ok2xx":true}}""", "/mix/ok2xx is true: it is a number.")]
    public async Task Names_with_signs_in_them_are_pointed_at_too(string path, string body, string sentence)
    {
        var reply = await (await app.ClientAsync()).PutAsync(path, body);

        Assert.Equal((400, sentence), (reply.Status, reply.Detail));
    }

    [Theory]
    [InlineData("", "The body is empty: JSON is expected.")]
    [InlineData("{\n\"note\": }", "This is not JSON: a value is missing after the colon. Line 2, column 9.")]
    [InlineData("{\n\"note\": \"a\",\n}", "This is not JSON: unexpected comma before the closing brace. Line 2, column 12.")]
    [InlineData("{\"note\": \"a\",\n \"note\": \"b\"}", "The key \"note\" stands twice in the same object. Line 2, column 2.")]
    public async Task What_is_no_JSON_says_where_it_ends_to_be_it(string body, string sentence)
    {
        var reply = await (await app.ClientAsync()).PostAsync(Any, body);

        Assert.Equal((400, sentence), (reply.Status, reply.Detail));
    }

    [Theory]
    [InlineData("PUT", """{"add":[]}""", "#", "The body is an object: it is an array of hostnames")]
    [InlineData("PATCH", "[]", "#", "The body is an array: it is an object with “add”")]
    [InlineData("PATCH", """{"add":{"cnameFrom":"a.example"}}""", "#/add", "/add is an object: it is an array of hostnames.")]
    [InlineData("PATCH", """{"remove":"a.example"}""", "#/remove", "/remove is \"a.example\": it is an array of names of hostnames.")]
    public async Task Hostnames_in_another_shape_are_told_the_right_one(string method, string body, string place, string sentence)
    {
        var client = await app.ClientAsync();

        var reply = await client.SendAsync(new(method), $"{await client.MakeAsync()}/versions/1/hostnames", body);

        Assert.Equal(400, reply.Status);
        Assert.StartsWith(sentence, reply.Detail, StringComparison.Ordinal);
        Assert.Equal(place, (string?)reply.Json!["errors"]![0]!["instance"]);
    }

    [Fact]
    public async Task A_byte_order_mark_before_a_body_is_passed_over()
    {
        var client = await app.ClientAsync();
        var property = await client.MakeAsync();

        Assert.Equal(201, (await client.PostAsync($"{property}/versions", "\uFEFF{\"createFromVersion\":1}")).Status);
        Assert.Equal(200, (await client.PutAsync($"{property}/versions/1/rules", "\uFEFF" + PapiProperties.Rules)).Status);
    }

    [Fact]
    public async Task A_body_that_does_not_say_what_it_is_is_read_as_JSON()
    {
        var client = await app.ClientAsync();
        var property = await client.MakeAsync();

        var rules = await SendAsync(client, HttpMethod.Put, $"{property}/versions/1/rules", PapiProperties.Rules, type: null);
        var hostnames = await SendAsync(client, HttpMethod.Put, $"{property}/versions/1/hostnames", "[]", type: null);
        var version = await SendAsync(client, HttpMethod.Post, $"{property}/versions", """{"createFromVersion":1}""", type: null);

        Assert.Equal((200, 200, 201), (rules.Status, hostnames.Status, version.Status));
    }

    [Theory]
    [InlineData("POST", "", "application/x-www-form-urlencoded", "Send it with Content-Type: application/json.")]
    [InlineData("PUT", "/versions/1/rules", "text/plain", "application/json or application/vnd.akamai.papirules.<format>+json.")]
    [InlineData("PATCH", "/versions/1/rules", "application/json", "Send it with Content-Type: application/json-patch+json.")]
    [InlineData("PATCH", "/versions/1/rules", null, "does not say what its body is. Send it with Content-Type: application/json-patch+json.")]
    public async Task A_body_of_another_kind_is_told_which_it_has_to_be(string method, string below, string? type, string sentence)
    {
        var client = await app.ClientAsync();
        var path = below.Length == 0 ? "/papi/v1/properties?contractId=C-1&groupId=1" : await client.MakeAsync() + below;

        var reply = await SendAsync(client, new(method), path, "[]", type);

        Assert.Equal(415, reply.Status);
        Assert.EndsWith(sentence, reply.Detail, StringComparison.Ordinal);
    }

    private static async Task<PapiReply> SendAsync(PapiClient client, HttpMethod method, string path, string body, string? type)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null)
            request.Content.Headers.ContentType = new(type);
        client.Sign(request, body);
        return await client.SendAsync(request);
    }
}
