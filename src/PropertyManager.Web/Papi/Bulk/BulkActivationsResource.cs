using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Bulk;
using PropertyManager.Web.Papi.Activations;
using PropertyManager.Web.Papi.Description;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Properties;

namespace PropertyManager.Web.Papi.Bulk;

/// <summary><c>/bulk/activations</c>: many activations at once.</summary>
internal static class BulkActivationsResource
{
    private const string Path = "/bulk/activations";
    private const string List = "activatePropertyVersions";

    public static void Map(IEndpointRouteBuilder papi)
    {
        papi.MapPost(Path, PostAsync)
            .WithName("post-bulk-activations")
            .WithDescription(BulkRequests.Limits)
            .Accepts<BulkActivationsBody>("application/json")
            .Produces<BulkActivationLink>(StatusCodes.Status202Accepted)
            .Sends("Location");
        papi.MapGet(Path + "/{bulkActivationId}", GetAsync).WithName("get-bulk-activation").Produces<BulkActivationsAnswer>();
    }

    private static async Task<IResult> PostAsync(HttpContext http, IDbContextFactory<AppDbContext> contexts, BulkDesk desk)
    {
        var (body, problem) = await http.ReadAsync<BulkActivationsBody>();
        if (body is null)
            return problem!;
        var defaults = new ActivationDefaults(
            body.DefaultActivationSettings?.AcknowledgeAllWarnings ?? false,
            body.DefaultActivationSettings?.FastPush ?? ProgramDefaults.FastPush,
            body.DefaultActivationSettings?.UseFastFallback ?? false,
            body.DefaultActivationSettings?.NotifyEmails ?? []
        );
        List<BulkPart> parts = [];
        foreach (var (index, item) in (body.ActivatePropertyVersions ?? []).Index())
        {
            var (propertyId, version, wrong) = BulkRequests.Target($"{List}[{index}]", item?.PropertyId, item?.PropertyVersion, "propertyVersion");
            if (wrong is not null)
                return wrong;
            if (StatusWords.NetworkOf(item!.Network?.ToUpperInvariant()) is not { } network)
                return PapiProblems.BadRequest($"{List}[{index}].network is STAGING or PRODUCTION.");
            parts.Add(new ActivationPart(propertyId, version, network, item.Note ?? "", item.AcknowledgeWarnings ?? [], defaults));
        }
        return await http.SubmitAsync(contexts, desk, BulkDesk.Activations, parts, "bulkActivationLink", Path);
    }

    private static async Task<IResult> GetAsync(HttpContext http, string bulkActivationId, IDbContextFactory<AppDbContext> contexts, BulkDesk desk)
    {
        var (found, problem) = await http.FindAsync(desk, BulkDesk.Activations, bulkActivationId);
        if (found is not var (request, job))
            return problem!;
        var parts = job.Parts.Cast<ActivationPart>().ToList();
        var propertyIds = parts.Select(part => part.PropertyId).ToList();
        var activationIds = parts.Where(part => part.ActivationId is not null).Select(part => part.ActivationId!.Value).ToList();
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var seen = db.Properties.Seen(http.Access()).Where(p => propertyIds.Contains(p.Id));
        var names = await seen.ToDictionaryAsync(p => p.Id, p => p.Name, http.RequestAborted);
        var states = await db
            .Activations.Where(a => activationIds.Contains(a.Id) && seen.Any(p => p.Id == a.PropertyId))
            .Select(a => new
            {
                a.Id,
                State = new ActivationAt(
                    a.Status.State,
                    a.History.OrderByDescending(e => e.Id).Select(e => (DateTimeOffset?)e.At).FirstOrDefault() ?? a.Intent.SubmittedAt
                ),
            })
            .ToDictionaryAsync(a => a.Id, a => a.State, http.RequestAborted);
        var defaults = parts[0].Defaults;
        return PapiRequest.Answer(
            new BulkActivationsAnswer(
                request.Id,
                BulkRequests.Status(job),
                Moments.Text(request.SubmittedAt),
                Moments.Text(request.UpdatedAt),
                new(defaults.AcknowledgeAll, defaults.FastPush, defaults.UseFastFallback, defaults.NotifyEmails),
                [.. parts.Select(part => Item(http, request, part, names.GetValueOrDefault(part.PropertyId), StateOf(part, states)))],
                BulkRequests.Message(job)
            )
        );
    }

