using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>Persistent faults in words.</summary>
internal static class PersistentFaultText
{
    /// <summary>"5xx on 40% of the hits, everywhere, only servers with the new version, from the start".</summary>
    public static string Of(PersistentFault fault, IReadOnlyList<RegionPlace> places) =>
        $"{FaultWords.Of(fault.Fault, places)}, {FaultWords.When(fault.Fault)}";

    /// <summary>Whose activations it affects: "www.shop.example, its next activation only".</summary>
    public static string Reach(PersistentFault fault) =>
        (fault.PropertyName ?? "all properties") + (fault.Fault.Once ? ", its next activation only" : "");
}
