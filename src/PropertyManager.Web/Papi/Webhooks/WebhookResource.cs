using System.ComponentModel.DataAnnotations;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Limits;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Webhooks;

/// <summary><c>/webhooks/v1/webhooks</c>: addresses that are told when activations change.</summary>
internal static class WebhookResource
{
    private const string Root = "/webhooks/v1/webhooks";
    private const string One = "/{webhookId}";

    /// <summary>Deliveries in an answer, at most.</summary>
    private const int MostDeliveries = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup(Root).AnswerHead();
        webhooks.MapGet("", ListAsync).WithName("get-webhooks").Produces<WebhookList>();
        webhooks
            .MapPost("", CreateAsync)
            .WithName("post-webhooks")
            .Accepts<WebhookRequest>("application/json")
            .Produces<WebhookModel>(StatusCodes.Status201Created);
        webhooks.MapGet(One, GetAsync).WithName("get-webhook").Produces<WebhookModel>();
        webhooks.MapPatch(One, ChangeAsync).WithName("patch-webhook").Accepts<WebhookChange>("application/json").Produces<WebhookModel>();
        webhooks.MapDelete(One, DeleteAsync).WithName("delete-webhook").Produces(StatusCodes.Status204NoContent);
        webhooks.MapGet(One + "/deliveries", DeliveriesAsync).WithName("get-webhook-deliveries").Produces<DeliveryList>();
        webhooks.MapPost(One + "/test", TestAsync).WithName("post-webhook-test").Produces<TestAnswer>();
    }

    private static async Task<IResult> ListAsync(HttpContext http, WebhookDesk desk) =>
        PapiRequest.Answer(new WebhookList([.. (await desk.ListAsync(Owner(http), http.RequestAborted)).Select(line => Model(http, line))]));

    private static async Task<IResult> CreateAsync(HttpContext http, WebhookDesk desk)
    {
        var (wanted, problem) = await http.ReadAsync<WebhookRequest>();
        if (wanted is null)
            return problem!;
        if (wanted.Url is null)
            return PapiProblems.BadRequest("url is missing: where messages are sent.");
        long? property = null;
        if (wanted.PropertyId is not null && (property = PublicId.Parse(PublicId.Property, wanted.PropertyId)) is null)
            return PapiProblems.NotFound($"There is no property {wanted.PropertyId}, or not one that this client may see.");
        var (webhook, secret, refusal) = await desk.CreateAsync(wanted.Url, property, Owner(http), http.RequestAborted);
        if (webhook is null)
            return PapiProblems.From(refusal!);
        http.Response.Headers.Location = FormattableString.Invariant($"{Root}/{webhook.Id}");
        return PapiRequest.Answer(Model(http, webhook) with { Secret = secret }, StatusCodes.Status201Created);
    }

    private static async Task<IResult> GetAsync(string webhookId, HttpContext http, WebhookDesk desk) =>
        PublicId.Parse("", webhookId) is { } id && await desk.FindAsync(id, Owner(http), http.RequestAborted) is { } webhook
            ? PapiRequest.Answer(Model(http, webhook))
            : Unknown(webhookId);

    private static async Task<IResult> ChangeAsync(string webhookId, HttpContext http, WebhookDesk desk)
    {
        var (change, problem) = await http.ReadAsync<WebhookChange>();
        if (change is null)
            return problem!;
        if (change.Enabled is not { } enabled)
            return PapiProblems.BadRequest("enabled is missing: true or false.");
        if (PublicId.Parse("", webhookId) is not { } id)
            return Unknown(webhookId);
        return await desk.EnableAsync(id, enabled, Owner(http), http.RequestAborted) is { } refusal
            ? PapiProblems.From(refusal)
            : await GetAsync(webhookId, http, desk);
    }

    private static async Task<IResult> DeleteAsync(string webhookId, HttpContext http, WebhookDesk desk)
    {
        if (PublicId.Parse("", webhookId) is not { } id)
            return Unknown(webhookId);
        return await desk.DeleteAsync(id, Owner(http), http.RequestAborted) is { } refusal ? PapiProblems.From(refusal) : TypedResults.NoContent();
    }

    private static async Task<IResult> DeliveriesAsync(string webhookId, HttpContext http, WebhookDesk desk)
    {
        if (PublicId.Parse("", webhookId) is not { } id || await desk.FindAsync(id, Owner(http), http.RequestAborted) is null)
            return Unknown(webhookId);
        var lines = await desk.DeliveriesAsync(id, MostDeliveries, Owner(http), http.RequestAborted);
        return PapiRequest.Answer(new DeliveryList([.. lines.Select(line => Model(http, line))]));
    }

    private static async Task<IResult> TestAsync(string webhookId, HttpContext http, WebhookDesk desk)
    {
        if (PublicId.Parse("", webhookId) is not { } id)
            return Unknown(webhookId);
        var (refusal, problem) = await desk.TestAsync(id, Owner(http), http.RequestAborted);
        return refusal is null ? PapiRequest.Answer(new TestAnswer(problem is null, problem))
            : refusal.Code == "test-running" ? LimitAnswers.TooManyTests(http, refusal)
            : PapiProblems.From(refusal);
    }

    private static WebhookOwner Owner(HttpContext http) => new(http.Caller().UserId, http.Access(), http.Caller().IsReadOnly);

    private static PapiProblem Unknown(string webhookId) => PapiProblems.NotFound($"There is no webhook {webhookId}.");

    private static WebhookModel Model(HttpContext http, WebhookLine line) =>
        new(line.Id, line.Url, line.PropertyId is { } id ? http.Id(PublicId.Property, id) : null, line.DisabledAt is null, line.CreatedAt)
        {
            DisabledReason = line.DisabledReason,
            FailingSince = line.FailingSince,
            LastProblem = line.Problem,
            NextTryAt = line.NextAttemptAt,
        };

    private static DeliveryModel Model(HttpContext http, DeliveryLine line) =>
        new(
            line.Id,
            line.Event,
            http.Id(PublicId.Activation, line.ActivationId),
            line.State switch
            {
                DeliveryState.Pending => "WAITING",
                DeliveryState.Delivered => "RECEIVED",
                DeliveryState.Skipped => "SKIPPED",
                _ => "GIVEN_UP",
            },
            line.CreatedAt,
            line.State == DeliveryState.Delivered ? line.EndedAt : null,
            line.Failures,
            line.LastProblem,
            line.NextTryAt
        );
}

