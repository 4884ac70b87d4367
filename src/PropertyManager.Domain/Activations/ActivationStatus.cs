namespace PropertyManager.Domain.Activations;

/// <summary>Where an activation stands.</summary>
public enum ActivationState
{
    /// <summary>Accepted: the package is prepared, or all servers of staging are being updated.</summary>
    Pending,

    /// <summary>A small group of the servers with live traffic is updated and watched.</summary>
    Canary,

    /// <summary>The rest of the servers with live traffic is updated.</summary>
    Live,

    /// <summary>Live traffic is on the new version; the rest of the network is updated ("Pending - Full Rollout").</summary>
    World,

    /// <summary>The version before is being restored on the servers that were updated.</summary>
    Cancelling,

    /// <summary>Complete: the version is active on the network.</summary>
    Active,

    /// <summary>Was active, and a later activation took its place.</summary>
    Inactive,

    /// <summary>Cancelled, by a person or by a check; the version before is restored.</summary>
    Aborted,

    /// <summary>Could not be carried out.</summary>
    Failed,

    /// <summary>Complete: the property is off the network.</summary>
    Deactivated,
}

/// <summary>
/// What the engine found and decided; each transition makes a new one. Times are simulated, since the activation's start, unless said otherwise.
/// </summary>
public sealed record ActivationStatus
{
    /// <summary>Of an activation that was just accepted.</summary>
    public static ActivationStatus Initial { get; } = new();

    public ActivationState State { get; init; }

    /// <summary>When this status was decided.</summary>
    public TimeSpan DecidedAfter { get; init; }

    /// <summary>When each step that was started was started.</summary>
    public IReadOnlyList<TimeSpan> Releases { get; init; } = [];

    /// <summary>The same for the steps of the way back.</summary>
    public IReadOnlyList<TimeSpan> RollbackReleases { get; init; } = [];

    /// <summary>When live traffic was on the new version; null before, and where there are no phases.</summary>
    public TimeSpan? LiveAfter { get; init; }

    /// <summary>When it was cancelled; null when it was not.</summary>
    public TimeSpan? CancelledAfter { get; init; }

    /// <summary>When it ended: complete, taken back or failed.</summary>
    public TimeSpan? EndedAfter { get; init; }

    /// <summary>Why it was cancelled or failed, or why a wish to cancel came too late.</summary>
    public string? Cause { get; init; }

    /// <summary>A wish to cancel came too late: it is not asked again.</summary>
    public bool CancelLapsed { get; init; }

    /// <summary>It is still being worked at, and locks the property on its network.</summary>
    public bool IsOpen
    {
        get => State <= ActivationState.Cancelling;
        private init => _ = value; // the database keeps it beside the state, so that an index can tell the open ones
    }
}
