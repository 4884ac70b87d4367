using PropertyManager.Domain.Properties;

namespace PropertyManager.Domain.Rollouts;

/// <summary>All that is wanted of the servers for one activation, now. Sent anew whenever it changes or an engine starts.</summary>
/// <param name="Releases">When each step that was started was started, simulated time since the activation's start; as many as steps were started.</param>
/// <param name="Rollback">The way back, once it is decided.</param>
public sealed record RolloutOrder(
    long ActivationId,
    Network Network,
    long PropertyId,
    TrafficProfile Traffic,
    RolloutPlan Plan,
    IReadOnlyList<TimeSpan> Releases,
    IReadOnlyList<Fault> Faults,
    RollbackOrder? Rollback
);

/// <summary>The servers that were told to install the version are told to go back to the one before.</summary>
/// <param name="From">When that was decided; what was not installed by then never is.</param>
/// <param name="Releases">As in <see cref="RolloutOrder.Releases"/>, for the steps of this plan.</param>
public sealed record RollbackOrder(TimeSpan From, RolloutPlan Plan, IReadOnlyList<TimeSpan> Releases);

/// <summary>What goes wrong, so that it can be seen what the engine does about it. Data: kept with the activation, so that it can be replayed.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Share">Of the hits (errors) or of the servers (crash, corrupted transfer), 0 to 1.</param>
/// <param name="From">Simulated time since the activation's start.</param>
public sealed record Fault(FaultKind Kind, double Share, TimeSpan From);

/// <summary>The kinds of trouble that a version can make on the servers that have it.</summary>
public enum FaultKind
{
    /// <summary>Hits are answered with 5xx.</summary>
    ServerErrors,

    /// <summary>Hits are answered with 4xx.</summary>
    ClientErrors,

    /// <summary>Servers go down.</summary>
    Crash,

    /// <summary>Copies of the package arrive damaged, three times, and the server refuses to install it.</summary>
    CorruptedTransfer,
}
