using System.Globalization;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Domain.Activations;

/// <summary>A decision: what the status becomes, and why.</summary>
/// <param name="Reason">For the history, in words.</param>
public sealed record Transition(ActivationStatus Next, string Reason);

/// <summary>
/// The only room that chooses a phase. Pure and total: the same activation and observation always give the same decision, so that an engine
/// that starts anew goes on by deciding again.
/// </summary>
public static class ActivationMachine
{
    /// <summary>What happens now, or null: nothing, go on.</summary>
    /// <param name="activation">As it was saved last.</param>
    /// <param name="averageHits">The property's average traffic, hits/s.</param>
    /// <param name="seen">What the servers report.</param>
    public static Transition? Decide(Activation activation, double averageHits, RolloutObservation seen)
    {
        var status = activation.Status;
        if (!status.IsOpen)
            return null;
        if (status.State == ActivationState.Cancelling)
            return Restore(activation, seen);
        return CancelAsWished(activation, seen)
            ?? FailWithoutInstall(activation, seen)
            ?? CancelForHarm(activation, averageHits, seen)
            ?? (status.Releases.Count == 0 ? Start(activation, seen) : GoOn(activation, seen));
    }

    /// <summary>The verdict of each check, the worst first.</summary>
    public static IReadOnlyList<HealthVerdict> Judge(Activation activation, double averageHits, RolloutObservation seen)
    {
        var errors = ErrorRateLimit.Judge(
            seen.Baseline,
            seen.Updated,
            seen.UpdatedServers.Servers,
            WhyLimitDoesNotAct(
                activation.Network,
                activation.Type,
                activation.ExceptionReason,
                activation.Intent.CancelIfErrorRateIncreases,
                activation.Plan.Answering,
                averageHits
            ),
            seen.OthersRate,
            seen.Regions
        );
        var servers = ServerHealthLimit.Judge(seen.UpdatedServers, seen.OtherServers, seen.Regions);
        return servers.Outcome > errors.Outcome ? [servers, errors] : [errors, servers];
    }

