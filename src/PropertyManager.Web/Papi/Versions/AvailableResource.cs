using PropertyManager.Domain;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Properties;

namespace PropertyManager.Web.Papi.Versions;

/// <summary>What rules of a version may be made of: behaviors and criteria of the catalog.</summary>
internal static class AvailableResource
{
    private const string Path = "/properties/{propertyId}/versions/{propertyVersion}";

    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapGet($"{Path}/available-behaviors", BehaviorsAsync).WithName("get-available-behaviors").Produces<AvailableBehaviorsAnswer>();
        papi.MapGet($"{Path}/available-criteria", CriteriaAsync).WithName("get-available-criteria").Produces<AvailableCriteriaAnswer>();
    }

    private static async Task<IResult> BehaviorsAsync(string propertyId, string propertyVersion, HttpContext http, VersionHeads heads)
    {
        var (head, problem) = await http.FindVersionAsync(heads, propertyId, propertyVersion);
        return problem
            ?? PapiRequest.Answer(
                new AvailableBehaviorsAnswer(
                    http.Id(head!.ContractId),
                    http.Id(PublicId.Group, head.Property.GroupId),
                    http.Id(head.Property.ProductId),
                    head.RuleFormat,
                    Items(head, "behaviors", RuleFormats.Behaviors(head.RuleFormat))
                )
            );
    }

    private static async Task<IResult> CriteriaAsync(string propertyId, string propertyVersion, HttpContext http, VersionHeads heads)
    {
        var (head, problem) = await http.FindVersionAsync(heads, propertyId, propertyVersion);
        return problem
            ?? PapiRequest.Answer(
                new AvailableCriteriaAnswer(
                    http.Id(head!.ContractId),
                    http.Id(PublicId.Group, head.Property.GroupId),
                    http.Id(head.Property.ProductId),
                    head.RuleFormat,
                    Items(head, "criteria", RuleFormats.Criteria(head.RuleFormat))
                )
            );
    }

    private static ItemList<AvailableItem> Items(VersionHead head, string kind, IEnumerable<string> names)
    {
        var schema = $"{PapiEndpoints.Root}/schemas/products/{head.Property.ProductId}/{head.RuleFormat}#/definitions/catalog/{kind}/";
        return new([.. names.Order(StringComparer.Ordinal).Select(name => new AvailableItem(name, schema + name))]);
    }
}

/// <summary>A behavior or criterion, and where its schema is.</summary>
internal sealed record AvailableItem(string Name, string SchemaLink);

/// <summary>Behaviors that a version's rules may have.</summary>
internal sealed record AvailableBehaviorsAnswer(
    string ContractId,
    string GroupId,
    string ProductId,
    string RuleFormat,
    ItemList<AvailableItem> Behaviors
);

/// <summary>Criteria that a version's rules may have.</summary>
internal sealed record AvailableCriteriaAnswer(
    string ContractId,
    string GroupId,
    string ProductId,
    string RuleFormat,
    ItemList<AvailableItem> Criteria
);
