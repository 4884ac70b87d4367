using System.Collections.Frozen;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Microsoft.AspNetCore.Http.HttpResults;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Accounts;
using PropertyManager.Web.Papi.Bulk;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Provisioning;
using PropertyManager.Web.Papi.Search;

namespace PropertyManager.Web.Papi.Catalog;

/// <summary><c>/schemas</c>: JSON schemas of rule trees and of what is sent here.</summary>
internal static class SchemasResource
{
    private static readonly FrozenDictionary<string, Lazy<string>> Requests = new Dictionary<string, Lazy<string>>(StringComparer.OrdinalIgnoreCase)
    {
        ["ClientSettingsRequestV0.json"] = Of<ClientSettingsBody>(),
        ["CreateCpCodeRequestV0.json"] = Of<CpCodeBody>(),
        ["CreateEdgeHostnameRequestV0.json"] = Of<EdgeHostnameBody>(),
        ["FindByValueRequestV0.json"] = Of<FindByValueBody>(),
        ["BulkActivationRequestV0.json"] = Of<BulkActivationsBody>(),
        ["BulkVersionCreationRequestV0.json"] = Of<BulkVersionsBody>(),
        ["BulkPatchRequestV0.json"] = Of<BulkPatchBody>(),
        ["BulkSearchRequestV0.json"] = Of<BulkSearchBody>(),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapGet("/schemas/products/{productId}/{ruleFormat}", OfRules).WithName("get-schemas-product-rule-format").Produces<JsonObject>();
        papi.MapGet("/schemas/request/{filename}", OfRequest).WithName("get-schemas-request-filename").Produces<JsonObject>();
    }

    private static IResult OfRules(string productId, string ruleFormat) =>
        Product.Find(PapiRequest.WithPrefix("prd_", productId)) is null ? PapiProblems.NotFound($"There is no product {productId}.")
        : !RuleFormats.IsKnown(ruleFormat) ? PapiProblems.NotFound($"There is no rule format {ruleFormat}. There are {RuleFormats.Possible}.")
        : Text(RuleSchema.Of(ruleFormat));

    private static IResult OfRequest(string filename) =>
        Requests.TryGetValue(filename, out var schema)
            ? Text(schema.Value)
            : PapiProblems.NotFound($"There is no schema {filename}. There are {string.Join(", ", Requests.Keys.Order(StringComparer.Ordinal))}.");

    // The shape that a body is read into is the schema: the two cannot differ.
    private static Lazy<string> Of<T>() =>
        new(() =>
            PapiRequest.Json.GetJsonSchemaAsNode(typeof(T), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).ToJsonString()
        );

    private static ContentHttpResult Text(string schema) => TypedResults.Text(schema, "application/json");
}
