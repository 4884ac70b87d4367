using PropertyManager.Domain.Health;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Edge;

/// <summary>How one order goes: a pure function of the order and the time since the activation's start.</summary>
internal sealed class RolloutCourse
{
    // Draws of one plan, told apart by the first number; the second is the step.
    private const int PlanDraw = 1;
    private const int StepDraw = 2;
    private const int SlowestDraw = 3;
    private const int TroubleDraw = 4;

    /// <summary>Standard deviation of the logarithm of a whole plan's slowness, and of a step's.</summary>
    private const double PlanSpread = 0.10;
    private const double StepSpread = 0.08;

    /// <summary>One step in so many meets a slow origin of packages, and takes up to so many times as long.</summary>
    private const double Trouble = 0.02;
    private const double TroubleFactor = 2.5;

    private readonly RolloutOrder _order;
    private readonly InstallCurve[] _steps;
    private readonly InstallCurve[] _wayBack;
    private readonly TrafficModel _traffic;

    public RolloutCourse(RolloutOrder order)
        : this(order, Curves(order.Plan, order.Plan.Steps.Select(step => step.Servers))) { }

    private RolloutCourse(RolloutOrder order, InstallCurve[] steps)
    {
        _order = order;
        _steps = steps;
        _wayBack = order.Rollback is { } back ? Curves(back.Plan, back.Plan.Steps.Select((_, step) => Installed(step, back.From))) : [];
        _traffic = new TrafficModel(order);
    }

    /// <summary>The same course under a newer order for the same plan: what is done stays done.</summary>
    public RolloutCourse With(RolloutOrder order) => new(order, _steps);

    public RolloutObservation At(TimeSpan elapsed)
    {
        var until = Until(elapsed);
        var releases = _order.Releases;
        var has = new int[releases.Count]; // servers of each step that have the version now
        var updatedAt = new TimeSpan[releases.Count];
        var got = new int[releases.Count];
        var late = new int[releases.Count];
        int working = 0,
            restored = 0;
        for (var step = 0; step < releases.Count; step++)
        {
            got[step] = has[step] = Installed(step, until);
            updatedAt[step] = releases[step] + _steps[step].Mean;
            late[step] = Suspended(step, until);
            if (_order.Rollback is null)
                working += _order.Plan.Steps[step].Servers - has[step] - late[step];
        }
        for (var step = 0; step < RollbackReleases.Count; step++)
        {
            var back = _wayBack[step].Done(elapsed - RollbackReleases[step]);
            working += has[step] - back;
            has[step] -= back;
            restored += back;
        }

        var (installed, suspended) = (got.Sum(), late.Sum());
        var crashed = (int)(installed * Share(FaultKind.Crash, until));
        var others = _order.Plan.Servers - installed - suspended;
        return new RolloutObservation(
            elapsed,
            Prepared: elapsed >= _order.Plan.Pace.Preparation,
            got,
            working,
            suspended,
            StepDoneAt: DoneAt(releases, _steps, elapsed),
            restored,
            RestoreStepDoneAt: DoneAt(RollbackReleases, _wayBack, elapsed),
            _traffic.Baseline,
            _traffic.Updated(until, updatedAt),
            new ServerSample(installed + suspended, crashed + suspended),
            new ServerSample(others, (int)(others * TrafficModel.HarmedOnAnyDay)),
            _traffic.OnPrevious(has, late)
        );
    }

    private IReadOnlyList<TimeSpan> RollbackReleases => _order.Rollback?.Releases ?? [];

    /// <summary>Nothing new is installed once the way back is decided.</summary>
    private TimeSpan Until(TimeSpan elapsed) => _order.Rollback is { } back && back.From < elapsed ? back.From : elapsed;

    private int Installed(int step, TimeSpan elapsed) =>
        Math.Min(_steps[step].Done(elapsed - _order.Releases[step]), _order.Plan.Steps[step].Servers - Refused(step));

    private int Suspended(int step, TimeSpan elapsed) =>
        elapsed - _order.Releases[step] >= _steps[step].Duration ? Math.Max(_steps[step].Late, Refused(step)) : 0;

    /// <summary>Servers of a step that refuse the package, three copies of it being bad.</summary>
    private int Refused(int step) => (int)Math.Ceiling(_order.Plan.Steps[step].Servers * Share(FaultKind.CorruptedTransfer, _order.Releases[step]));

    private double Share(FaultKind kind, TimeSpan at)
    {
        var share = 0.0;
        foreach (var fault in _order.Faults)
        {
            if (fault.Kind == kind && at >= fault.From)
                share = Math.Max(share, fault.Share);
        }
        return share;
    }

    private static TimeSpan? DoneAt(IReadOnlyList<TimeSpan> releases, InstallCurve[] steps, TimeSpan elapsed) =>
        releases.Count > 0 && releases[^1] + steps[releases.Count - 1].Duration is var done && done <= elapsed ? done : null;

    private static InstallCurve[] Curves(RolloutPlan plan, IEnumerable<int> servers)
    {
        var slowness = SimulationRandom.LogNormal(1, PlanSpread, Draw(plan.Seed, PlanDraw, 0));
        return
        [
            .. servers.Select(
                (count, step) =>
                    new InstallCurve(
                        count,
                        plan.Steps[step].Stage,
                        plan.Pace,
                        slowness * Slowness(plan.Seed, step),
                        Draw(plan.Seed, SlowestDraw, step)
                    )
            ),
        ];
    }

    private static double Slowness(long seed, int step)
    {
        var usual = SimulationRandom.LogNormal(1, StepSpread, Draw(seed, StepDraw, step));
        var trouble = Draw(seed, TroubleDraw, step);
        return trouble < Trouble ? usual * (1 + ((TroubleFactor - 1) * trouble / Trouble)) : usual;
    }

    private static double Draw(long seed, int kind, int step) => SimulationRandom.Uniform(seed, kind, step);
}
