using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;

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

    /// <summary>The same of an activation, with the wish to cancel it.</summary>
    public static string Api(Activation activation) =>
        activation.Status.IsOpen && IsCancelWished(activation) ? "PENDING_CANCELLATION" : Api(activation.Status.State, activation.Type);

    /// <summary>How far the fast way has gone, as programs know it; null for what failed.</summary>
    /// <param name="activation">As the database has it.</param>
    /// <param name="progress">How it stands now; null where it is not carried here.</param>
    public static string? Fast(Activation activation, ActivationProgress? progress) =>
        activation.Status.State switch
        {
            <= ActivationState.Cancelling when IsCancelWished(activation) => "cancelling",
            ActivationState.Cancelling => "cancelling",
            ActivationState.Pending or ActivationState.Canary or ActivationState.Live => "received",
            // Every server is done, and what is left is the last watch.
            ActivationState.World => progress?.Progress.Stages.All(stage => stage.Done) == true ? "deployed" : "lived",
            ActivationState.Failed => null,
            // What was cancelled is steady, too: nothing of it moves any more.
            _ => "steady",
        };

    /// <summary>
    /// Where a version stands on a network, as programs know it. What is under way there says most, then whether it is active, then whether it was:
    /// programs take <c>INACTIVE</c> for a version that was never activated and may be edited.
    /// </summary>
    /// <param name="activations">Of the version's property, in any order.</param>
    /// <param name="version">Its number.</param>
    /// <param name="network">Where.</param>
    public static string Api(IEnumerable<ActivationLine> activations, int version, Network network)
    {
        var own = activations.Where(a => a.Version == version && a.Network == network).ToList();
        return own.Find(a => a.IsOpen) switch
        {
            { State: ActivationState.Cancelling } => "PENDING_CANCELLATION",
            { Type: ActivationType.Deactivate } => "PENDING_DEACTIVATION",
            not null => "PENDING",
            null when own.Exists(a => a.State == ActivationState.Active) => "ACTIVE",
            null when own.Exists(a => a.State is ActivationState.Inactive or ActivationState.Deactivated) => "DEACTIVATED",
            // The list of values has no word for one that failed.
            null when own.Count > 0 => "ABORTED",
            null => "INACTIVE",
        };
    }

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

    /// <summary>The network of this name; null when there is none.</summary>
    public static Network? NetworkOf(string? name) =>
        name switch
        {
            "STAGING" => Network.Staging,
            "PRODUCTION" => Network.Production,
            _ => null,
        };

    /// <summary><c>ACTIVATE</c> or <c>DEACTIVATE</c>. A Fast Fallback activates a version, too.</summary>
    public static string Api(ActivationType type) => type == ActivationType.Deactivate ? "DEACTIVATE" : "ACTIVATE";

    private static bool IsCancelWished(Activation activation) => activation.Intent.CancelRequestedAt is not null && !activation.Status.CancelLapsed;
}
