using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Simulation;

/// <summary>
/// <c>/simulation/v1</c>: what pipelines control of the simulated network, so that slow and failing activations can be rehearsed. For those who may
/// demonstrate only, on what they publish; signed like the rest.
/// </summary>
internal static class SimulationEndpoints
{
    /// <summary>Where it is.</summary>
    public const string Root = "/simulation/v1";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var simulation = routes
            .MapGroup(Root)
            .AnswerHead()
            .AddEndpointFilter(
                async (context, next) =>
                    SimulationDesk.Refuse(context.HttpContext.Access()) is { } refusal ? PapiProblems.From(refusal) : await next(context)
            );
        ClockResource.Map(simulation);
        FaultResource.Map(simulation);
        ActivationFaultResource.Map(simulation);
        TrafficResource.Map(simulation);
        FleetResource.Map(simulation);
    }
}
