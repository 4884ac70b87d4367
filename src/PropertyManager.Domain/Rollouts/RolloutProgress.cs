using PropertyManager.Domain.Health;

namespace PropertyManager.Domain.Rollouts;

/// <summary>How many servers of a stage have the new version.</summary>
/// <param name="Done">No server of it works on an install any more.</param>
public sealed record StageProgress(RolloutStage Stage, int Installed, int Servers, bool Done)
{
    /// <summary>Whole percent; 100 only when all have it.</summary>
    public int Percent => RolloutProgress.PercentOf(Installed, Servers);
}

/// <summary>A rollout as people see it: counts of servers, what is derived from them, and how long it will take yet.</summary>
/// <param name="Restored">Servers that are back on the version before.</param>
/// <param name="HitsOnPrevious">Share of the hits that meet a server that was not updated: with the version before, or with none where none was; 0 to 1.</param>
/// <param name="UntilLive">Expected simulated time until live traffic is on the new version; null where it is, or is not waited for.</param>
/// <param name="UntilDone">Expected simulated time until the whole network is.</param>
public sealed record RolloutProgress(
    TimeSpan Elapsed,
    IReadOnlyList<StageProgress> Stages,
    int Installed,
    int Servers,
    int Installing,
    int Suspended,
    int Restored,
    double HitsOnPrevious,
    TimeSpan? UntilLive,
    TimeSpan UntilDone
)
{
    /// <summary>Whole percent of the servers that have the new version; 100 only when all have it.</summary>
    public int Percent => PercentOf(Installed, Servers);

    /// <summary>Copies of the package that servers refused and fetched again.</summary>
    public int BadCopies { get; init; }

    /// <summary>The property's hits now, on servers with the new version and on the others.</summary>
    public TrafficNow Traffic { get; init; }

    /// <summary>What the observation of a plan means. <paramref name="releases"/> tells when each step that was started was started.</summary>
    public static RolloutProgress Of(RolloutPlan plan, IReadOnlyList<TimeSpan> releases, RolloutObservation seen)
    {
        List<StageProgress> stages = new(3);
        var steps = plan.Steps;
        for (int first = 0, next; first < steps.Count; first = next)
        {
            int servers = 0,
                installed = 0;
            for (next = first; next < steps.Count && steps[next].Stage == steps[first].Stage; next++)
            {
                servers += steps[next].Servers;
                installed += next < seen.InstalledByStep.Count ? seen.InstalledByStep[next] : 0;
            }
            var done = next <= releases.Count - 1 || (next == releases.Count && seen.StepDoneAt is not null);
            stages.Add(new(steps[first].Stage, installed, servers, done));
        }
        var hasLive = steps.Count > 0 && steps[0].Stage == RolloutStage.Canary;
        return new(
            seen.Elapsed,
            stages,
            seen.Installed,
            plan.Servers,
            seen.Installing,
            seen.Suspended,
            seen.Restored,
            seen.HitsOnPrevious,
            hasLive ? Left(plan, releases, seen, untilLive: true) : null,
            Left(plan, releases, seen, untilLive: false) ?? TimeSpan.Zero
        )
        {
            BadCopies = seen.BadCopies,
            Traffic = new(seen.Baseline, seen.UpdatedRate, seen.OthersRate, plan.Answering),
        };
    }

    /// <summary>Rounded down, so that 100 % is said of all and of nothing less.</summary>
    public static int PercentOf(int part, int whole) => whole == 0 ? 100 : (int)(100L * part / whole);

    /// <summary>Expected time until the last of the steps that count; null when it is over.</summary>
    private static TimeSpan? Left(RolloutPlan plan, IReadOnlyList<TimeSpan> releases, RolloutObservation seen, bool untilLive)
    {
        var left = releases.Count == 0 ? Positive(plan.Pace.Preparation - seen.Elapsed) : TimeSpan.Zero;
        var open = false;
        for (var index = Math.Max(0, releases.Count - 1); index < plan.Steps.Count; index++)
        {
            var step = plan.Steps[index];
            if (untilLive && step.Stage == RolloutStage.World)
                break;
            if (index >= releases.Count)
                left += plan.Pace.Expected(step) + step.Soak;
            // The watch is added apart: of a step that is late it is still to come.
            else if (seen.StepDoneAt is { } done)
                left += Positive(done + step.Soak - seen.Elapsed);
            else
                left += Positive(releases[index] + plan.Pace.Expected(step) - seen.Elapsed) + step.Soak;
            open = true;
        }
        return open ? left : null;
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}

/// <summary>A property's hits at one moment.</summary>
/// <param name="Before">Of the 5 minutes before the activation, all of them.</param>
/// <param name="Updated">On servers that have the new version, hits/s.</param>
/// <param name="Others">On the others, hits/s.</param>
/// <param name="Answering">Which of them answer for the property at all.</param>
public readonly record struct TrafficNow(TrafficSample Before, TrafficSample Updated, TrafficSample Others, Answering Answering = Answering.All);

/// <summary>How long a part of a plan takes: what people are told before it starts.</summary>
/// <param name="Low">Usually at least.</param>
/// <param name="High">Usually at most: nine of ten.</param>
/// <param name="Within">Ninety-nine of a hundred.</param>
public sealed record RolloutEstimate(TimeSpan Low, TimeSpan High, TimeSpan Within)
{
    // Of whole plans against what their steps are expected to take: the range that nine of ten simulated activations of every kind keep to, and
    // the bound that ninety-nine of a hundred do.
    private const double LowFactor = 0.9;
    private const double HighFactor = 1.2;
    private const double WithinFactor = 1.35;

    /// <summary>Until live traffic is on the new version; null for staging.</summary>
    public static RolloutEstimate? Live(RolloutPlan plan) =>
        plan.LiveServers == 0 ? null : Of(plan, plan.Steps.Where(step => step.Stage != RolloutStage.World));

    /// <summary>Until the whole network is.</summary>
    public static RolloutEstimate Full(RolloutPlan plan) => Of(plan, plan.Steps);

    private static RolloutEstimate Of(RolloutPlan plan, IEnumerable<RolloutStep> steps)
    {
        var expected = steps.Aggregate(plan.Pace.Preparation, (sum, step) => sum + plan.Pace.Expected(step) + step.Soak);
        return new(expected * LowFactor, expected * HighFactor, expected * WithinFactor);
    }
}
