using System.Globalization;
using PropertyManager.Domain;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Simulation;

/// <summary><c>/activations/{activationId}/faults</c>: what strikes a single activation.</summary>
internal static class ActivationFaultResource
{
    private const string Path = "/activations/{activationId}/faults";

    public static void Map(IEndpointRouteBuilder simulation)
    {
        simulation.MapGet(Path, ListAsync).WithName("get-activation-faults").Produces<ActivationFaults>();
        simulation
            .MapPost(Path, StrikeAsync)
            .WithName("post-activation-faults")
            .Accepts<FaultModel>("application/json")
            .Produces<ActivationFaults>(StatusCodes.Status201Created);
        simulation.MapDelete(Path + "/{index}", EndAsync).WithName("delete-activation-fault").Produces<ActivationFaults>();
    }

    private static async Task<IResult> ListAsync(string activationId, HttpContext http, FaultDesk desk) =>
        await AnswerAsync(activationId, http, desk, StatusCodes.Status200OK);

    private static async Task<IResult> StrikeAsync(string activationId, HttpContext http, FaultDesk desk, IEdgeNetwork edge)
    {
        var (model, problem) = await http.ReadAsync<FaultModel>();
        if (model is null)
            return problem!;
        var (fault, wrong) = model.Read(edge.Places(Network.Production));
        if (fault is null)
            return wrong!;
        if (PublicId.Parse(PublicId.Activation, activationId) is not { } id)
            return Unknown(activationId);
        return await desk.StrikeAsync(id, fault, http.Access(), http.RequestAborted) is { } refusal
            ? PapiProblems.From(refusal)
            : await AnswerAsync(activationId, http, desk, StatusCodes.Status201Created);
    }

    private static async Task<IResult> EndAsync(string activationId, string index, HttpContext http, FaultDesk desk)
    {
        if (
            PublicId.Parse(PublicId.Activation, activationId) is not { } id
            || !int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        )
            return PapiProblems.NotFound($"There is no fault {index} of an activation {activationId}.");
        return await desk.EndAsync(id, place, http.Access(), http.RequestAborted) is { } refusal
            ? PapiProblems.From(refusal)
            : await AnswerAsync(activationId, http, desk, StatusCodes.Status200OK);
    }

    private static async Task<IResult> AnswerAsync(string activationId, HttpContext http, FaultDesk desk, int status) =>
        PublicId.Parse(PublicId.Activation, activationId) is { } id && await desk.OfAsync(id, http.Access(), http.RequestAborted) is { } faults
            ? PapiRequest.Answer(new ActivationFaults([.. faults.Select(FaultModel.Of)]), status)
            : Unknown(activationId);

    private static PapiProblem Unknown(string activationId) =>
        PapiProblems.NotFound($"There is no activation {activationId}, or not one that this client may see.");
}

/// <summary>What strikes an activation, in the order that they are ended by: from 0.</summary>
internal sealed record ActivationFaults(IReadOnlyList<FaultModel> Faults);