/// <summary>A webhook that is to be made.</summary>
/// <param name="Url">Absolute, http or https.</param>
/// <param name="PropertyId">Whose activations it is told of; of all that the client's person may read where it is left out.</param>
internal sealed record WebhookRequest(string? Url, string? PropertyId = null);

/// <param name="Enabled">False: it is told nothing until it is enabled again.</param>
internal sealed record WebhookChange(bool? Enabled);

/// <summary>An address that is told.</summary>
internal sealed record WebhookModel(long WebhookId, string Url, string? PropertyId, bool Enabled, DateTimeOffset CreatedAt)
{
    /// <summary>What its messages are signed with: in the answer that made it, and never again.</summary>
    public string? Secret { get; init; }

    /// <summary>Why it was disabled without its owner's doing: it received nothing for three days. Enabling it ends that.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>When it first failed since its last message; left out while it receives.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Why the last attempt failed; left out while it receives.</summary>
    public string? LastProblem { get; init; }

    /// <summary>When the next attempt is made, real time; left out when nothing waits for it.</summary>
    public DateTimeOffset? NextTryAt { get; init; }
}

/// <summary>All of the client's person, the oldest first.</summary>
internal sealed record WebhookList(IReadOnlyList<WebhookModel> Webhooks);

/// <summary>A message, and what became of it.</summary>
/// <param name="Status"><c>RECEIVED</c>, <c>WAITING</c>, <c>GIVEN_UP</c> after a day, or <c>SKIPPED</c> because its person lost the right to read the property.</param>
/// <param name="DeliveryId">The <c>webhook-id</c> that it is sent with.</param>
/// <param name="Failures">How often it was tried and not received.</param>
/// <param name="LastProblem">Why, the last time.</param>
/// <param name="NextTryAt">Real time.</param>
internal sealed record DeliveryModel(
    long DeliveryId,
    string Event,
    string ActivationId,
    [property: AllowedValues("RECEIVED", "WAITING", "GIVEN_UP", "SKIPPED")] string Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SentAt,
    int Failures,
    string? LastProblem,
    DateTimeOffset? NextTryAt
);

/// <summary>The newest first.</summary>
internal sealed record DeliveryList(IReadOnlyList<DeliveryModel> Deliveries);

/// <summary>What came of a test message.</summary>
/// <param name="Problem">Why it was not received; left out when it was.</param>
internal sealed record TestAnswer(bool Received, string? Problem);
