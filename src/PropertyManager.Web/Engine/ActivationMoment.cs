using PropertyManager.Domain.Activations;

namespace PropertyManager.Web.Engine;

/// <summary>The moments of an activation that others are told of, by e-mail and by webhook.</summary>
public enum ActivationMoment
{
    Started,
    Live,
    Completed,
    FellBack,
    Cancelling,
    Cancelled,
    Failed,
}

internal static class ActivationMoments
{
    /// <summary>The moment that a transition makes; null for one that nobody is told of.</summary>
    public static ActivationMoment? Of(ActivationState before, ActivationState next, ActivationType type) =>
        next == before
            ? null
            : (next, type) switch
            {
                (ActivationState.World, _) => ActivationMoment.Live,
                (ActivationState.Active, ActivationType.FastFallback) => ActivationMoment.FellBack,
                (ActivationState.Active or ActivationState.Deactivated, _) => ActivationMoment.Completed,
                (ActivationState.Cancelling, _) => ActivationMoment.Cancelling,
                (ActivationState.Aborted, _) => ActivationMoment.Cancelled,
                (ActivationState.Failed, _) => ActivationMoment.Failed,
                _ => null,
            };
}
