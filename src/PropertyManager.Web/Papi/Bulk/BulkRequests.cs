using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine.Bulk;
using PropertyManager.Web.Papi.Accounts;
using PropertyManager.Web.Papi.Limits;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Bulk;

/// <summary>What the resources of bulk requests have in common.</summary>
internal static class BulkRequests
{
    /// <summary>What is to be known before one is asked for.</summary>
    public static readonly string Limits = FormattableString.Invariant(
        $"At most {BulkDesk.MostParts} parts a request, and {BulkDesk.MostOpen} requests of a person that are not done. What became of it can be read for {BulkWork.Kept.TotalDays} days, of a person's last {BulkDesk.MostKept} of each kind."
    );

    /// <summary>What a part is refused with that failed here.</summary>
    private const string Interrupted = "interrupted";

    /// <summary>The groups that the request sees; contract and group of its query narrow them.</summary>
    public static async Task<(IReadOnlyList<long>? Groups, PapiProblem? Problem)> GroupsAsync(
        this HttpContext http,
        IDbContextFactory<AppDbContext> contexts
    )
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var (group, problem) = await http.GroupAsync(db);
        if (problem is not null)
            return (null, problem);
        var groupId = group?.Id;
        var contract = http.ContractId();
        var groups = await db
            .Groups.Seen(http.Access())
            .Where(g => (groupId == null || g.Id == groupId) && (contract == null || g.ContractId == contract))
            .Select(g => g.Id)
            .ToListAsync(http.RequestAborted);
        return (groups, null);
    }

    /// <summary>Keeps what is asked for, and answers where it is to be asked after.</summary>
    public static async Task<IResult> SubmitAsync(
        this HttpContext http,
        IDbContextFactory<AppDbContext> contexts,
        BulkDesk desk,
        string kind,
        IReadOnlyList<BulkPart> parts,
        string linkName,
        string path
    )
    {
        var (groups, problem) = await http.GroupsAsync(contexts);
        if (groups is null)
            return problem!;
        var (id, refusal) = await desk.SubmitAsync(kind, parts, http.Caller(), groups, http.RequestAborted);
        return refusal is null
            ? http.Created(linkName, string.Create(CultureInfo.InvariantCulture, $"{path}/{id}"), StatusCodes.Status202Accepted)
            : Refused(http, refusal);
    }

    /// <summary>Why it is not taken.</summary>
    public static PapiProblem Refused(HttpContext http, Refusal refusal) =>
        refusal.Code switch
        {
            "too-many-open" => LimitAnswers.TooMany(
                new(IsOver: true, BulkDesk.MostOpen, Remaining: 0, NextIn: TimeSpan.Zero),
                "open-bulk-requests",
                http.Access().Email,
                refusal.Message
            ),
            "too-many-searches" => LimitAnswers.TooManySearches(http, refusal),
            _ => PapiProblems.From(refusal),
        };

    /// <summary>A request of this client's person, and what became of it.</summary>
    public static async Task<((BulkRequest Request, BulkJob Job)? Found, PapiProblem? Problem)> FindAsync(
        this HttpContext http,
        BulkDesk desk,
        string kind,
        string id
    ) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && await desk.FindAsync(kind, number, http.Caller(), http.RequestAborted) is { } found
            ? (found, null)
            : (null, PapiProblems.NotFound($"There is no such bulk request: {id}."));

    /// <summary>How far the whole is.</summary>
    public static string Status(BulkJob job) =>
        job.Parts.All(part => part.IsOver) ? "COMPLETE"
        : job.Parts.All(part => part.State == BulkState.Pending) ? "PENDING"
        : "IN_PROGRESS";

    /// <summary>How far a part is.</summary>
    public static string Status(BulkPart part) =>
        part.State switch
        {
            BulkState.Pending => "PENDING",
            BulkState.InProgress => "IN_PROGRESS",
            BulkState.Complete => "COMPLETE",
            _ => part.Refusal?.Code == Interrupted ? "INTERRUPTED" : "SUBMISSION_ERROR",
        };

    /// <summary>When it was begun, or asked for.</summary>
    public static string Submitted(BulkRequest request, BulkPart part) => Moments.Text(part.StartedAt ?? request.SubmittedAt);

    /// <summary>When something was last noted of it.</summary>
    public static string Updated(BulkRequest request, BulkPart part) => Moments.Text(part.EndedAt ?? part.StartedAt ?? request.SubmittedAt);

    /// <summary>What a request for this alone would be answered with: the problem, then what it lists.</summary>
    public static IReadOnlyList<BulkError> Errors(PapiProblem problem) =>
        [new(PapiProblem.Types + problem.Kind, problem.Detail), .. (problem.Errors ?? []).Select(error => new BulkError(error.Type, error.Detail))];

    /// <summary>What went wrong here with some of the parts, and not with what was asked for; null when nothing did.</summary>
    public static string? Message(BulkJob job)
    {
        var failed = job.Parts.Select(part => part.Refusal).OfType<Refusal>().Where(refusal => refusal.Code == Interrupted).ToList();
        return failed.Count == 0
            ? null
            : $"{failed.Count} of {job.Parts.Count} parts were not done. {string.Join(' ', failed.Select(why => why.Message).Distinct(StringComparer.Ordinal))}";
    }

    /// <summary>Which property and version a part names; or what is wrong with that.</summary>
    /// <param name="place">Of the part: <c>patchPropertyVersions[0]</c>.</param>
    /// <param name="propertyId">As it came.</param>
    /// <param name="version">As it came.</param>
    /// <param name="versionName">Name of the version's member.</param>
    public static (long PropertyId, int Version, PapiProblem? Problem) Target(string place, string? propertyId, int? version, string versionName)
    {
        if (PublicId.Parse(PublicId.Property, propertyId) is not { } id)
            return (0, 0, PapiProblems.BadRequest($"{place}.propertyId is not the identifier of a property, such as prp_1."));
        return version is > 0
            ? (id, version.Value, null)
            : (0, 0, PapiProblems.BadRequest($"{place}.{versionName} is not the number of a version, from 1."));
    }
}

/// <summary>Why something was not done.</summary>
internal sealed record BulkError(string Type, string Detail);
