using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>What faults that are set while an activation runs depend on.</summary>
public static class RunningFaults
{
    /// <summary>The activation as the presets are sized for it.</summary>
    /// <param name="activation">One that runs.</param>
    /// <param name="progress">How far it has come; null before the engine has taken it up.</param>
    /// <param name="edge">Tells how many hits were counted so far.</param>
    public static FaultTarget TargetOf(Activation activation, ActivationProgress? progress, IEdgeNetwork edge)
    {
        if (activation.Network == Network.Staging)
            return FaultTarget.WithoutLimit("staging serves no end users", hasTraffic: false);
        // Only activations of an older release have no traffic of their own.
        if (activation.Plan.Traffic is not { } traffic)
            return FaultTarget.AnyProperty;
        var elapsed = progress?.Progress.Elapsed ?? TimeSpan.Zero;
        var seen = edge.Recall(activation.OrderFor(progress?.Status ?? activation.Status, traffic), elapsed);
        var notActing = ActivationMachine.WhyLimitDoesNotAct(
            activation.Network,
            activation.Type,
            activation.ExceptionReason,
            activation.Intent.CancelIfErrorRateIncreases,
            activation.Plan.Answering,
            traffic.HitsPerSecond
        );
        return new FaultTarget
        {
            NotActing = notActing,
            Before = seen.Baseline,
            Updated = Domain.Health.TrafficSample.Of(activation.Plan.Mixes?.Updated ?? traffic.Mix),
            Running = new(seen.Updated, seen.UpdatedRate.Hits, seen.Installed, progress?.Progress.UntilDone ?? TimeSpan.MaxValue),
        };
    }

    /// <summary>Where the newest fault like this one is in the activation's list: the times of a fault change when it is set.</summary>
    public static int IndexOf(IReadOnlyList<Fault> faults, Fault set) => faults.Index().Last(fault => Sort(fault.Item) == Sort(set)).Index;

    private static (FaultKind, double, double, FaultScope) Sort(Fault fault) => (fault.Kind, fault.Share, fault.Slowness, fault.Scope);
}
