using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Engine;

/// <summary>How an activation stands, for programs outside that listen.</summary>
/// <param name="ActivationId"><c>atv_…</c></param>
/// <param name="PropertyId"><c>prp_…</c></param>
/// <param name="Network"><c>STAGING</c> or <c>PRODUCTION</c>.</param>
/// <param name="ActivationType"><c>ACTIVATE</c> or <c>DEACTIVATE</c>.</param>
/// <param name="UseFastFallback">It is a Fast Fallback.</param>
/// <param name="Status">In the words of the API: <c>ZONE_1</c>.</param>
/// <param name="Label">In the words of the screen: "Pending - Full Rollout".</param>
/// <param name="Phase">What is going on with the servers, in a few words.</param>
/// <param name="Percent">Of the servers, those that have it; whole, 100 only when all have.</param>
/// <param name="ServersDone">Servers that have it, at least; on the way back those that still have it.</param>
/// <param name="Servers">All that are to have it.</param>
/// <param name="SecondsUntilLive">Expected, simulated, until live traffic is on it; null where it is, where that is not waited for, or not known.</param>
/// <param name="SecondsLeft">Expected, simulated, until all servers have it; null where it is not known, or not on its way there.</param>
/// <param name="HitsOnPrevious">Share of the hits, 0 to 1, that still meet the version before, or none; null where it is not known.</param>
/// <param name="Reason">Why it stands so: of the last transition.</param>
/// <param name="Cause">Why it is or was taken back, or failed; null for what goes on or reached its end.</param>
/// <param name="Trouble">What keeps the engine from going on with it; null while all is well.</param>
/// <param name="IsOver">Nothing more comes of it.</param>
public sealed record ActivationMessage(
    string ActivationId,
    string PropertyId,
    string PropertyName,
    int PropertyVersion,
    string Network,
    string ActivationType,
    bool UseFastFallback,
    string Status,
    string Label,
    string Phase,
    int Percent,
    int ServersDone,
    int Servers,
    int? SecondsUntilLive,
    int? SecondsLeft,
    double? HitsOnPrevious,
    string? Reason,
    string? Cause,
    string? Trouble,
    bool IsOver
)
{
    /// <summary>Of one that runs, as its servers were seen.</summary>
    /// <param name="now">How it stands.</param>
    /// <param name="propertyName">Of its property.</param>
    /// <param name="reason">Of its last transition.</param>
    public static ActivationMessage Of(ActivationProgress now, string propertyName, string? reason)
    {
        var (state, progress) = (now.Status.State, now.Progress);
        var goesOn = state < ActivationState.Cancelling;
        var done =
            state >= ActivationState.Cancelling && now.Status.CancelledAfter is not null
                ? progress.Installed - progress.Restored
                : progress.Installed;
        return Of(now.ActivationId, now.PropertyId, propertyName, now.Version, now.Network, now.Type, now.Status, done, progress.Servers, reason) with
        {
            SecondsUntilLive = goesOn ? Seconds(progress.UntilLive) : null,
            SecondsLeft = goesOn ? Seconds(progress.UntilDone) : null,
            HitsOnPrevious = now.Network == Domain.Network.Production ? progress.HitsOnPrevious : null,
            Trouble = now.Trouble?.Text,
        };
    }

    /// <summary>Of one that was only read: its servers are those of the groups that were done with when its status was decided.</summary>
    /// <param name="activation">As it was saved.</param>
    /// <param name="status">Of it, or what it becomes.</param>
    /// <param name="propertyName">Of its property.</param>
    /// <param name="reason">Of its last transition.</param>
    public static ActivationMessage Of(Activation activation, ActivationStatus status, string propertyName, string? reason)
    {
        var done = status.State switch
        {
            ActivationState.Active or ActivationState.Deactivated or ActivationState.Inactive => activation.Plan.Servers,
            ActivationState.Aborted or ActivationState.Failed => 0,
            _ => activation.Plan.Steps.Take(status.Releases.Count - 1).Sum(step => step.Servers),
        };
        return Of(
            activation.Id,
            activation.PropertyId,
            propertyName,
            activation.Version,
            activation.Network,
            activation.Type,
            status,
            done,
            activation.Plan.Servers,
            reason
        );
    }

    private static ActivationMessage Of(
        long id,
        long propertyId,
        string propertyName,
        int version,
        Network network,
        ActivationType type,
        ActivationStatus status,
        int done,
        int servers,
        string? reason
    )
    {
        var state = status.State;
        return new(
            PublicId.Of(PublicId.Activation, id),
            PublicId.Of(PublicId.Property, propertyId),
            propertyName,
            version,
            StatusWords.Api(network),
            StatusWords.Api(type),
            type == Domain.Activations.ActivationType.FastFallback,
            StatusWords.Api(state, type),
            StatusWords.Label(state, type),
            StatusWords.Phase(state, network),
            RolloutProgress.PercentOf(done, servers),
            done,
            servers,
            SecondsUntilLive: null,
            SecondsLeft: null,
            HitsOnPrevious: null,
            reason,
            state is ActivationState.Cancelling or ActivationState.Aborted or ActivationState.Failed ? status.Cause : null,
            Trouble: null,
            IsOver: state > ActivationState.Cancelling
        );
    }

    private static int? Seconds(TimeSpan? span) => span is { } time ? (int)Math.Ceiling(time.TotalSeconds) : null;
}
