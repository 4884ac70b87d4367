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
    private const string Gently = "group by group, never more than a third of a region at a time";

    /// <summary>The tracking bar: Live → Fully Deployed → Completed. Without live traffic, as on staging, it has no first stage.</summary>
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
        return live.Count == 0
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
    public static string Phase(Activation activation)
    {
        var (version, deactivates) = (activation.Version, activation.Type == ActivationType.Deactivate);
        var what = deactivates ? "no version" : $"version {version}";
        var name = deactivates ? "deactivation" : "activation";
        return activation.Status.State switch
        {
            ActivationState.Pending => "The package is prepared, signed and handed out to the servers.",
            ActivationState.Canary => "A small group of live traffic servers is updated and watched before the others.",
            ActivationState.Live => "The servers with live traffic are updated.",
            ActivationState.World when activation.Plan.LiveServers == 0 => "The servers of the network are updated.",
            ActivationState.World => $"Live traffic is on {what}. The rest of the network is updated.",
            ActivationState.Cancelling => activation.PreviousVersion is { } previous
                ? $"The {name} is cancelled: version {previous} is restored."
                : $"The {name} is cancelled: the servers go back to no version.",
            ActivationState.Active => $"Version {version} is active.",
            ActivationState.Deactivated => "The property is off the network.",
            ActivationState.Aborted => $"The {name} was cancelled.",
            ActivationState.Failed => $"The {name} failed.",
            _ => "",
        };
    }

    /// <summary>"The 120 servers with live traffic were updated in 3 min 2 s of simulated time."</summary>
    public static string LiveDone(int servers, TimeSpan after) =>
        $"The {(servers == 1 ? "one server with live traffic was" : $"{Words.Number(servers)} servers with live traffic were")} updated in {Words.SimulatedDuration(after)}.";

    /// <summary>"usually 3–4 min; 99% within 5 min (simulated time)".</summary>
    public static string Usually(RolloutEstimate estimate)
    {
        var (low, high) = ((int)estimate.Low.TotalMinutes, (int)Math.Ceiling(estimate.High.TotalMinutes));
        var range = low == 0 ? $"up to {high}" : $"{low}–{high}";
        return $"usually {range} min; 99% within {(int)Math.Ceiling(estimate.Within.TotalMinutes)} min (simulated time)";
    }

    /// <summary>What the share of the hits on servers that were not updated is called.</summary>
    public static string HitsOnOthers(ActivationType type, int version, Answering answering) =>
        type == ActivationType.Deactivate ? $"Hits on version {version}"
        : answering == Answering.Updated ? "Hits on servers without the property"
        : "Hits on the previous version";

    /// <summary>What end users who were mapped to another place can meet in the second phase, and which figure tells how many do.</summary>
    public static string Elsewhere(Activation activation)
    {
        var met =
            activation.Plan.Answering == Answering.Updated ? "a server without the property, which refuses their hits"
            : activation.PreviousVersion is { } previous ? $"version {previous}"
            : "a server that is not updated";
        var figure = HitsOnOthers(activation.Type, activation.Version, activation.Plan.Answering);
        return $"End users who were mapped to another place meanwhile can still meet {met}: “{figure}” is the share of the hits that do.";
    }

    /// <summary>What the two times of a row of the history are.</summary>
    public const string Times = "First the simulated time since the start, last the real time";

    /// <summary>"took 12 min 4 s of simulated time, live traffic after 3 min 2 s".</summary>
    /// <param name="took">Simulated time from start to end.</param>
    /// <param name="live">Simulated time until live traffic was on the new version; null where it never was.</param>
    public static string Took(TimeSpan took, TimeSpan? live) =>
        $"took {Words.SimulatedDuration(took)}{(live is { } after ? $", live traffic after {Words.Duration(after)}" : "")}";

    /// <summary>How long it will take yet; null where it is over.</summary>
    public static string? Left(ActivationProgress now)
    {
        if (!now.Status.IsOpen || now.Status.State == ActivationState.Cancelling)
            return null;
        var done = $"{Words.Countdown(now.Progress.UntilDone)} to the whole network (simulated time)";
        return now.Progress.UntilLive is { } live ? $"about {Words.Countdown(live)} to live traffic, {done}" : $"about {done}";
    }

    /// <summary>The way back, which every phase has, without figures that change: it stands there while they do.</summary>
    /// <param name="activation">One that runs.</param>
    /// <param name="status">Where it stands.</param>
    /// <param name="tooLate">Why it cannot be cancelled any more; null when it can.</param>
    public static string WayBack(Activation activation, ActivationStatus status, string? tooLate = null)
    {
        var (version, previous) = (activation.Version, activation.PreviousVersion);
        var back = (activation.Type, previous) switch
        {
            (ActivationType.Deactivate, _) => $"Version {version} is put back on the servers that it was taken off, {Gently}, and stays active.",
            (ActivationType.FastFallback, _) =>
                $"The fallback stops. Version {previous}, from which it falls back, is restored on the servers that have version {version}, {Gently}, and stays active.",
            (_, not null) => $"Version {previous} is restored on the servers that have version {version}, {Gently}, and stays active.",
            _ => $"Version {version} is taken off the servers that have it, {Gently}, and no version is active.",
        };
        if (status.State == ActivationState.Cancelling)
            return $"It is being cancelled. {back}";
        if (tooLate is not null)
            return $"It cannot be cancelled any more. {tooLate} An exception has no Fast Fallback either: to go back afterwards, open the earlier version and activate it.";
        if (status is { State: ActivationState.Pending, Releases.Count: 0 })
            return $"{Untouched(activation)} Nothing has to be taken back.";
        var phase = status.State == ActivationState.World && activation.Plan.LiveServers > 0 ? " The servers with live traffic go first." : "";
        var cutOff = activation.Class.IsException
            ? $" You can cancel until {FaultWords.Share(activation.CancelCutOff)} of the servers ({Words.Number((long)Math.Ceiling(activation.Plan.Servers * activation.CancelCutOff))}) have it: after that an exception ({activation.ExceptionReason}) goes on to the end."
            : "";
        return $"{back}{phase} That usually takes a simulated minute or two.{cutOff}";
    }

    /// <summary>What cancelling does at this moment.</summary>
    /// <param name="activation">One that is not being cancelled yet.</param>
    /// <param name="installed">Servers that it has changed.</param>
    public static string CancelNow(Activation activation, int installed)
    {
        var version = activation.Version;
        var servers = Words.Count(installed, "server");
        return (activation.Type, activation.PreviousVersion, installed) switch
        {
            (_, _, 0) => Untouched(activation),
            (ActivationType.Deactivate, _, _) => $"Version {version} was taken off {servers}. It is put back there, {Gently}, and stays active.",
            (_, { } previous, _) =>
                $"{servers} {Have(installed)} version {version}. Version {previous} is restored there, {Gently}, and stays active.",
            _ => $"{servers} {Have(installed)} version {version}. It is taken off again, {Gently}, and no version is active.",
        };
    }

    /// <summary>What taking a property off a network does, before it is asked for.</summary>
    public static IReadOnlyList<string> Deactivates(int version, Network network) =>
        network == Network.Production
            ?
            [
                $"Version {version} is removed from every server of the network, and its hostnames are no longer served there: end users get errors.",
                $"It goes in the phases of an activation, live traffic first, and usually takes up to 15 simulated minutes. Until it is complete you can cancel, and version {version} is put back; no other activation can start.",
                "The error rate limit does not act, and there is no Fast Fallback. To come back, activate a version.",
            ]
            :
            [
                $"Version {version} is removed from every server of the network, and its hostnames are no longer served there.",
                $"It usually takes 2–3 simulated minutes. Until it is complete you can cancel, and version {version} is put back. To come back afterwards, activate a version.",
            ];

    /// <summary>Simulated trouble of an activation reaches, where it reaches only those that changed.</summary>
    public static string Updated(Activation activation) =>
        activation.Type == ActivationType.Deactivate
            ? $"servers that version {activation.Version} was taken off"
            : $"servers with version {activation.Version}";

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
            _ => "Not measured",
        };

    /// <summary>While no server has changed.</summary>
    private static string Untouched(Activation activation) =>
        (activation.Type, activation.PreviousVersion) switch
        {
            (ActivationType.Deactivate, _) => $"Version {activation.Version} was not taken off any server yet. It stays active.",
            (_, { } previous) => $"No server has version {activation.Version} yet. Version {previous} stays active.",
            _ => $"No server has version {activation.Version} yet. No version is active.",
        };

    private static string Have(int servers) => servers == 1 ? "has" : "have";

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

    /// <summary>A compliance record in a sentence.</summary>
    public static string Compliance(ComplianceRecord record)
    {
        var reason = record.Reason switch
        {
            NoncomplianceReason.None => $"asked for by {record.CustomerEmail}, reviewed by {record.PeerReviewedBy}, unit tested",
            NoncomplianceReason.Other => record.OtherReason ?? "",
            NoncomplianceReason.NoProductionTraffic => "no production traffic",
            _ => "emergency",
        };
        return record.TicketId is { Length: > 0 } ticket ? $"{reason} (ticket {ticket})" : reason;
    }
}
