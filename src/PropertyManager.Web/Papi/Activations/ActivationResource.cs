using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Activations;

/// <summary>The activations of a property: list, activate or deactivate, one, cancel.</summary>
internal static class ActivationResource
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
            .Produces<DryRunAnswer>();
        activations.MapGet("/{activationId}", GetAsync).WithName("get-property-activation").Produces<ActivationsAnswer>();
        activations
            .MapDelete("/{activationId}", CancelAsync)
            .WithName("delete-property-activation")
            .Produces<ActivationsAnswer>()
            .Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Where an activation is, under <see cref="PapiEndpoints.Root"/>.</summary>
    internal static string Path(HttpContext http, Property property, string contractId, long activationId) =>
        $"/properties/{http.Id(PublicId.Property, property.Id)}/activations/{http.Id(PublicId.Activation, activationId)}"
        + $"?contractId={http.Id(contractId)}&groupId={http.Id(PublicId.Group, property.GroupId)}";

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
        if (await FindAsync(db, propertyId, http, cancellationToken) is not var (property, contractId))
            return UnknownProperty(propertyId);
        // What was cancelled leaves the list, and can still be asked for by its identifier.
        var ids = await db
            .Activations.Where(a => a.PropertyId == property.Id && a.Status.State != ActivationState.Aborted)
            .OrderByDescending(a => a.Id)
            .Select(a => a.Id)
            .ToListAsync(cancellationToken);
        List<ActivationItem> items = [];
        foreach (var id in ids)
        {
            if (await memory.FindAsync(id, cancellationToken) is { } sheet)
                items.Add(view.Item(http, sheet));
        }
        return PapiRequest.Answer(ActivationView.Answer(http, property, contractId, items));
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
        if (await FindAsync(db, propertyId, http, cancellationToken) is not var (property, contractId))
            return UnknownProperty(propertyId);
        var (order, problem) = ActivationOrders.Read(property.Id, body);
        if (order is null)
            return problem!;
        if (http.Request.Query["dryRun"] is ["true"])
            return await TryOutAsync(order, body, http, desk, cancellationToken);
        var answer =
            body.ActivationType == "DEACTIVATE"
                ? await desk.DeactivateAsync(
                    order.PropertyId,
                    order.Network,
                    order.Note,
                    order.NotifyEmails,
                    http.Access(),
                    cancellationToken,
                    order.Compliance
                )
            : body.UseFastFallback == true ? await desk.FastFallbackToAsync(order, http.Access(), cancellationToken)
            : await desk.ActivateAsync(order, http.Access(), cancellationToken);
        if (answer.Activation is not { } started)
            return ActivationProblems.OfOrder(answer, await OpenLinkAsync(db, http, property, contractId, order.Network, cancellationToken));
        return http.Created("activationLink", Path(http, property, contractId, started.Id));
    }

    private static async Task<IResult> TryOutAsync(
        ActivationOrder order,
        ActivationRequest body,
        HttpContext http,
        ActivationDesk desk,
        CancellationToken cancellationToken
    )
    {
        if (body.ActivationType == "DEACTIVATE" || body.UseFastFallback == true)
            return PapiProblems.BadRequest("dryRun is for activations: a deactivation and a Fast Fallback bring nothing that could be checked.");
        var trial = await desk.TryOutAsync(order, http.Access(), cancellationToken);
        return trial.Answer.Refusal is { Code: "not-permitted" or "not-found" } refusal
            ? PapiProblems.From(refusal)
            : PapiRequest.Answer(ActivationOrders.Of(trial));
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
            ? sheet
            : null;

    private static async Task<(Property, string ContractId)?> FindAsync(
        AppDbContext db,
        string propertyId,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        if (PublicId.Parse(PublicId.Property, propertyId) is not { } id)
            return null;
        var found = await db
            .Properties.AsNoTracking()
            .Seen(http.Access())
            .Where(p => p.Id == id)
            .Join(db.Groups, p => p.GroupId, g => g.Id, (Property, g) => new { Property, g.ContractId })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.Property, found.ContractId);
    }

    private static async Task<string?> OpenLinkAsync(
        AppDbContext db,
        HttpContext http,
        Property property,
        string contractId,
        Network network,
        CancellationToken cancellationToken
    )
    {
        var open = await db
            .Activations.Where(a => a.PropertyId == property.Id && a.Network == network && a.Status.IsOpen)
            .Select(a => (long?)a.Id)
            .SingleOrDefaultAsync(cancellationToken);
        return open is { } id ? PapiEndpoints.Root + Path(http, property, contractId, id) : null;
    }

    private static PapiProblem UnknownProperty(string id) => PapiProblems.NotFound($"There is no property {id} that this client sees.");

    private static PapiProblem UnknownActivation(string id) =>
        PapiProblems.NotFound($"This property has no activation {id}, or this client does not see it.");
}
