using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Web.Papi.Catalog;

/// <summary><c>GET /rule-formats</c>: the catalogs that rules can be written for.</summary>
internal static class RuleFormatsResource
{
    private static readonly RuleFormatsAnswer Answer = new(new([.. RuleFormats.All]));

    public static void Map(IEndpointRouteBuilder papi) =>
        papi.MapGet("/rule-formats", () => PapiRequest.Answer(Answer)).WithName("get-rule-formats").Produces<RuleFormatsAnswer>();
}

/// <summary>The rule formats.</summary>
internal sealed record RuleFormatsAnswer([property: System.Text.Json.Serialization.JsonPropertyName("ruleFormats")] ItemList<string> Formats);
