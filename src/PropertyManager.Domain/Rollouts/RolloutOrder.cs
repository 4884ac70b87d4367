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
