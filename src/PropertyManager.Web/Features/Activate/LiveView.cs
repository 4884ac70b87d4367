using System.Runtime.CompilerServices;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>
/// Everything that is shown of one publication, written out once: hundreds who watch the same activation share it, and each of them only
/// compares strings.
/// </summary>
public sealed class LiveView
{
    private static readonly ConditionalWeakTable<ActivationProgress, LiveView> Written = [];

    private LiveView(ActivationProgress now)
    {
        var progress = now.Progress;
        At = now.At.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        State = now.Status.State.ToString();
        Installed = progress.Installed.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Percent = $"{progress.Percent}%";
        Servers = $"{Words.Number(progress.Installed)} of {Words.Count(progress.Servers, "server")}";
        Stages = LiveText.Stages(now);
        if (now.Status.CancelledAfter is not null)
        {
            var done = now.Status.State == ActivationState.Aborted ? StageState.Done : StageState.Running;
            WayBack = [new("Restoring", Share(progress.Restored, progress.Installed), done)];
        }
        List<LiveFact> facts =
        [
            .. LiveText.Phases(progress).Select(phase => new LiveFact(phase.Name, Of(phase.Installed, phase.Servers))),
            new("Installing now", Words.Number(progress.Installing)),
            new("Elapsed (simulated)", Words.Duration(progress.Elapsed)),
        ];
        if (now.Network == Network.Production)
            facts.Add(new(LiveText.HitsOnOthers(now.Type, now.Version, progress.Traffic.Answering), Words.Percent(progress.HitsOnPrevious)));
        if (progress.BadCopies > 0)
            facts.Add(new("Bad copies refused and fetched again", Words.Number(progress.BadCopies)));
        if (progress.Suspended > 0)
            facts.Add(new("Suspended themselves", Words.Count(progress.Suspended, "server")));
        Facts = facts;
        Left = LiveText.Left(now) ?? "";
        Traffic = now.Network == Network.Production ? LiveTraffic.Of(progress.Traffic, now.Type) : [];
        TrafficNote = Traffic.Count > 0 ? LiveTraffic.Note(progress.Traffic.Answering) : null;
        Checks =
        [
            .. now.Verdicts.Select(verdict => new LiveCheck(
                LiveText.Tone(verdict.Outcome).CssClass(),
                $"{verdict.Check}: {LiveText.Word(verdict.Outcome)}",
                verdict.NotActing is null ? $"{verdict.Evidence}." : $"{verdict.Evidence}. It does not act: {verdict.NotActing}."
            )),
        ];
    }

    /// <summary>When it was published: unix time in milliseconds.</summary>
    public string At { get; }
    public string State { get; }
    public string Installed { get; }
    public string Percent { get; }
    public string Servers { get; }
    public IReadOnlyList<ProgressStage> Stages { get; }

    /// <summary>Null unless it was cancelled.</summary>
    public IReadOnlyList<ProgressStage>? WayBack { get; }
    public IReadOnlyList<LiveFact> Facts { get; }
    public string Left { get; }

    /// <summary>Empty on staging, which serves no end users.</summary>
    public IReadOnlyList<LiveTraffic> Traffic { get; }

    /// <summary>What the traffic's figures do not say by themselves; null when they do.</summary>
    public string? TrafficNote { get; }
    public IReadOnlyList<LiveCheck> Checks { get; }

    public static LiveView Of(ActivationProgress now) => Written.GetValue(now, static progress => new LiveView(progress));

    private static string Of(int part, int whole) => $"{Words.Number(part)} of {Words.Number(whole)} · {Words.Percent(Share(part, whole))}";

    private static double Share(int part, int whole) => whole == 0 ? 1 : (double)part / whole;
}

/// <summary>A figure and its name.</summary>
public sealed record LiveFact(string Name, string Value);

/// <summary>A check: what it found, in a word and in full.</summary>
public sealed record LiveCheck(string Css, string Title, string Evidence);
