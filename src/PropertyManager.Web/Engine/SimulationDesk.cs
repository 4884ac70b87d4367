using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>How fast simulated time runs: the start of the application says where that is read and set.</summary>
/// <param name="Read">Simulated seconds per second.</param>
/// <param name="Set">Takes what is above 0 and at most <see cref="SimulationSettings.FastestSpeed"/>.</param>
public sealed record SimulatedSpeed(Func<double> Read, Action<double> Set);

/// <summary>Where simulated time stands.</summary>
/// <param name="Simulated">Simulated time.</param>
/// <param name="Real">Real time, at the same instant.</param>
/// <param name="Speed">Simulated seconds per second.</param>
public sealed record ClockFace(DateTimeOffset Simulated, DateTimeOffset Real, double Speed);

/// <summary>Simulated time, and who controls the simulation.</summary>
public sealed class SimulationDesk(
    SimulatedSpeed speed,
    ActivationLedger ledger,
    TimeProvider time,
    [FromKeyedServices(Simulated.Time)] TimeProvider simulated
)
{
    /// <summary>Why this person does not control the simulation; null when they do.</summary>
    public static Refusal? Refuse(Access by) =>
        by.MaySimulate
            ? null
            : new(
                "not-permitted",
                "Only people who may demonstrate and have the role Publisher, and their API clients that do more than read, control the simulation."
            );

    /// <summary>Why this person does not make things go wrong for a property; null when they do.</summary>
    public static Refusal? Refuse(Access by, Property property) =>
        Refuse(by)
        ?? (
            by.MaySimulateFor(property)
                ? null
                : new("not-permitted", $"Only people who may demonstrate and have the role Publisher for {property.Name} do this.")
        );

    /// <summary>Why this API client changes nothing that concerns every account; null when it may, and for people.</summary>
    internal static Refusal? RefuseConfined(Access by) =>
        by.IsConfined ? new("not-permitted", "This API client sees chosen groups only: what concerns every activation is not its to change.") : null;

    /// <summary>Why this person does not change the speed; null when they do.</summary>
    public static Refusal? RefuseSpeed(Access by) =>
        Refuse(by)
        ?? RefuseConfined(by)
        ?? (
            by.MayChangeSpeed
                ? null
                : new(
                    "not-permitted",
                    "Simulated time runs for every account: only people who may demonstrate and have the role Admin change its speed."
                )
        );

    /// <summary>How it stands now.</summary>
    public ClockFace Look() => new(simulated.GetUtcNow(), time.GetUtcNow(), speed.Read());

    /// <summary>Changes how fast simulated time runs, for everybody, and over a restart. Null when it is changed.</summary>
    public async Task<Refusal?> SetSpeedAsync(double wanted, Access by, CancellationToken cancellationToken)
    {
        if (RefuseSpeed(by) is { } refusal)
            return refusal;
        if (!(wanted > 0) || wanted > SimulationSettings.FastestSpeed)
            return new("invalid-speed", $"speed is above 0 and at most {SimulationSettings.FastestSpeed:0}; 1 is real time.");
        await ledger.SaveSpeedAsync(wanted, simulated.GetUtcNow(), cancellationToken);
        speed.Set(wanted);
        return null;
    }
}
