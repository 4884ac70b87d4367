using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Bulk;
using PropertyManager.Web.Papi.Description;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Bulk;

/// <summary><c>/bulk/rules-search-requests</c>: places in the rules of many versions.</summary>
internal static class BulkSearchResource
{
    private const string Path = "/bulk/rules-search-requests";

    private static readonly string Language = FormattableString.Invariant(
        $"JSONPath within the default rule: $.behaviors are its behaviors, $..behaviors those of every rule; $.rules.behaviors is understood as well. A filter on an object asks the object itself, on an array its items. It compares with ==, !=, <, <=, >, >=, with in, nin, anyof, noneof and subsetof and a list, and with =~ and a pattern for the whole text, as in [?(@.name =~ /edge.*/i)]. Where it finds more than {RuleSearch.MostPlaces:N0} places in a version or {RuleSearch.MostPlacesInAll:N0} in all, the search fails and says so."
    );

    private static readonly string[] Types = ["TRADITIONAL", "HOSTNAME_BUCKET", "INCLUDE"];

    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapPost(Path, PostAsync)
            .WithName("post-bulk-search")
            .WithDescription($"{Language} {BulkRequests.Limits}")
            .Accepts<BulkSearchBody>("application/json")
            .Produces<BulkSearchLink>(StatusCodes.Status202Accepted)
            .Sends("Location");
        papi.MapPost(Path + "-synch", PostAndWaitAsync)
            .WithName("post-bulk-search-synch")
            .WithDescription($"{Language} A person has one such search at a time.")
            .Accepts<BulkSearchBody>("application/json")
            .Produces<BulkSearchAnswer>(StatusCodes.Status202Accepted);
        papi.MapGet(Path + "/{bulkSearchId}", GetAsync).WithName("get-bulk-search").Produces<BulkSearchAnswer>();
    }

    private static async Task<IResult> PostAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts, BulkDesk desk)
    {
        var (part, problem) = await ReadAsync(http);
        return part is null ? problem! : await http.SubmitAsync(contexts, desk, BulkDesk.Searches, [part], "bulkSearchLink", Path);
    }

    private static async Task<IResult> PostAndWaitAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts, BulkDesk desk)
    {
        var (part, problem) = await ReadAsync(http);
        if (part is null)
            return problem!;
        var (groups, unseen) = await http.GroupsAsync(contexts);
        if (groups is null)
            return unseen!;
        var (id, refusal) = await desk.SearchAsync(part, http.Caller(), groups, http.RequestAborted);
        return refusal is null
            ? await AnswerAsync(http, id!.Value.ToString(CultureInfo.InvariantCulture), contexts, desk, StatusCodes.Status202Accepted)
            : BulkRequests.Refused(http, refusal);
    }

    private static Task<IResult> GetAsync(HttpContext http, string bulkSearchId, IDbContextFactory<AppDbContext> contexts, BulkDesk desk) =>
        AnswerAsync(http, bulkSearchId, contexts, desk, StatusCodes.Status200OK);

    private static async Task<(SearchPart? Part, PapiProblem? Problem)> ReadAsync(HttpContext http)
    {
        var (body, problem) = await http.ReadAsync<BulkSearchBody>();
        if (body is null)
            return (null, problem);
        if (body.BulkSearchQuery is not { Match: { Length: > 0 } match } query)
            return (null, PapiProblems.BadRequest("bulkSearchQuery.match is missing: it is the JSONPath that is searched for."));
        if (query.Syntax is not (null or "JSONPATH"))
            return (null, PapiProblems.BadRequest("bulkSearchQuery.syntax is JSONPATH."));
        if (query.BulkSearchQualifiers?.Any(text => text is null) == true)
            return (null, PapiProblems.BadRequest("bulkSearchQuery.bulkSearchQualifiers has a null: each is a JSONPath."));
        return body.PropertyType is null || Types.Contains(body.PropertyType, StringComparer.Ordinal)
            ? (new SearchPart(match, [.. (query.BulkSearchQualifiers ?? []).Select(text => text!)], body.PropertyType), null)
            : (null, PapiProblems.BadRequest($"propertyType is one of {string.Join(", ", Types)}."));
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, string id, IDbContextFactory<AppDbContext> contexts, BulkDesk desk, int status)
    {
        var (found, problem) = await http.FindAsync(desk, BulkDesk.Searches, id);
        if (found is not var (request, job))
            return problem!;
        var part = (SearchPart)job.Parts[0];
        var ids = part.Hits.Select(hit => hit.PropertyId).ToList();
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        // What the person may not see any more is left out.
        var seen = await db.Properties.Seen(http.Access()).Where(p => ids.Contains(p.Id)).Select(p => p.Id).ToListAsync(http.RequestAborted);
        var lines = await db
            .Activations.Where(a => seen.Contains(a.PropertyId))
            .Select(a => new { a.PropertyId, Line = new ActivationLine(a.Id, a.Version, a.Network, a.Type, a.Status.State) })
            .ToListAsync(http.RequestAborted);
        var activations = lines.ToLookup(a => a.PropertyId, a => a.Line);
        return PapiRequest.Answer(
            new BulkSearchAnswer(
                request.Id,
                new(part.Match, "JSONPATH", part.Qualifiers),
                part.State switch
                {
                    BulkState.Pending => "PENDING",
                    BulkState.InProgress => "IN_PROGRESS",
                    BulkState.Complete => "COMPLETE",
                    _ => "ERROR",
                },
                Moments.Text(request.SubmittedAt),
                Moments.Text(request.UpdatedAt),
                [.. part.Hits.Where(hit => seen.Contains(hit.PropertyId)).Select(hit => Item(http, hit, activations[hit.PropertyId]))],
                part.Refusal is { } why ? BulkRequests.Errors(PapiProblems.From(why)) : null
            ),
            status
        );
    }

    private static BulkSearchItem Item(HttpContext http, SearchHit hit, IEnumerable<ActivationLine> activations) =>
        new(
            http.Id(PublicId.Account, hit.AccountId),
            http.Id(PublicId.Property, hit.PropertyId),
            hit.PropertyName,
            "TRADITIONAL",
            hit.Version,
            hit.IsLatest,
            hit.IsLocked,
            hit.IsSecure,
            Moments.Text(hit.UpdatedAt),
            hit.Places,
            Status(activations, hit.Version, Network.Staging),
            Status(activations, hit.Version, Network.Production)
        );

    // The list of values has no word for a cancellation under way.
    private static string Status(IEnumerable<ActivationLine> activations, int version, Network network) =>
        StatusWords.Api(activations, version, network) is var status && status == "PENDING_CANCELLATION" ? "PENDING" : status;
}

