using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi;
using PropertyManager.Web.Papi.Bulk;
using PropertyManager.Web.Papi.Description;
using PropertyManager.Web.Papi.Limits;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Rules;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>What the product can write into the answers of its operations, by the types of the answers.</summary>
internal static class OwnAnswers
{
    private static readonly JsonSerializerOptions Json = new(PapiRequest.Json) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>A rule tree with all that trees can have, those things included that are kept as they came.</summary>
    private const string Everything = """
        {
          "rules": {
            "name": "default", "comments": "x", "comment": "x", "uuid": "x", "templateUuid": "x", "criteriaLocked": true, "advancedOverride": "x",
            "customOverride": { "name": "x", "overrideId": "cbo_1" },
            "options": { "is_secure": true },
            "variables": [{ "name": "PMUSER_A", "value": "x", "description": "x", "hidden": true, "sensitive": true }],
            "criteria": [{ "name": "path", "options": {}, "uuid": "x", "locked": true }],
            "behaviors": [{ "name": "origin", "options": {}, "uuid": "x", "locked": true }],
            "children": [{ "name": "x" }]
          }
        }
        """;

    /// <summary>Members of a problem with this status: <c>problem 422</c>.</summary>
    public static async Task<IReadOnlySet<string>> OfProblemAsync(int status)
    {
        var problem =
            status == StatusCodes.Status429TooManyRequests
                ? LimitAnswers.TooMany(new LimitState(IsOver: true, Limit: 1, Remaining: 0, TimeSpan.FromSeconds(1)), "x", "x", "x")
                : new PapiProblem(status, "papi/v1/x", "x", "x");
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        await (problem with { Errors = [new PapiError("x", "x", "x", "x")] }).ExecuteAsync(http);
        var members = new HashSet<string>(StringComparer.Ordinal);
        body.Position = 0;
        Walk(await JsonNode.ParseAsync(body), "", members);
        return members;
    }

    /// <summary>Members and headers of each operation: <c>get /properties/{}</c>.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Of(IServiceProvider services)
    {
        var operations = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            if (!path.StartsWith(PapiEndpoints.Root + "/", StringComparison.Ordinal))
                continue;
            var members = new HashSet<string>(StringComparer.Ordinal);
            foreach (var type in Types(endpoint))
                Walk(type, "", members, []);
            foreach (var name in endpoint.Metadata.OfType<AnswerHeaders>().SelectMany(headers => headers.Names))
                members.Add(AnswerTable.Header + name);
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                operations[AnswerTable.Bare($"{method.ToLowerInvariant()} {path[PapiEndpoints.Root.Length..]}")] = members;
        }
        return operations;
    }

    private static IEnumerable<Type> Types(RouteEndpoint endpoint) =>
        endpoint
            .Metadata.OfType<IProducesResponseTypeMetadata>()
            .Where(answer => answer.StatusCode is (>= 200 and < 300) or StatusCodes.Status302Found)
            .Select(answer => answer.Type)
            .OfType<Type>()
            .Where(type => type != typeof(void));

    private static void Walk(Type type, string path, HashSet<string> members, IReadOnlyList<Type> above)
    {
        // What has itself within it is told twice; deeper it is the same again.
        if (above.Count(other => other == type) > 1)
            return;
        if (type == typeof(JsonObject) && path == "rules")
            Walk(RuleDocument.Of(Tree())["rules"]!, path, members);
        else if (type == typeof(JsonElement) && path.EndsWith(".patches", StringComparison.Ordinal))
            Walk(typeof(PatchOperationBody), path + "[]", members, [.. above, typeof(BulkPatchItem)]);
        else if (Json.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type) is { } info)
        {
            if (info.Kind == JsonTypeInfoKind.Enumerable)
                Walk(info.ElementType!, path + "[]", members, above);
            if (info.Kind != JsonTypeInfoKind.Object)
                return;
            foreach (var property in info.Properties.Where(property => property.Get is not null))
            {
                var below = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                members.Add(below);
                Walk(property.PropertyType, below, members, [.. above, type]);
            }
        }
    }

    private static void Walk(JsonNode? node, string path, HashSet<string> members)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Walk(item, path + "[]", members);
        }
        else if (node is JsonObject found)
        {
            foreach (var (name, value) in found)
            {
                var below = path.Length == 0 ? name : $"{path}.{name}";
                members.Add(below);
                Walk(value, below, members);
            }
        }
    }

    private static PropertyVersionDocument Tree()
    {
        var read = RuleTreeJson.Parse(Everything);
        Assert.Empty(read.Problems);
        return new(read.Value!, [], "", PropertyVersionDocument.DefaultRuleFormat);
    }
}
