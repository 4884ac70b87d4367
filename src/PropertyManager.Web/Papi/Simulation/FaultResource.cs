using System.ComponentModel.DataAnnotations;
using PropertyManager.Domain;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Simulation;

/// <summary><c>/faults</c>: trouble that waits for activations, of all properties, of one, or for the next of one.</summary>
internal static class FaultResource
{
    public static void Map(IEndpointRouteBuilder simulation)
    {
        simulation.MapGet("/faults", ListAsync).WithName("get-simulation-faults").Produces<StandingFaults>();
        simulation
            .MapPost("/faults", AddAsync)
            .WithName("post-simulation-faults")
            .Accepts<NewFault>("application/json")
            .Produces<StandingFaultModel>(StatusCodes.Status201Created);
        simulation.MapDelete("/faults/{faultId}", RemoveAsync).WithName("delete-simulation-fault").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(HttpContext http, FaultDesk desk)
    {
        var standing = await desk.ListAsync(http.Access(), http.RequestAborted);
        return PapiRequest.Answer(new StandingFaults([.. standing.Select(fault => Model(http, fault))]));
    }

    private static async Task<IResult> AddAsync(HttpContext http, FaultDesk desk, IEdgeNetwork edge)
    {
        var (wanted, problem) = await http.ReadAsync<NewFault>();
        if (wanted is null)
            return problem!;
        if (wanted.Fault is null)
            return PapiProblems.BadRequest("fault is missing: what is to go wrong.");
        var (fault, wrong) = wanted.Fault.Read(edge.Places(Network.Production));
        if (fault is null)
            return wrong!;
        long? property = null;
        if (wanted.PropertyId is not null && (property = PublicId.Parse(PublicId.Property, wanted.PropertyId)) is null)
            return PapiProblems.NotFound($"There is no property {wanted.PropertyId}, or not one that this client may see.");
        var (standing, refusal) = await desk.AddAsync(
            property,
            fault with
            {
                Once = wanted.NextActivationOnly ?? false,
            },
            http.Access(),
            http.RequestAborted
        );
        if (standing is null)
            return PapiProblems.From(refusal!);
        http.Response.Headers.Location = FormattableString.Invariant($"{SimulationEndpoints.Root}/faults/{standing.Id}");
        return PapiRequest.Answer(Model(http, standing), StatusCodes.Status201Created);
    }

    private static async Task<IResult> RemoveAsync(string faultId, HttpContext http, FaultDesk desk)
    {
        if (PublicId.Parse("", faultId) is not { } id)
            return PapiProblems.NotFound($"There is no standing fault {faultId}.");
        return await desk.RemoveAsync(id, http.Access(), http.RequestAborted) is { } refusal ? PapiProblems.From(refusal) : TypedResults.NoContent();
    }

    private static StandingFaultModel Model(HttpContext http, StandingFault standing) =>
        new(
            standing.Id,
            standing.PropertyId is { } id ? http.Id(PublicId.Property, id) : null,
            standing.Fault.Once,
            standing.Fault.Once ? FaultReach.NextActivation
                : standing.PropertyId is null ? FaultReach.AllProperties
                : FaultReach.Property,
            FaultModel.Of(standing.Fault),
            standing.By,
            standing.At
        );
}

/// <summary>Trouble that is to stand.</summary>
/// <param name="PropertyId">Whose activations; of all where it is left out.</param>
/// <param name="NextActivationOnly">It strikes the property's next activation, on whichever network, and nothing else.</param>
internal sealed record NewFault(FaultModel? Fault, string? PropertyId = null, bool? NextActivationOnly = null);

/// <summary>Trouble that stands.</summary>
/// <param name="PropertyId">Whose activations; null for all.</param>
/// <param name="Strikes">One of <see cref="FaultReach"/>: which activations it strikes.</param>
/// <param name="By">Who set it.</param>
/// <param name="At">When, real time.</param>
internal sealed record StandingFaultModel(
    long Id,
    string? PropertyId,
    bool NextActivationOnly,
    [property: AllowedValues(FaultReach.AllProperties, FaultReach.Property, FaultReach.NextActivation)] string Strikes,
    FaultModel Fault,
    string By,
    DateTimeOffset At
);

/// <summary>Which activations trouble strikes, as the API names it.</summary>
internal static class FaultReach
{
    /// <summary>Those of all properties, that run and that start.</summary>
    public const string AllProperties = "ALL_PROPERTIES";

    /// <summary>Those of one property, that run and that start.</summary>
    public const string Property = "PROPERTY";

    /// <summary>The next one of one property that starts.</summary>
    public const string NextActivation = "NEXT_ACTIVATION";
}

/// <summary>All trouble that stands for what the client sees, the oldest first.</summary>
internal sealed record StandingFaults(IReadOnlyList<StandingFaultModel> Faults);
