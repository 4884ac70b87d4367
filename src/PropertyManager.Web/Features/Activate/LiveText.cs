using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>A running activation in words and stages, all of it derived from counts of servers.</summary>
public static class LiveText
{
    /// <summary>The tracking bar: Live → Fully Deployed → Completed. Staging has no live traffic.</summary>
    public static IReadOnlyList<ProgressStage> Stages(ActivationProgress now)
    {
        var status = now.Status;
        var world = now.Progress.Stages.Where(stage => stage.Stage is RolloutStage.World or RolloutStage.All).ToList();
        var live = now.Progress.Stages.Except(world).ToList();
        var ended = status.State is ActivationState.Active or ActivationState.Deactivated;
        var deployed = Stage(
            "Fully Deployed",
            world,
            ended,
            started: live.Count == 0 ? status.Releases.Count > 0 : status.LiveAfter is not null,
            status
        );
        ProgressStage completed = new("Completed", ended ? 1 : 0, ended ? StageState.Done : StageState.Waiting);
        return now.Network == Network.Staging
            ? [deployed, completed]
            : [Stage("Live", live, status.LiveAfter is not null, started: status.Releases.Count > 0, status), deployed, completed];
    }

    /// <summary>"Live traffic" and "Rest of the network", with their servers.</summary>
    public static IReadOnlyList<(string Name, int Installed, int Servers)> Phases(RolloutProgress progress)
    {
        var phases = progress.Stages.GroupBy(
            stage =>
                stage.Stage switch
                {
                    RolloutStage.All => "Staging network",
                    RolloutStage.World => "Rest of the network",
                    _ => "Live traffic",
                },
            StringComparer.Ordinal
        );
        return [.. phases.Select(phase => (phase.Key, phase.Sum(stage => stage.Installed), phase.Sum(stage => stage.Servers)))];
    }

    /// <summary>What is going on, in a sentence: read out when it changes.</summary>
    public static string Phase(ActivationState state, ActivationType type, int version, int? previous)
    {
        var what = type == ActivationType.Deactivate ? "no version" : $"version {version}";
        return state switch
        {
            ActivationState.Pending => "The package is prepared, signed and handed out to the servers.",
            ActivationState.Canary => "A small group of live traffic servers is updated and watched before the others.",
            ActivationState.Live => "The servers with live traffic are updated.",
            ActivationState.World => $"Live traffic is on {what}. The rest of the network is updated.",
            ActivationState.Cancelling => previous is { } version_
                ? $"The activation is cancelled: version {version_} is restored."
                : "The activation is cancelled: the servers go back to no version.",
            ActivationState.Active => $"Version {version} is active.",
            ActivationState.Deactivated => "The property is off the network.",
            ActivationState.Aborted => "The activation was cancelled.",
            ActivationState.Failed => "The activation failed.",
            _ => "",
        };
    }

    /// <summary>"usually 3–4 min; 99% within 5 min".</summary>
    public static string Usually(RolloutEstimate estimate)
    {
        var (low, high) = ((int)estimate.Low.TotalMinutes, (int)Math.Ceiling(estimate.High.TotalMinutes));
        var range = low == 0 ? $"up to {high}" : $"{low}–{high}";
        return $"usually {range} min; 99% within {(int)Math.Ceiling(estimate.Within.TotalMinutes)} min";
    }

    /// <summary>How long it will take yet; null where it is over.</summary>
    public static string? Left(ActivationProgress now)
    {
        if (!now.Status.IsOpen || now.Status.State == ActivationState.Cancelling)
            return null;
        var done = $"{Words.Countdown(now.Progress.UntilDone)} to the whole network";
        return now.Progress.UntilLive is { } live ? $"about {Words.Countdown(live)} to live traffic, {done}" : $"about {done}";
    }

    /// <summary>What happens if it is cancelled now: the way back that every phase has.</summary>
    public static string WayBack(Activation activation, int installed)
    {
        var restored = activation.PreviousVersion is { } version
            ? $"version {version} is restored on them and stays active"
            : "it is taken off them again, and no version is active";
        var servers = installed == 0 ? "No server has it yet" : $"{Words.Count(installed, "server")} {(installed == 1 ? "has" : "have")} it";
        return activation.Status.State == ActivationState.Cancelling
            ? $"Being cancelled: {restored}, group by group, never more than a third of a region at a time."
            : $"{servers}: {restored}, group by group, never more than a third of a region at a time. That usually takes a minute or two.";
    }

    public static Tone Tone(HealthOutcome outcome) =>
        outcome switch
        {
            HealthOutcome.Healthy => Shell.Parts.Tone.Success,
            HealthOutcome.OverLimit => Shell.Parts.Tone.Warning,
            HealthOutcome.Cancel => Shell.Parts.Tone.Danger,
            _ => Shell.Parts.Tone.Neutral,
        };

    public static string Word(HealthOutcome outcome) =>
        outcome switch
        {
            HealthOutcome.Healthy => "Within the limit",
            HealthOutcome.OverLimit => "Over the limit, not acting",
            HealthOutcome.Cancel => "Over the limit",
            _ => "Not measured yet",
        };

    private static ProgressStage Stage(string name, IReadOnlyList<StageProgress> parts, bool done, bool started, ActivationStatus status)
    {
        var servers = parts.Sum(part => part.Servers);
        var fraction = servers == 0 ? (done ? 1 : 0) : (double)parts.Sum(part => part.Installed) / servers;
        var state =
            done ? StageState.Done
            : !started ? StageState.Waiting
            : status.State is ActivationState.Cancelling or ActivationState.Aborted or ActivationState.Failed ? StageState.Stopped
            : StageState.Running;
        return new(name, fraction, state);
    }
}
