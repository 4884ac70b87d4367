using System.Globalization;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Papi.Activations;

/// <summary>How an activation stands, in the words of the API (source: domain, status over the API).</summary>
internal static class ActivationStatuses
{
    /// <summary><c>status</c>.</summary>
    public static string Of(Activation activation) =>
        activation.Status.IsOpen && IsCancelWished(activation) ? "PENDING_CANCELLATION" : StatusWords.Api(activation.Status.State, activation.Type);

    /// <summary><c>fmaActivationState</c>: how far the fast way has gone; null for what is over without having gone it.</summary>
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
            ActivationState.Active or ActivationState.Inactive or ActivationState.Deactivated => "steady",
            _ => null,
        };

    /// <summary>An instant, to the second.</summary>
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static bool IsCancelWished(Activation activation) => activation.Intent.CancelRequestedAt is not null && !activation.Status.CancelLapsed;
}
