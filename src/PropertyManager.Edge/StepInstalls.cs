using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Edge;

/// <summary>How the servers of one step get their version, those in trouble apart from the rest.</summary>
internal sealed class StepInstalls
{
    // Draws of one plan, told apart by the first number; the second is the step.
    private const int PlanDraw = 1;
    private const int StepDraw = 2;
    private const int SlowestDraw = 3;
    private const int TroubleDraw = 4;
    private const int StragglerDraw = 5;

    /// <summary>Parts of a step whose draws are told apart, at most.</summary>
    private const int Parts = 64;

    /// <summary>Standard deviation of the logarithm of a whole plan's slowness, and of a step's.</summary>
    private const double PlanSpread = 0.10;
    private const double StepSpread = 0.08;

    /// <summary>One step in so many meets a slow origin of packages, and takes up to so many times as long.</summary>
    private const double Trouble = 0.02;
    private const double TroubleFactor = 1.8;

    /// <summary>One server in so many hangs on a fine day too: it suspends itself when patience ends.</summary>
    private const double Hangs = 2e-8;

    private readonly InstallCurve[] _parts;

    private StepInstalls(InstallCurve[] parts)
    {
        _parts = parts;
        foreach (var part in parts)
            Duration = part.Duration > Duration ? part.Duration : Duration;
    }

    /// <summary>From the step's start until no server of it works on it any more.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The installs of a step that was started, under the faults that went on then.</summary>
    public static StepInstalls Of(RolloutCourse course, int index)
    {
        var (plan, step) = (course.Order.Plan, course.Order.Plan.Steps[index]);
        List<(int Servers, double Slowness, double BadCopies)> parts = [(step.Servers, 1, course.IsRefusedByAll ? 1 : 0)];
        for (var fault = 0; fault < course.Order.Faults.Count; fault++)
        {
            var trouble = course.Order.Faults[fault];
            if (trouble.Kind is not (FaultKind.CorruptedTransfer or FaultKind.SlowInstall) || !course.IsOn(trouble, course.Order.Releases[index]))
                continue;
            var reach = course.Reach(fault, index);
            parts =
            [
                .. parts
                    .SelectMany(part =>
                    {
                        var struck = (int)Math.Round(part.Servers * reach);
                        var worse =
                            trouble.Kind == FaultKind.SlowInstall
                                ? part with
                                {
                                    Servers = struck,
                                    Slowness = part.Slowness * Math.Max(1, trouble.Slowness),
                                }
                                : part with
                                {
                                    Servers = struck,
                                    BadCopies = Math.Max(part.BadCopies, trouble.Share),
                                };
                        return new[] { part with { Servers = part.Servers - struck }, worse };
                    })
                    .Where(part => part.Servers > 0),
            ];
        }
        var median = plan.Pace.InstallIn(step.Stage).TotalSeconds * Slowness(plan.Seed, index);
        var hanging = (int)SimulationNoise.Poisson(step.Servers * Hangs, Draw(plan.Seed, StragglerDraw, index));
        List<InstallCurve> curves = [];
        foreach (var (servers, slowness, badCopies) in parts)
        {
            foreach (var (count, copies) in Copies(servers, badCopies))
            {
                var draw = Draw(plan.Seed, SlowestDraw, (index * Parts) + (curves.Count % Parts));
                curves.Add(new InstallCurve(count, median * slowness, plan.Pace, draw, hanging).After(copies));
                hanging = 0;
            }
        }
        return new([.. curves]);
    }

    /// <summary>The way back of a step's servers.</summary>
    public static InstallCurve WayBack(RolloutPlan plan, int step, int servers) =>
        new(
            servers,
            plan.Pace.InstallIn(plan.Steps[step].Stage).TotalSeconds * Slowness(plan.Seed, step),
            plan.Pace,
            Draw(plan.Seed, SlowestDraw, step * Parts)
        );

    public (int Installed, int Suspended, int BadCopies) At(TimeSpan since)
    {
        if (since <= TimeSpan.Zero)
            return default;
        int installed = 0,
            suspended = 0,
            bad = 0;
        foreach (var part in _parts)
        {
            var done = part.Done(since);
            bad += done * part.Copies.Bad;
            if (part.Copies.Refuses)
                suspended += done;
            else
                installed += done;
            if (since >= part.Duration)
                suspended += part.Late;
        }
        return (installed, suspended, bad);
    }

    /// <summary>How many servers had suspended themselves by then, and why.</summary>
    public IEnumerable<(int Servers, string Reason)> Suspensions(TimeSpan since)
    {
        foreach (var part in _parts)
        {
            if (part.Copies.Refuses && part.Done(since) is var refused and > 0)
                yield return (refused, "Refused three bad copies of the package");
            if (since >= part.Duration && part.Late > 0)
                yield return (part.Late, "Was not done when the group's time was over");
        }
    }

    /// <summary>How many servers meet how many bad copies, where each copy is bad with a probability.</summary>
    private static IEnumerable<(int Servers, FaultedCopies Copies)> Copies(int servers, double badCopies)
    {
        var left = servers;
        for (var bad = 0; bad < FaultedCopies.Most && left > 0; bad++)
        {
            var good = (int)Math.Round(left * (1 - badCopies));
            if (good > 0)
                yield return (good, new(bad, Refuses: false));
            left -= good;
        }
        if (left > 0)
            yield return (left, new(FaultedCopies.Most, Refuses: true));
    }

    private static double Slowness(long seed, int step)
    {
        var plan = SimulationRandom.LogNormal(1, PlanSpread, Draw(seed, PlanDraw, 0));
        var usual = plan * SimulationRandom.LogNormal(1, StepSpread, Draw(seed, StepDraw, step));
        var trouble = Draw(seed, TroubleDraw, step);
        return trouble < Trouble ? usual * (1 + ((TroubleFactor - 1) * trouble / Trouble)) : usual;
    }

    private static double Draw(long seed, int kind, int step) => SimulationRandom.Uniform(seed, kind, step);
}
