using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Engine;

/// <summary>One running activation at one instant, as everyone who watches sees it.</summary>
/// <param name="Verdicts">Of the checks, the worst first.</param>
/// <param name="At">Real time.</param>
/// <param name="Trouble">What keeps the engine from going on with it; null while all is well.</param>
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
    Trouble? Trouble = null
)
{
    /// <summary>Which one it is.</summary>
    public ActivationKey Key => new(ActivationId, AccountId, PropertyId);
}

/// <summary>Which activation, and whose: all that people choose by when they watch some.</summary>
public readonly record struct ActivationKey(long ActivationId, long AccountId, long PropertyId);