    /// <summary>Why the error-rate limit is measured but may not cancel; null when it may (domain.md §2).</summary>
    /// <param name="network">Where.</param>
    /// <param name="type">What is done there.</param>
    /// <param name="exception">Why it is an exception; null when it is not.</param>
    /// <param name="wanted">The choice "Cancel Activation if Error Rate Increases".</param>
    /// <param name="answering">Which servers know the property.</param>
    /// <param name="averageHits">The property's hits/s.</param>
    public static string? WhyLimitDoesNotAct(
        Network network,
        ActivationType type,
        string? exception,
        bool wanted,
        Answering answering,
        double averageHits
    ) =>
        network == Network.Staging ? "staging serves no end users"
        : type == ActivationType.Deactivate ? "a deactivation is meant to end the property's answers"
        : exception is not null ? $"this is an exception ({exception})"
        : !wanted ? "it was turned off for this activation"
        : answering == Answering.Updated ? "no version was active before"
        : averageHits < ErrorRateLimit.LeastTraffic
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"the property has {averageHits:#,0.#} hits/s on average, fewer than {ErrorRateLimit.LeastTraffic:N0}"
            )
        : null;

    private static Transition? CancelAsWished(Activation activation, RolloutObservation seen)
    {
        if (activation.Intent.CancelRequestedAt is null || activation.Status.CancelLapsed || seen.Elapsed < activation.Intent.CancelRequestedAfter)
            return null;
        if (Admission.TooLate(activation, seen.Installed) is { } reason)
            return new(activation.Status with { CancelLapsed = true, Cause = reason, DecidedAfter = seen.Elapsed }, $"Too late to cancel: {reason}");
        return Cancel(activation, seen, $"Cancelled by {activation.Intent.CancelRequestedBy}");
    }

    private static Transition? FailWithoutInstall(Activation activation, RolloutObservation seen)
    {
        if (seen is not { Installed: 0, Suspended: > 0, StepDoneAt: not null })
            return null;
        var cause =
            $"No server could install {What(activation)}: {Servers(seen.Suspended)} refused three bad copies and suspended {(seen.Suspended == 1 ? "itself" : "themselves")}";
        var next = activation.Status with { State = ActivationState.Failed, EndedAfter = seen.Elapsed, Cause = cause, DecidedAfter = seen.Elapsed };
        return new(next, cause);
    }

    private static Transition? CancelForHarm(Activation activation, double averageHits, RolloutObservation seen) =>
        // Where nothing is installed there is nothing to take back: whether it failed is seen when the group is done.
        seen.Installed > 0
        && Judge(activation, averageHits, seen) is [{ Outcome: HealthOutcome.Cancel } worst, ..]
            ? Cancel(activation, seen, $"Cancelled by the check “{worst.Check}”: {worst.Evidence}")
            : null;

    private static Transition Cancel(Activation activation, RolloutObservation seen, string cause)
    {
        var next = activation.Status with
        {
            State = ActivationState.Cancelling,
            CancelledAfter = seen.Elapsed,
            Cause = cause,
            DecidedAfter = seen.Elapsed,
        };
        var way = activation.PreviousVersion is { } version
            ? $"version {version} is being restored"
            : $"version {activation.Version} is being taken off again";
        return new(next, $"{cause}; {way} on {Servers(seen.Installed)}");
    }

    private static Transition? Start(Activation activation, RolloutObservation seen) =>
        seen.Prepared ? Release(activation, seen, activation.Status, "Package built, signed and checked; ") : null;

    private static Transition? GoOn(Activation activation, RolloutObservation seen)
    {
        var status = activation.Status;
        var steps = activation.Plan.Steps;
        var step = steps[status.Releases.Count - 1];
        if (seen.StepDoneAt is not { } done)
            return null;
        if (seen.Elapsed < done + step.Soak)
            return null;
        if (status.Releases.Count == steps.Count)
            return Complete(activation, seen);

        var goesLive = steps[status.Releases.Count].Stage == RolloutStage.World && step.Stage != RolloutStage.World;
        return goesLive
            ? Release(
                activation,
                seen,
                status with
                {
                    LiveAfter = seen.Elapsed,
                },
                $"Live traffic is on {What(activation)} ({Servers(seen.Installed)}); "
            )
            : Release(activation, seen, status, "");
    }

    private static Transition Release(Activation activation, RolloutObservation seen, ActivationStatus status, string before)
    {
        var step = activation.Plan.Steps[status.Releases.Count];
        var next = status with
        {
            State = step.Stage switch
            {
                RolloutStage.Canary => ActivationState.Canary,
                RolloutStage.Live => ActivationState.Live,
                RolloutStage.World => ActivationState.World,
                _ => ActivationState.Pending,
            },
            Releases = [.. status.Releases, seen.Elapsed],
            DecidedAfter = seen.Elapsed,
        };
        var group = $"group {step.Group} of {step.Groups}";
        var what = step.Stage switch
        {
            RolloutStage.Canary => "first a small group with live traffic, to be watched",
            RolloutStage.Live => $"live traffic, {group}",
            RolloutStage.World => $"rest of the network, {group}",
            _ => $"staging network, {group}",
        };
        return new(next, Sentence($"{before}{what}: {Servers(step.Servers)}"));
    }

    private static Transition Complete(Activation activation, RolloutObservation seen)
    {
        var next = activation.Status with
        {
            State = activation.Type == ActivationType.Deactivate ? ActivationState.Deactivated : ActivationState.Active,
            // A plan without servers beyond live traffic goes live and completes at once.
            LiveAfter = activation.Network == Network.Production ? activation.Status.LiveAfter ?? seen.Elapsed : null,
            EndedAfter = seen.Elapsed,
            DecidedAfter = seen.Elapsed,
            // Simulated time had gone on to beyond this instant when somebody asked to cancel: that wish gets its answer.
            CancelLapsed = activation.Intent.CancelRequestedAt is not null,
        };
        var missed =
            next.CancelLapsed && !activation.Status.CancelLapsed ? $"; {activation.Intent.CancelRequestedBy} asked to cancel it after that" : "";
        var late = seen.Suspended switch
        {
            0 => "",
            1 => "; 1 server suspended itself and takes no traffic",
            var many => $"; {Servers(many)} suspended themselves and take no traffic",
        };
        return new(next, Sentence($"{What(activation)} on {Servers(seen.Installed)}, all of the network{late}{missed}"));
    }

    private static Transition? Restore(Activation activation, RolloutObservation seen)
    {
        var status = activation.Status;
        // The way back has the steps that were started on the way out.
        if (status.RollbackReleases.Count > 0 && seen.RestoreStepDoneAt is null)
            return null;
        if (status.RollbackReleases.Count < status.Releases.Count)
        {
            var next = status with { RollbackReleases = [.. status.RollbackReleases, seen.Elapsed], DecidedAfter = seen.Elapsed };
            return new(next, $"Restoring group {next.RollbackReleases.Count} of {status.Releases.Count}");
        }
        var restored = activation.PreviousVersion is { } version
            ? $"Version {version} restored on {Servers(seen.Restored)}"
            : $"Version {activation.Version} taken off {Servers(seen.Restored)}; no version is active";
        return new(status with { State = ActivationState.Aborted, EndedAfter = seen.Elapsed, DecidedAfter = seen.Elapsed }, restored);
    }

    private static string What(Activation activation) =>
        activation.Type == ActivationType.Deactivate ? "no version" : $"version {activation.Version}";

    private static string Servers(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "server" : "servers")}");

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
