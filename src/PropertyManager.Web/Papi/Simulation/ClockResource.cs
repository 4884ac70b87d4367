using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Simulation;

/// <summary><c>/speed</c> and <c>/clock</c>: simulated time.</summary>
internal static class ClockResource
{
    public static void Map(IEndpointRouteBuilder simulation)
    {
        simulation.MapGet("/speed", GetSpeed).WithName("get-simulation-speed").Produces<SpeedModel>();
        simulation.MapPut("/speed", SetSpeedAsync).WithName("put-simulation-speed").Accepts<SpeedChange>("application/json").Produces<SpeedModel>();
        simulation.MapGet("/clock", GetClock).WithName("get-simulation-clock").Produces<ClockModel>();
    }

    private static IResult GetSpeed(SimulationDesk desk) => PapiRequest.Answer(Speed(desk));

    private static async Task<IResult> SetSpeedAsync(HttpContext http, SimulationDesk desk)
    {
        var (change, problem) = await http.ReadAsync<SpeedChange>();
        if (change is null)
            return problem!;
        if (change.Speed is not { } speed)
            return PapiProblems.BadRequest("speed is missing: simulated seconds for each second.");
        return await desk.SetSpeedAsync(speed, http.Access(), http.RequestAborted) is { } refusal
            ? PapiProblems.From(refusal)
            : PapiRequest.Answer(Speed(desk));
    }

    private static IResult GetClock(SimulationDesk desk)
    {
        var face = desk.Look();
        return PapiRequest.Answer(new ClockModel(face.Simulated, face.Real, face.Speed));
    }

    private static SpeedModel Speed(SimulationDesk desk) => new(desk.Look().Speed, SimulationSettings.FastestSpeed);
}

/// <param name="Speed">Simulated seconds for each second.</param>
internal sealed record SpeedChange(double? Speed);

/// <summary>How fast simulated time runs.</summary>
/// <param name="Speed">Simulated seconds for each second.</param>
/// <param name="Fastest">The highest that can be set.</param>
internal sealed record SpeedModel(double Speed, double Fastest);

/// <summary>Where simulated time stands.</summary>
/// <param name="Speed">Simulated seconds for each second.</param>
internal sealed record ClockModel(DateTimeOffset SimulatedTime, DateTimeOffset RealTime, double Speed);
