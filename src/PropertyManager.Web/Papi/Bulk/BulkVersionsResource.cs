using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Bulk;
using PropertyManager.Web.Papi.Description;
using PropertyManager.Web.Papi.Properties;

namespace PropertyManager.Web.Papi.Bulk;

/// <summary><c>/bulk/property-version-creations</c>: many new versions at once.</summary>
internal static class BulkVersionsResource
{
    private const string Path = "/bulk/property-version-creations";
    private const string List = "createPropertyVersions";

    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapPost(Path, PostAsync)
            .WithName("post-bulk-version")
            .WithDescription(BulkRequests.Limits)
            .Accepts<BulkVersionsBody>("application/json")
            .Produces<BulkVersionsLink>(StatusCodes.Status202Accepted)
            .Sends("Location");
        papi.MapGet(Path + "/{bulkCreateId}", GetAsync).WithName("get-bulk-version").Produces<BulkVersionsAnswer>();
    }

    private static async Task<IResult> PostAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts, BulkDesk desk)
    {
        var (body, problem) = await http.ReadAsync<BulkVersionsBody>();
        if (body is null)
            return problem!;
        List<BulkPart> parts = [];
        foreach (var (index, item) in (body.CreatePropertyVersions ?? []).Index())
        {
            var (propertyId, from, wrong) = BulkRequests.Target($"{List}[{index}]", item?.PropertyId, item?.CreateFromVersion, "createFromVersion");
            if (wrong is not null)
                return wrong;
            parts.Add(new VersionPart(propertyId, from, RequestOptions.Etag(item!.CreateFromVersionEtag)));
        }
        return await http.SubmitAsync(contexts, desk, BulkDesk.Versions, parts, "bulkCreateVersionLink", Path);
    }

    private static async Task<IResult> GetAsync(HttpContext http, string bulkCreateId, BulkDesk desk)
    {
        var (found, problem) = await http.FindAsync(desk, BulkDesk.Versions, bulkCreateId);
        if (found is not var (request, job))
            return problem!;
        var parts = job.Parts.Cast<VersionPart>().ToList();
        var refused = parts.Where(part => part.Refusal is not null).ToList();
        return PapiRequest.Answer(
            new BulkVersionsAnswer(
                request.Id,
                BulkRequests.Status(job),
                Moments.Text(request.SubmittedAt),
                Moments.Text(request.UpdatedAt),
                [.. parts.Select(part => Item(http, request, part))],
                // A part has no member of its own for why it was not made.
                refused.Count == 0
                    ? null
                    : string.Join(
                        ' ',
                        refused.Select(part => $"{http.Id(PublicId.Property, part.PropertyId)}, version {part.From}: {part.Refusal!.Message}")
                    )
            )
        );
    }

    private static BulkVersionItem Item(HttpContext http, BulkRequest request, VersionPart part) =>
        new(
            http.Id(PublicId.Property, part.PropertyId),
            part.From,
            part.Etag ?? part.MadeFrom,
            BulkRequests.Status(part),
            BulkRequests.Submitted(request, part),
            BulkRequests.Updated(request, part),
            part.Made,
            part.Made is { } made ? PapiEndpoints.Root + http.PathOf(part.PropertyId, $"/versions/{made}") : null,
            part.Made is { } number ? VersionEtag.Of(part.PropertyId, number, revision: 1) : null
        );
}

/// <summary>Which versions are to be made.</summary>
internal sealed record BulkVersionsBody(IReadOnlyList<BulkVersionOrder?>? CreatePropertyVersions);

/// <summary>One of them.</summary>
internal sealed record BulkVersionOrder(
    [property: JsonConverter(typeof(IdText))] string? PropertyId,
    int? CreateFromVersion,
    string? CreateFromVersionEtag
);

/// <summary>Where it is asked after.</summary>
internal sealed record BulkVersionsLink([property: JsonPropertyName("bulkCreateVersionLink")] string Link);

/// <summary>What became of them.</summary>
internal sealed record BulkVersionsAnswer(
    long BulkCreateId,
    string BulkCreateVersionsStatus,
    string BulkCreateVersionSubmitDate,
    string BulkCreateVersionUpdateDate,
    IReadOnlyList<BulkVersionItem> CreatePropertyVersions,
    string? Message
);

/// <summary>What became of one.</summary>
/// <param name="CreateFromVersionEtag">The state that is meant, or else that it was made from; left out while there is neither.</param>
internal sealed record BulkVersionItem(
    string PropertyId,
    int CreateFromVersion,
    string? CreateFromVersionEtag,
    string CreateVersionStatus,
    string CreateVersionSubmitDate,
    string CreateVersionUpdateDate,
    int? PropertyVersion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? PropertyVersionLink,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Etag
);
