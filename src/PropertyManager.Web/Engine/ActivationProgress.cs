using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Engine;

/// <summary>One running activation at one instant, as everyone who watches sees it.</summary>
/// <param name="Verdicts">Of the checks, the worst first.</param>
/// <param name="At">Real time.</param>
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
    DateTimeOffset At
);
