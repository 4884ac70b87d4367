using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Bulk;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Properties;
using PropertyManager.Web.Papi.Rules;

namespace PropertyManager.Web.Papi.Bulk;

/// <summary><c>/bulk/rules-patch-requests</c>: changes to the rules of many versions at once.</summary>
internal static class BulkPatchResource
{
    private const string Path = "/bulk/rules-patch-requests";
    private const string List = "patchPropertyVersions";

    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapPost(Path, PostAsync)
            .WithName("post-bulk-patch")
            .WithDescription(BulkRequests.Limits)
            .Accepts<BulkPatchBody>("application/json")
            .Produces<BulkPatchLink>(StatusCodes.Status202Accepted);
        papi.MapGet(Path + "/{bulkPatchId}", GetAsync).WithName("get-bulk-patch").Produces<BulkPatchAnswer>();
    }

    private static async Task<IResult> PostAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts, BulkDesk desk)
    {
        var (body, problem) = await http.ReadAsync<BulkPatchBody>();
        if (body is null)
            return problem!;
        List<BulkPart> parts = [];
        foreach (var (index, item) in (body.PatchPropertyVersions ?? []).Index())
        {
            var (propertyId, version, wrong) = BulkRequests.Target($"{List}[{index}]", item?.PropertyId, item?.PropertyVersion, "propertyVersion");
            if (wrong is not null)
                return wrong;
            parts.Add(
                new PatchPart(propertyId, version, RequestOptions.Etag(item!.Etag), item.Patches ?? JsonSerializer.SerializeToElement<object?>(null))
            );
        }
        return await http.SubmitAsync(contexts, desk, BulkDesk.Patches, parts, "bulkPatchLink", Path);
    }

    private static async Task<IResult> GetAsync(HttpContext http, string bulkPatchId, BulkDesk desk)
    {
        var (found, problem) = await http.FindAsync(desk, BulkDesk.Patches, bulkPatchId);
        return found is var (request, job)
            ? PapiRequest.Answer(
                new BulkPatchAnswer(
                    request.Id,
                    BulkRequests.Status(job),
                    Moments.Text(request.SubmittedAt),
                    Moments.Text(request.UpdatedAt),
                    [.. job.Parts.Cast<PatchPart>().Select(part => Item(http, request, part))]
                )
            )
            : problem!;
    }

    private static BulkPatchItem Item(HttpContext http, BulkRequest request, PatchPart part) =>
        new(
            http.Id(PublicId.Property, part.PropertyId),
            part.Version,
            BulkRequests.Status(part),
            BulkRequests.Submitted(request, part),
            BulkRequests.Updated(request, part),
            part.Revision is { } revision ? VersionEtag.Of(part.PropertyId, part.Version, revision) : part.Etag,
            part.Patch,
            part.State == BulkState.Complete ? PapiEndpoints.Root + http.PathOf(part.PropertyId, $"/versions/{part.Version}/rules") : null,
            part.Refusal?.Message,
            Messages(part, Severity.Error),
            Messages(part, Severity.Warning)
        );

    private static IReadOnlyList<RuleMessage>? Messages(PatchPart part, Severity severity)
    {
        var found = part.State == BulkState.Complete ? part.Messages.Where(message => message.Severity == severity).ToList() : [];
        return found.Count == 0 ? null : [.. found.Select(RuleMessage.Of)];
    }
}

/// <summary>What is to be changed.</summary>
internal sealed record BulkPatchBody(IReadOnlyList<BulkPatchOrder?>? PatchPropertyVersions);

/// <summary>What is to be changed in one version.</summary>
internal sealed record BulkPatchOrder(
    [property: JsonConverter(typeof(IdText))] string? PropertyId,
    int? PropertyVersion,
    string? Etag,
    JsonElement? Patches
);

/// <summary>Where it is asked after.</summary>
internal sealed record BulkPatchLink([property: JsonPropertyName("bulkPatchLink")] string Link);

/// <summary>What became of it.</summary>
internal sealed record BulkPatchAnswer(
    long BulkPatchId,
    string BulkPatchStatus,
    string BulkPatchSubmitDate,
    string BulkPatchUpdateDate,
    IReadOnlyList<BulkPatchItem> PatchPropertyVersions
);

/// <summary>What became of one version.</summary>
internal sealed record BulkPatchItem(
    string PatchPropertyId,
    int PatchPropertyVersion,
    string PatchPropertyVersionStatus,
    string PatchSubmitDate,
    string PatchUpdateDate,
    string? Etag,
    JsonElement Patches,
    string? PropertyVersionRulesLink,
    string? FatalError,
    IReadOnlyList<RuleMessage>? PapiErrors,
    IReadOnlyList<RuleMessage>? PapiWarnings
);