/// <summary>What is searched for.</summary>
internal sealed record BulkSearchBody(BulkSearchWanted? BulkSearchQuery, string? PropertyType);

/// <summary>The query; what qualifies has to find something, too.</summary>
internal sealed record BulkSearchWanted(string? Match, string? Syntax, IReadOnlyList<string?>? BulkSearchQualifiers);

/// <summary>Where it is asked after.</summary>
internal sealed record BulkSearchLink([property: JsonPropertyName("bulkSearchLink")] string Link);

/// <summary>What was found; or why the search failed, which the public description has no member for.</summary>
internal sealed record BulkSearchAnswer(
    long BulkSearchId,
    BulkSearchWanted BulkSearchQuery,
    string SearchTargetStatus,
    string SearchSubmitDate,
    string SearchUpdateDate,
    IReadOnlyList<BulkSearchItem> Results,
    IReadOnlyList<BulkError>? Errors
);

/// <summary>A version in which something was found.</summary>
internal sealed record BulkSearchItem(
    string AccountId,
    string PropertyId,
    string PropertyName,
    string PropertyType,
    int PropertyVersion,
    bool IsLatest,
    bool IsLocked,
    bool IsSecure,
    string LastModifiedTime,
    IReadOnlyList<string> MatchLocations,
    string StagingStatus,
    string ProductionStatus
);
