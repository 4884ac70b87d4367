using PropertyManager.Domain;
using PropertyManager.Domain.Activations;

namespace PropertyManager.Web.Engine;

/// <summary>An activation's state in words: those of the API, and the product's own, which stand on its screens.</summary>
public static class StatusWords
{
    /// <summary>As programs know it (domain.md §5): <c>ZONE_1</c>. A finished deactivation is told as <c>ACTIVE</c>, too: it did what it was to do.</summary>
    public static string Api(ActivationState state, ActivationType type) =>
        state switch
        {
            <= ActivationState.World when type == ActivationType.Deactivate => "PENDING_DEACTIVATION",
            ActivationState.Pending => "PENDING",
            ActivationState.Canary => "ZONE_1",
            ActivationState.Live => "ZONE_2",
            ActivationState.World => "ZONE_3",
            ActivationState.Cancelling => "PENDING_CANCELLATION",
            ActivationState.Active or ActivationState.Deactivated => "ACTIVE",
            ActivationState.Inactive => "INACTIVE",
            ActivationState.Aborted => "ABORTED",
            _ => "FAILED",
        };

    /// <summary>As people know it: "Pending - Full Rollout".</summary>
    public static string Label(ActivationState state, ActivationType type) =>
        state switch
        {
            ActivationState.World when type == ActivationType.Deactivate => "Pending Deactivation - Full Rollout",
            ActivationState.World => "Pending - Full Rollout",
            ActivationState.Pending or ActivationState.Canary or ActivationState.Live => type == ActivationType.Deactivate
                ? "Pending Deactivation"
                : "Pending",
            ActivationState.Cancelling => "Pending Cancellation",
            _ => state.ToString(),
        };

    /// <summary>What is going on with the servers, in a few words: "rest of the network".</summary>
    public static string Phase(ActivationState state, Network network) =>
        state switch
        {
            ActivationState.Pending => network == Network.Staging ? "staging network" : "package",
            ActivationState.Canary => "small group",
            ActivationState.Live => "live traffic",
            ActivationState.World => "rest of the network",
            ActivationState.Cancelling => "taking it back",
            _ => "over",
        };

    /// <summary><c>STAGING</c> or <c>PRODUCTION</c>.</summary>
    public static string Api(Network network) => network == Network.Staging ? "STAGING" : "PRODUCTION";

    /// <summary><c>ACTIVATE</c> or <c>DEACTIVATE</c>. A Fast Fallback activates a version, too.</summary>
    public static string Api(ActivationType type) => type == ActivationType.Deactivate ? "DEACTIVATE" : "ACTIVATE";
}
