using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>The product's own description of the API, and the page that shows it.</summary>
public sealed class DescriptionTests(PapiApp app) : IClassFixture<PapiApp>
{
    [Fact]
    public async Task The_document_is_of_the_API_alone_and_says_how_requests_are_signed()
    {
        var client = await app.ClientAsync();

        var reply = await client.GetAsync("/openapi/v1.json");

        Assert.Equal(200, reply.Status);
        var document = JsonNode.Parse(reply.Text)!;
        Assert.Equal("Property Manager API", (string?)document["info"]!["title"]);
        Assert.Equal("apiKey", (string?)document["components"]!["securitySchemes"]!["EdgeGrid"]!["type"]);
        Assert.NotNull(document["security"]![0]!["EdgeGrid"]);
        // The document may be read under any name of this server, and is the same.
        Assert.Equal("/", (string?)Assert.Single(document["servers"]!.AsArray())!["url"]);
        var paths = document["paths"]!.AsObject();
        Assert.All(paths, path => Assert.Matches("^/(papi|simulation|webhooks|hubs)/", path.Key));
        var build = paths["/papi/v1/build"]!["get"]!;
        Assert.Equal(("get-build", "Get build", "Build"), ((string?)build["operationId"], (string?)build["summary"], (string?)build["tags"]![0]));
        Assert.NotNull(build["responses"]!["200"]!["content"]!["application/json"]);
        var problem = build["responses"]!["default"]!["content"]!["application/problem+json"]!["schema"]!;
        Assert.Equal<string>(
            ["instance", "status", "title", "type"],
            [.. problem["required"]!.AsArray().Select(name => (string)name!).Order(StringComparer.Ordinal)]
        );
        Assert.Equal(("array", "object"), ((string?)problem["properties"]!["errors"]!["type"], (string?)problem["properties"]!["details"]!["type"]));
        Assert.NotNull(document["components"]!["schemas"]!["ActivationRequest"]!["properties"]!["delayValidations"]);
    }

    [Fact]
    public async Task The_document_is_made_once_and_counts_as_a_request()
    {
        var client = await app.ClientAsync();
        var made = 0;
        app.Services.GetRequiredService<IOptionsMonitor<OpenApiOptions>>()
            .Get("v1")
            .AddDocumentTransformer(
                (_, _, _) =>
                {
                    Interlocked.Increment(ref made);
                    return Task.CompletedTask;
                }
            );

        var (first, second) = (await client.GetAsync("/openapi/v1.json"), await client.GetAsync("/openapi/v1.json"));

        Assert.Equal(first.Text, second.Text);
        Assert.InRange(made, 0, 1);
        Assert.True(first.Headers.ContainsKey("X-RateLimit-Remaining"));
    }

    [Fact]
    public async Task Members_have_one_type_and_name_what_is_allowed_where_that_is_little()
    {
        var client = await app.ClientAsync();

        var document = (await client.GetAsync("/openapi/v1.json")).Json!;

        var schemas = document["components"]!["schemas"]!;
        var order = schemas["ActivationRequest"]!["properties"]!;
        Assert.Equal(["integer", "null"], Texts(order["propertyVersion"]!["type"]).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(["STAGING", "PRODUCTION"], Texts(order["network"]!["enum"]), StringComparer.Ordinal);
        Assert.Equal("number", (string?)schemas["SpeedModel"]!["properties"]!["speed"]!["type"]);
        var rules = document["paths"]!["/papi/v1/properties/{propertyId}/versions/{propertyVersion}/rules"]!;
        Assert.Equal("application/json", Assert.Single(rules["put"]!["requestBody"]!["content"]!.AsObject()).Key);
        Assert.Equal("application/json-patch+json", Assert.Single(rules["patch"]!["requestBody"]!["content"]!.AsObject()).Key);
        var made = document["paths"]!["/papi/v1/properties"]!["post"]!["responses"]!["201"]!["headers"]!;
        Assert.Equal(
            ("string", "integer"),
            ((string?)made["Location"]!["schema"]!["type"], (string?)made["X-Limit-Properties-Per-Contract-Limit"]!["schema"]!["type"])
        );
        var order201 = document["paths"]!["/papi/v1/properties/{propertyId}/activations"]!["post"]!["responses"]!;
        Assert.Equal((true, null), (order201["201"]!["headers"]!["Location"] is not null, order201["200"]!["headers"]?["Location"]));
        foreach (var (member, wrong) in new[] { ("kind", """{"kind":"?"}"""), ("phase", """{"kind":"CRASH","phase":"?"}""") })
        {
            var refused = await client.PostAsync("/simulation/v1/activations/atv_1/faults", wrong);
            Assert.Equal(Texts(refused.Json!["allowed"]), Texts(schemas["FaultModel"]!["properties"]![member]!["enum"]), StringComparer.Ordinal);
        }

        static IEnumerable<string> Texts(JsonNode? array) => array!.AsArray().Select(item => (string)item!);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_signs_in_first()
    {
        using var http = app.App.CreateDefaultClient();
        foreach (var address in (string[])["/openapi/v1.json", "/docs/api", "/docs/api/"])
        {
            using var response = await http.GetAsync(new Uri(address, UriKind.Relative));

            Assert.Equal((address, HttpStatusCode.Found), (address, response.StatusCode));
            Assert.Contains("/account/login", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_wrong_signature_is_told_so_there_too()
    {
        var client = await app.ClientAsync();
        client.Secret += "x";

        Assert.Equal((401, "application/problem+json"), await StatusAsync(client));

        static async Task<(int, string?)> StatusAsync(PapiClient client)
        {
            var reply = await client.GetAsync("/openapi/v1.json");
            return (reply.Status, reply.MediaType);
        }
    }
}
