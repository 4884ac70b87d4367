using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>Properties that tests make for themselves, through the API.</summary>
internal static class PapiProperties
{
    public const string Scope = "contractId=ctr_1-NWT001&groupId=grp_10012";

    /// <summary>Rules that nothing is wrong with.</summary>
    public const string Rules = """
        {
          "rules": {
            "name": "default",
            "children": [],
            "behaviors": [
              { "name": "origin", "options": { "originType": "CUSTOMER", "hostname": "origin.test.example" } },
              { "name": "cpCode", "options": { "value": { "id": 610101 } } }
            ],
            "options": { "is_secure": false }
          }
        }
        """;

    /// <summary>A new property with version 1; its address under <c>/papi/v1</c>.</summary>
    public static async Task<string> MakeAsync(this PapiClient client, string? name = null, string clone = "")
    {
        var reply = await client.PostAsync(
            $"/papi/v1/properties?{Scope}",
            $$"""{"propertyName":"{{name ?? Guid.NewGuid().ToString()}}","productId":"prd_Fresca"{{clone}}}"""
        );
        Assert.Equal(201, reply.Status);
        return ((string)reply.Json!["propertyLink"]!).Split('?')[0];
    }

    /// <summary>Saves something over a state that is named.</summary>
    public static async Task<PapiReply> SaveOverAsync(
        this PapiClient client,
        HttpMethod method,
        string path,
        string body,
        string etag,
        string type = "application/json"
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(type));
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        client.Sign(request, body);
        return await client.SendAsync(request);
    }

    public static JsonArray Items(this PapiReply reply, string name) => reply.Json![name]!["items"]!.AsArray();

    public static string Etag(this PapiReply reply) => (string)reply.Json!["etag"]!;

    public static string Kind(this PapiReply reply) => ((string)reply.Json!["type"]!).Split('/')[^1];
}
