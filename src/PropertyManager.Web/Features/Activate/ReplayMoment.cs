using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Features.Activate;

/// <summary>An activation as it stood at an instant, of what is kept of it: the history's rows tell its state, the servers their figures.</summary>
public static class ReplayMoment
{
    /// <summary>The newest row of the history by then; null before the first.</summary>
    public static ActivationEvent? Row(Activation activation, TimeSpan at) =>
        activation.History.Where(row => row.Elapsed <= at).OrderBy(row => row.Elapsed).ThenBy(row => row.Id).LastOrDefault();

    /// <summary>The status that had been decided by then.</summary>
    public static ActivationStatus StatusAt(Activation activation, TimeSpan at)
    {
        var status = activation.Status;
        var row = Row(activation, at);
        return status with
        {
            State = row?.State ?? ActivationState.Pending,
            DecidedAfter = row?.Elapsed ?? TimeSpan.Zero,
            Releases = [.. status.Releases.Where(release => release <= at)],
            RollbackReleases = [.. status.RollbackReleases.Where(release => release <= at)],
            LiveAfter = Known(status.LiveAfter),
            CancelledAfter = Known(status.CancelledAfter),
            EndedAfter = Known(status.EndedAfter),
            Cause = Known(status.CancelledAfter ?? status.EndedAfter) is null ? null : status.Cause,
            CancelLapsed = false,
        };

        TimeSpan? Known(TimeSpan? instant) => instant <= at ? instant : null;
    }

    /// <summary>What people saw then.</summary>
    /// <param name="activation">With its history.</param>
    /// <param name="averageHits">The property's average traffic, hits/s.</param>
    /// <param name="seen">What the servers reported then.</param>
    public static ActivationProgress Of(Activation activation, double averageHits, RolloutObservation seen)
    {
        var status = StatusAt(activation, seen.Elapsed);
        return new(
            activation.Id,
            activation.AccountId,
            activation.PropertyId,
            activation.Network,
            activation.Type,
            activation.Version,
            status,
            RolloutProgress.Of(activation.Plan, status.Releases, seen),
            ActivationMachine.Judge(activation, averageHits, seen),
            Row(activation, seen.Elapsed)?.At ?? activation.Intent.SubmittedAt
        );
    }
}
