using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Bulk;
using PropertyManager.Web.Papi.Description;
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
            .Produces<BulkPatchLink>(StatusCodes.Status202Accepted)
            .Sends("Location");
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
                    [.. job.Parts.Cast<PatchPart>().Select((part, index) => Item(http, request, part, index))],
                    BulkRequests.Message(job)
                )
            )
            : problem!;
    }

    private static BulkPatchItem Item(HttpContext http, BulkRequest request, PatchPart part, int index) =>
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
            Messages(part, Severity.Error, $"{request.Id}#/{List}/{index}/papiErrors"),
            Messages(part, Severity.Warning, $"{request.Id}#/{List}/{index}/papiWarnings")
        );

    /// <param name="part">What was found in it.</param>
    /// <param name="severity">Of which kind.</param>
    /// <param name="place">Where they stand: below the address of all requests, with a JSON pointer into the answer.</param>
    private static IReadOnlyList<BulkRuleMessage>? Messages(PatchPart part, Severity severity, string place)
    {
        var found = part.State == BulkState.Complete ? part.Messages.Where(message => message.Severity == severity).ToList() : [];
        return found.Count == 0
            ? null
            :
            [
                .. found
                    .Select(RuleMessage.Of)
                    .Select(
                        (message, index) =>
                            new BulkRuleMessage(
                                message.Type,
                                message.Title,
                                message.Detail,
                                message.ErrorLocation,
                                FormattableString.Invariant($"{PapiEndpoints.Root}{Path}/{place}/{index}")
                            )
                    ),
            ];
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
    IReadOnlyList<BulkPatchItem> PatchPropertyVersions,
    string? Message
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
    IReadOnlyList<BulkRuleMessage>? PapiErrors,
    IReadOnlyList<BulkRuleMessage>? PapiWarnings
);

/// <summary>Something that validation found in one of the versions.</summary>
/// <param name="Type">As in the answer of the version's rules.</param>
/// <param name="Title">A few words.</param>
/// <param name="Detail">Why it matters and what to do.</param>
/// <param name="ErrorLocation">Where in the rules: a JSON pointer after a hash.</param>
/// <param name="Instance">Where this very message stands: the request, and a JSON pointer into its answer.</param>
internal sealed record BulkRuleMessage(string Type, string Title, string Detail, string ErrorLocation, string Instance);