    private static ActivationAt? StateOf(ActivationPart part, Dictionary<long, ActivationAt> states) =>
        part.ActivationId is { } id ? states.GetValueOrDefault(id) : null;

    private static BulkActivationItem Item(HttpContext http, BulkRequest request, ActivationPart part, string? name, ActivationAt? activation)
    {
        var problem = part.Refusal is { } refusal ? ActivationProblems.OfOrder(refusal, part.Warnings, part.Errors, link: null) : null;
        return new(
            http.Id(PublicId.Property, part.PropertyId),
            name,
            part.Version,
            StatusWords.Api(part.Network),
            part.Note,
            part.Defaults.AcknowledgeAll,
            part.Defaults.FastPush,
            part.Defaults.UseFastFallback,
            part.Defaults.NotifyEmails,
            BulkRequests.Status(part),
            Status(part, activation?.State),
            BulkRequests.Submitted(request, part),
            activation is null ? BulkRequests.Updated(request, part) : Moments.Text(activation.UpdatedAt),
            part.ActivationId is { } id ? PapiEndpoints.Root + http.PathOf(part.PropertyId, $"/activations/{http.Id(PublicId.Activation, id)}") : "",
            part.Warnings.Count,
            part.Refusal is { Code: "warnings-not-acknowledged" or "never-on-staging" }
                ? [.. part.Warnings.Select(warning => new BulkWarning(ActivationProblems.Warning, warning.Detail, warning.Id))]
                : null,
            problem is null ? null : BulkRequests.Errors(problem),
            problem?.Detail
        );
    }

    // The list of values has no word for a cancellation under way.
    private static string Status(ActivationPart part, ActivationState? state) =>
        state switch
        {
            null => part.State == BulkState.Refused ? "FAILED" : "NEW",
            ActivationState.Cancelling => "PENDING",
            { } known => StatusWords.Api(known, ActivationType.Activate),
        };

    /// <summary>Where an activation stands, and since when in real time.</summary>
    private sealed record ActivationAt(ActivationState State, DateTimeOffset UpdatedAt);
}

/// <summary>Which versions are to be activated.</summary>
internal sealed record BulkActivationsBody(
    IReadOnlyList<BulkActivationOrder?>? ActivatePropertyVersions,
    BulkActivationSettings? DefaultActivationSettings
);

/// <summary>One of them.</summary>
internal sealed record BulkActivationOrder(
    [property: JsonConverter(typeof(IdText))] string? PropertyId,
    int? PropertyVersion,
    string? Network,
    string? Note,
    IReadOnlyList<string>? AcknowledgeWarnings
);

/// <summary>How all of them are to be activated.</summary>
internal sealed record BulkActivationSettings(
    bool? AcknowledgeAllWarnings,
    bool? FastPush,
    bool? UseFastFallback,
    IReadOnlyList<string>? NotifyEmails
);

/// <summary>Where it is asked after.</summary>
internal sealed record BulkActivationLink([property: JsonPropertyName("bulkActivationLink")] string Link);

/// <summary>What became of them.</summary>
internal sealed record BulkActivationsAnswer(
    long BulkActivationId,
    string BulkActivationStatus,
    string BulkActivationSubmitDate,
    string BulkActivationUpdateDate,
    BulkActivationSettings DefaultActivationSettings,
    IReadOnlyList<BulkActivationItem> ActivatePropertyVersions,
    string? Message
);

/// <summary>What became of one.</summary>
internal sealed record BulkActivationItem(
    string PropertyId,
    string? PropertyName,
    int PropertyVersion,
    string Network,
    string Note,
    bool AcknowledgeAllWarnings,
    bool FastPush,
    bool UseFastFallback,
    IReadOnlyList<string> NotifyEmails,
    string TaskStatus,
    string ActivationStatus,
    string ActivationSubmitDate,
    string ActivationUpdateDate,
    string PropertyActivationLink,
    int NumberOfWarningsFromActivation,
    IReadOnlyList<BulkWarning>? ActivationWarnings,
    IReadOnlyList<BulkError>? ActivationErrors,
    string? FatalError
);

/// <summary>What has to be acknowledged.</summary>
internal sealed record BulkWarning(string Type, string Detail, string MessageId);
