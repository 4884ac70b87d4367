using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Engine;

/// <summary>One running activation at one instant, as everyone who watches sees it.</summary>
/// <param name="Verdicts">Of the checks, the worst first.</param>
/// <param name="At">Real time.</param>
/// <param name="Trouble">What keeps the engine from going on with it; null while all is well.</param>
/// <param name="Changes">What else changed since this process carries it; null while nothing did.</param>
public sealed record ActivationProgress(
    long ActivationId,
    long AccountId,
    long PropertyId,
    Network Network,
    ActivationType Type,
    int Version,
    ActivationStatus Status,
    RolloutProgress Progress,
    IReadOnlyList<HealthVerdict> Verdicts,
    DateTimeOffset At,
    Trouble? Trouble = null,
    ActivationChanges? Changes = null
)
{
    /// <summary>Which one it is.</summary>
    public ActivationKey Key => new(ActivationId, AccountId, PropertyId);

    /// <summary>Why it stands so: of the last transition. Null where this process did not save that.</summary>
    public string? Reason => Changes?.History is [.., var last] && last.Elapsed == Status.DecidedAfter ? last.Reason : null;

    /// <summary>Something else than figures differs: its status, what people asked, or its history.</summary>
    public bool IsTransitionFrom(ActivationProgress before) =>
        before.Status.DecidedAfter != Status.DecidedAfter || before.Status.State != Status.State || !ReferenceEquals(before.Changes, Changes);

    /// <summary>
    /// The activation as it stands now; its history goes on where it was read. Where the last transition was not published, the history ends before
    /// <see cref="ActivationStatus.DecidedAfter"/>.
    /// </summary>
    /// <param name="read">As it was read, or the result of an earlier call.</param>
    public Activation ApplyTo(Activation read)
    {
        var known = read.History.Count > 0 ? read.History[^1].Elapsed : TimeSpan.MaxValue;
        return read.AsOf(
            Status.DecidedAfter >= read.Status.DecidedAfter ? Status : read.Status,
            Changes?.Intent ?? read.Intent,
            [.. read.History, .. Changes?.History.Where(row => row.Elapsed > known) ?? []]
        );
    }
}

/// <summary>Which activation, and whose: all that people choose by when they watch some.</summary>
public readonly record struct ActivationKey(long ActivationId, long AccountId, long PropertyId);
