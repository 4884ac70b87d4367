using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Domain.Activations;

/// <summary>What an activation does to its network.</summary>
public enum ActivationType
{
    /// <summary>Puts a version on the network.</summary>
    Activate,

    /// <summary>Takes the property off the network.</summary>
    Deactivate,

    /// <summary>Puts the version that was active before on the network again, quickly.</summary>
    FastFallback,
}

/// <summary>
/// One carrying of a version to a network: what people asked (<see cref="Intent"/>), what the engine found (<see cref="Status"/>) and what
/// happened (<see cref="History"/>). People write only intent, the engine writes only status.
/// </summary>
public sealed class Activation
{
    public long Id { get; init; }
    public required long AccountId { get; init; }
    public required long PropertyId { get; init; }

    /// <summary>The version that is put on the network, or taken off it.</summary>
    public required int Version { get; init; }
    public required Network Network { get; init; }
    public required ActivationType Type { get; init; }

    /// <summary>The version that was active on the network when this was asked for: what a cancel restores. Null when none was.</summary>
    public int? PreviousVersion { get; init; }

    /// <summary>For a Fast Fallback: the activation it falls back from.</summary>
    public long? FallbackOf { get; init; }

    /// <summary>Why it is an exception; null for a standard activation.</summary>
    public string? ExceptionReason { get; init; }

    /// <summary>An exception cannot be cancelled any more once this share of the servers, 0 to 1, has its version.</summary>
    public double CancelCutOff { get; init; } = ActivationClass.DefaultCancelCutOff;

    public required RolloutPlan Plan { get; set; }

    /// <summary>Simulated time at which the engine began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required ActivationIntent Intent { get; init; }
    public ActivationStatus Status { get; set; } = ActivationStatus.Initial;

    /// <summary>One row for each transition, oldest first.</summary>
    public IList<ActivationEvent> History { get; init; } = [];

    /// <summary>Whoever carries the rollout holds the newest epoch; a write with an older one is refused.</summary>
    public int Epoch { get; set; }

    /// <summary>Standard or exception.</summary>
    public ActivationClass Class => new(ExceptionReason);

    /// <summary>What the servers are to install.</summary>
    public string Revision => RolloutPackage.RevisionOf(PropertyId, Type == ActivationType.Deactivate ? null : Version);

    /// <summary>Which servers answer for the property while such an activation is carried out.</summary>
    /// <param name="type">What it does.</param>
    /// <param name="previous">The version that is active when it is asked for; null when none is.</param>
    public static Answering AnsweringOf(ActivationType type, int? previous) =>
        type == ActivationType.Deactivate ? Answering.Others
        : previous is null ? Answering.Updated
        : Answering.All;

    /// <summary>What end users ask of the property while it is carried out.</summary>
    /// <param name="now">What they ask now: it is kept with the plan since this can change.</param>
    public Properties.TrafficProfile TrafficOr(Properties.TrafficProfile now) => Plan.Traffic ?? now;

    /// <summary>A copy that stands differently: whoever shows an activation holds on to the one that is shown.</summary>
    public Activation AsOf(ActivationStatus status, ActivationIntent intent, IEnumerable<ActivationEvent> history) =>
        new()
        {
            Id = Id,
            AccountId = AccountId,
            PropertyId = PropertyId,
            Version = Version,
            Network = Network,
            Type = Type,
            PreviousVersion = PreviousVersion,
            FallbackOf = FallbackOf,
            ExceptionReason = ExceptionReason,
            CancelCutOff = CancelCutOff,
            Plan = Plan,
            StartedAt = StartedAt,
            Intent = intent,
            Status = status,
            History = [.. history],
            Epoch = Epoch,
        };

    /// <summary>Everything that is now wanted of the servers.</summary>
    /// <param name="traffic">What end users ask now.</param>
    public RolloutOrder OrderFor(Properties.TrafficProfile traffic) => OrderFor(Status, traffic);

    /// <summary>Everything that was wanted of them when it stood so.</summary>
    /// <param name="status">One of its own: it is replaced as a whole, while whoever looks holds on to the one they look at.</param>
    /// <param name="traffic">What end users ask now.</param>
    public RolloutOrder OrderFor(ActivationStatus status, Properties.TrafficProfile traffic) =>
        new(
            Id,
            Network,
            PropertyId,
            TrafficOr(traffic),
            Plan,
            status.Releases,
            Intent.Faults,
            status.CancelledAfter is { } from
                ? new RollbackOrder(from, RolloutPlanner.PlanRollback(Plan, status.Releases.Count), status.RollbackReleases)
                : null
        );
}

/// <summary>What people asked for.</summary>
public sealed record ActivationIntent
{
    /// <summary>Characters of <see cref="Note"/>, at most.</summary>
    public const int NoteLength = 1000;

    /// <summary>E-mail address of the person who asked.</summary>
    public required string SubmittedBy { get; init; }

    /// <summary>Real time.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }
    public string Note { get; init; } = "";

    /// <summary>E-mail addresses that are told what happens.</summary>
    public IReadOnlyList<string> NotifyEmails { get; init; } = [];

    /// <summary>The choice "Cancel Activation if Error Rate Increases".</summary>
    public bool CancelIfErrorRateIncreases { get; init; } = true;

    /// <summary>Why it was right to touch production, as they put it down; null where they did not.</summary>
    public ComplianceRecord? Compliance { get; init; }

    /// <summary>Name of the API client that asked in the person's place; null where they asked on the screen.</summary>
    public string? Client { get; init; }

    /// <summary>What is made to go wrong, for demonstrations and tests.</summary>
    public IReadOnlyList<Fault> Faults { get; set; } = [];

    /// <summary>How often <see cref="Faults"/> were changed since it was asked for.</summary>
    public int FaultsRevision { get; set; }

    /// <summary>Who asked to cancel; null when nobody did.</summary>
    public string? CancelRequestedBy { get; set; }

    /// <summary>Real time.</summary>
    public DateTimeOffset? CancelRequestedAt { get; set; }

    /// <summary>Simulated time since the activation's start at which that was: what was decided for instants before it stands.</summary>
    public TimeSpan? CancelRequestedAfter { get; set; }
}

/// <summary>A transition, as the history shows it.</summary>
public sealed class ActivationEvent
{
    public long Id { get; init; }
    public long ActivationId { get; init; }
    public required ActivationState State { get; init; }

    /// <summary>Real time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Simulated time since the activation's start.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }
}
