using System.Text.Json.Serialization;
using PropertyManager.Domain.Health;

namespace PropertyManager.Domain.Rollouts;

/// <summary>What the servers report of one activation at one instant.</summary>
/// <param name="Elapsed">Simulated time since the activation's start.</param>
/// <param name="Prepared">The package is built, signed and handed out: the first step may start.</param>
/// <param name="InstalledByStep">Servers of each step that was started that got the new version, whether or not they were taken back since.</param>
/// <param name="Installing">Servers at work on it, one way or the other.</param>
/// <param name="Suspended">Servers that were too late or refused three bad copies, and took themselves out of service.</param>
/// <param name="StepDoneAt">When the last step that was started was done; null while it runs, or when none was started.</param>
/// <param name="Restored">Servers that are back on the version before.</param>
/// <param name="RestoreStepDoneAt">As <paramref name="StepDoneAt"/>, on the way back.</param>
/// <param name="Baseline">The property's traffic in the 5 minutes before the activation; none where no version was active.</param>
/// <param name="Updated">Traffic of the updated servers since each was updated.</param>
/// <param name="UpdatedServers">How the updated servers are.</param>
/// <param name="OtherServers">How the others are.</param>
/// <param name="HitsOnPrevious">Share of the hits that meet a server that was not updated: with the version before, or with none where none was; 0 to 1.</param>
public sealed record RolloutObservation(
    TimeSpan Elapsed,
    bool Prepared,
    IReadOnlyList<int> InstalledByStep,
    int Installing,
    int Suspended,
    TimeSpan? StepDoneAt,
    int Restored,
    TimeSpan? RestoreStepDoneAt,
    TrafficSample Baseline,
    TrafficSample Updated,
    ServerSample UpdatedServers,
    ServerSample OtherServers,
    double HitsOnPrevious
)
{
    /// <summary>Servers that got the new version, whether or not they were taken back since.</summary>
    public int Installed { get; } = Sum(InstalledByStep);

    /// <summary>Copies of the package that servers refused, being damaged or of the wrong revision, and fetched again.</summary>
    public int BadCopies { get; init; }

    /// <summary>Hits of the servers that were not updated, since the activation's start.</summary>
    public TrafficSample Others { get; init; }

    /// <summary>What updated servers answered in the last second, hits/s.</summary>
    public TrafficSample UpdatedRate { get; init; }

    /// <summary>What the others answered in the last second, hits/s.</summary>
    public TrafficSample OthersRate { get; init; }

    /// <summary>How the regions with updated servers do; worked out when it is asked for. Null where nobody can tell.</summary>
    [JsonIgnore]
    public Func<IReadOnlyList<RegionHealth>>? Regions { get; init; }

    private static int Sum(IReadOnlyList<int> counts)
    {
        var sum = 0;
        for (var step = 0; step < counts.Count; step++)
            sum += counts[step];
        return sum;
    }
}
