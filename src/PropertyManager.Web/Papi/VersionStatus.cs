using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Papi;

/// <summary>Where a version stands on a network, in the API's words: what its latest activation there came to.</summary>
internal static class VersionStatus
{
    /// <param name="activations">Of the property, in any order.</param>
    /// <param name="version">Number of the version.</param>
    /// <param name="network">Where.</param>
    public static string Of(IEnumerable<ActivationLine> activations, int version, Network network)
    {
        var latest = activations.Where(a => a.Version == version && a.Network == network).MaxBy(a => a.Id);
        return latest?.State switch
        {
            null => "INACTIVE",
            ActivationState.Active => "ACTIVE",
            ActivationState.Cancelling => "PENDING_CANCELLATION",
            <= ActivationState.World => latest.Type == ActivationType.Deactivate ? "PENDING_DEACTIVATION" : "PENDING",
            ActivationState.Aborted => "ABORTED",
            ActivationState.Deactivated => "DEACTIVATED",
            _ => "INACTIVE",
        };
    }
}
