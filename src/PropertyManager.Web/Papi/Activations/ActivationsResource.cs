using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Description;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Properties;

namespace PropertyManager.Web.Papi.Activations;

/// <summary>The activations of a property: list, activate or deactivate, one, cancel.</summary>
internal static class ActivationsResource
{
    public static void Map(IEndpointRouteBuilder papi)
    {
        var activations = papi.MapGroup("/properties/{propertyId}/activations");
        activations.MapGet("", ListAsync).WithName("get-property-activations").Produces<ActivationsAnswer>();
        activations
            .MapPost("", ActivateAsync)
            .WithName("post-property-activations")
            .Accepts<ActivationRequest>("application/json")
            .Produces<ActivationLink>(StatusCodes.Status201Created)
            .Produces<DryRunAnswer>()
            .Sends("Location");
        activations.MapGet("/{activationId}", GetAsync).WithName("get-property-activation").Produces<ActivationsAnswer>().Sends("Retry-After");
        activations
            .MapDelete("/{activationId}", CancelAsync)
            .WithName("delete-property-activation")
            .Produces<ActivationsAnswer>()
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(
        string propertyId,
        HttpContext http,
        IDbContextFactory<AppDbContext> contexts,
        ActivationMemory memory,
        ActivationView view,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (found, unknown) = await http.FindPropertyAsync(db, propertyId);
        if (found is null)
            return unknown!;
        var sheets = await memory.ListAsync(found.Property.Id, cancellationToken);
        List<ActivationItem> items = [.. sheets.Select(sheet => view.Item(http, sheet))];
        return PapiRequest.Answer(ActivationView.Answer(http, found, items));
    }

    private static async Task<IResult> ActivateAsync(
        string propertyId,
        HttpContext http,
        IDbContextFactory<AppDbContext> contexts,
        ActivationDesk desk,
        CancellationToken cancellationToken
    )
    {
        var (body, unread) = await http.ReadAsync<ActivationRequest>();
        if (body is null)
            return unread!;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (found, unknown) = await http.FindPropertyAsync(db, propertyId);
        if (found is null)
            return unknown!;
        var (order, problem) = ActivationOrders.Read(found.Property.Id, body);
        if (order is null)
            return problem!;
        var (dryRun, wrong) = http.Switch("dryRun", otherwise: false);
        if (wrong is not null)
            return wrong;
        if (dryRun)
            return await TryOutAsync(order, http, desk, cancellationToken);
        var answer = await desk.SubmitAsync(order, http.Access(), cancellationToken);
        if (answer.Activation is not { } started)
            return ActivationProblems.OfOrder(answer, await OpenLinkAsync(db, http, found, order.Network, cancellationToken));
        return http.Created("activationLink", PathOf(http, found, started.Id));
    }

    private static async Task<IResult> TryOutAsync(ActivationOrder order, HttpContext http, ActivationDesk desk, CancellationToken cancellationToken)
    {
        var trial = await desk.TryOutAsync(order, http.Caller().Trials, cancellationToken);
        return trial.Answer.Refusal is { Code: "not-permitted" or "not-found" } refusal
            ? PapiProblems.From(refusal)
            : PapiRequest.Answer(ActivationOrders.Of(trial, !order.CancelIfErrorRateIncreases));
    }

    private static async ValueTask<IResult> GetAsync(
        string propertyId,
        string activationId,
        HttpContext http,
        ActivationMemory memory,
        ActivationView view,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(propertyId, activationId, http, memory, cancellationToken) is { } sheet
            ? view.Answer(http, sheet)
            : UnknownActivation(activationId);

    private static async Task<IResult> CancelAsync(
        string propertyId,
        string activationId,
        HttpContext http,
        ActivationDesk desk,
        ActivationMemory memory,
        ActivationView view,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(propertyId, activationId, http, memory, cancellationToken) is not { } sheet)
            return UnknownActivation(activationId);
        var refusal = await desk.CancelAsync(sheet.Activation.Id, http.Access(), cancellationToken);
        // What was wanted is so, or becomes so, already.
        if (refusal is { Code: "not-pending" } && sheet.Activation.Status.State == ActivationState.Aborted)
            return TypedResults.NoContent();
        if (refusal is not (null or { Code: "already-cancelling" }))
            return ActivationProblems.OfCancel(refusal);
        return await memory.FindAsync(sheet.Activation.Id, cancellationToken) is { } now ? view.Answer(http, now) : UnknownActivation(activationId);
    }

    private static async ValueTask<ActivationSheet?> FindAsync(
        string propertyId,
        string activationId,
        HttpContext http,
        ActivationMemory memory,
        CancellationToken cancellationToken
    ) =>
        PublicId.Parse(PublicId.Activation, activationId) is { } id
        && await memory.FindAsync(id, cancellationToken) is { } sheet
        && sheet.Property.Id == PublicId.Parse(PublicId.Property, propertyId)
        && http.Access().MayRead(sheet.Property)
        && http.IsScoped(sheet.Property, sheet.ContractId)
            ? sheet
            : null;

    private static async Task<string?> OpenLinkAsync(
        AppDbContext db,
        HttpContext http,
        ScopedProperty property,
        Network network,
        CancellationToken cancellationToken
    )
    {
        var open = await db
            .Activations.Where(a => a.PropertyId == property.Property.Id && a.Network == network && a.Status.IsOpen)
            .Select(a => (long?)a.Id)
            .SingleOrDefaultAsync(cancellationToken);
        return open is { } id ? PapiEndpoints.Root + PathOf(http, property, id) : null;
    }

    private static string PathOf(HttpContext http, ScopedProperty property, long activationId) =>
        http.PathOf(property, $"/activations/{http.Id(PublicId.Activation, activationId)}");

    private static PapiProblem UnknownActivation(string id) =>
        PapiProblems.NotFound($"This property has no activation {id}, or this client does not see it.");
}
