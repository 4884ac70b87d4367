using PropertyManager.Domain.Health;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Edge;

/// <summary>How one order goes: a pure function of the order and the time since the activation's start.</summary>
internal sealed class RolloutCourse
{
    /// <summary>A server that crashed is back after this, where it does not crash again.</summary>
    private static readonly TimeSpan Reboot = TimeSpan.FromSeconds(90);

    /// <summary>Share of servers that reboot on any day.</summary>
    private const double RebootingOnAnyDay = 0.0002;

    private readonly FleetPlaces _fleet;
    private readonly ReceivedPackage _package;
    private readonly FaultReach? _reach;

    /// <summary>How long each step that was started takes, until no server of it is at work any more.</summary>
    private readonly TimeSpan[] _durations;

    /// <summary>What went wrong in each of them by then; null where nothing did, as on most days.</summary>
    private readonly (int Suspended, int BadCopies)[]? _losses;
    private readonly InstallCurve[] _wayBack;
    private readonly TrafficModel _traffic;

    public RolloutCourse(RolloutOrder order, FleetPlaces fleet, ReceivedPackage package)
        : this(order, fleet, package, before: null) { }

    private RolloutCourse(RolloutOrder order, FleetPlaces fleet, ReceivedPackage package, RolloutCourse? before)
    {
        (Order, _fleet, _package) = (order, fleet, package);
        // The faults and the steps that were started before stay what they are, and so do the hits that were answered.
        var same = before is not null && ReferenceEquals(before.Order.Faults, order.Faults);
        _reach =
            same ? before!._reach
            : order.Faults.Count > 0 ? new FaultReach(order, fleet)
            : null;
        _durations = order.Releases.Count == 0 ? [] : new TimeSpan[order.Releases.Count];
        for (var step = 0; step < _durations.Length; step++)
        {
            (_durations[step], var loss) = same && step < before!._durations.Length ? before.Settled(step) : Settled(Installs(step));
            if (loss != default)
                (_losses ??= new (int, int)[_durations.Length])[step] = loss;
        }
        _wayBack = order.Rollback is { } back
            ? [.. back.Plan.Steps.Select((planned, step) => StepInstalls.WayBack(back.Plan, step, Installed(step, back.From)))]
            : [];
        _traffic = new TrafficModel(this, same && before!._traffic.Counted <= Newest(order) ? before._traffic : null);
    }

    public RolloutOrder Order { get; }

    public ReceivedPackage Package => _package;

    /// <summary>No server takes its copy, whatever the transfer does to it.</summary>
    public bool IsRefusedByAll => _package.Defect is not null;

    /// <summary>The same course under a newer order for the same plan: what is done stays done.</summary>
    /// <param name="order">It changes nothing that was observed: what it adds happens later.</param>
    public RolloutCourse With(RolloutOrder order) => new(order, _fleet, _package, this);

    /// <summary>Whether this is the course of that order, and not of an older or a newer one.</summary>
    public bool IsOf(RolloutOrder order) =>
        ReferenceEquals(Order.Plan, order.Plan)
        && ReferenceEquals(Order.Faults, order.Faults)
        && ReferenceEquals(Order.Releases, order.Releases)
        && Order.Rollback?.Releases.Count == order.Rollback?.Releases.Count;

    public RolloutObservation At(TimeSpan elapsed)
    {
        var until = Until(elapsed);
        var released = Count(Order.Releases, elapsed);
        var got = new int[released];
        var has = new int[released]; // servers of each step that have the version now
        int working = 0,
            suspended = 0,
            restored = 0,
            badCopies = 0;
        for (var step = 0; step < released; step++)
        {
            var since = until - Order.Releases[step];
            var counts = Counts(step, since);
            got[step] = has[step] = counts.Installed;
            suspended += counts.Suspended;
            badCopies += counts.BadCopies;
            if (!IsTakenBack(elapsed))
                working += Order.Plan.Steps[step].Servers - counts.Installed - counts.Suspended;
        }
        var back = IsTakenBack(elapsed) ? Order.Rollback : null;
        var backReleased = back is null ? 0 : Count(back.Releases, elapsed);
        for (var step = 0; step < backReleased; step++)
        {
            var done = _wayBack[step].Done(elapsed - back!.Releases[step]);
            working += has[step] - done;
            has[step] -= done;
            restored += done;
        }

        var (baseline, updated, others) = _traffic.Until((int)until.TotalSeconds);
        var second = (int)elapsed.TotalSeconds;
        var (updatedRate, othersRate) = _traffic.Second(second);
        var hits = updatedRate.Hits + othersRate.Hits;
        var (updatedServers, otherServers) = Health(has, suspended, elapsed);
        return new RolloutObservation(
            elapsed,
            Prepared: _package.IsThere && elapsed >= Order.Plan.Pace.Preparation,
            got,
            working,
            suspended,
            StepDoneAt: released == 0 ? null : Done(Order.Releases[released - 1] + _durations[released - 1], elapsed),
            restored,
            RestoreStepDoneAt: backReleased == 0 ? null : Done(back!.Releases[backReleased - 1] + _wayBack[backReleased - 1].Duration, elapsed),
            baseline,
            updated,
            updatedServers,
            otherServers,
            HitsOnPrevious: hits > 0 ? othersRate.Hits / hits : 0
        )
        {
            BadCopies = badCopies,
            Others = others,
            UpdatedRate = updatedRate,
            OthersRate = othersRate,
            Regions = () => Regions(has, elapsed),
        };
    }

    /// <summary>The servers that had suspended themselves by then, at most <paramref name="most"/>.</summary>
    public IReadOnlyList<SuspendedServer> Suspended(TimeSpan elapsed, int most)
    {
        List<SuspendedServer> servers = [];
        var until = Until(elapsed);
        for (var step = 0; step < Count(Order.Releases, elapsed) && servers.Count < most; step++)
        {
            var since = until - Order.Releases[step];
            if (Counts(step, since).Suspended == 0)
                continue;
            var before = Enumerable.Range(0, step).Select(earlier => _fleet.ServersOf(Order.Plan, earlier)).ToList();
            var places = Places(step);
            foreach (var (count, reason) in Installs(step).Suspensions(since))
            {
                foreach (var (region, nth) in Spread(places, count, (step * 8) + servers.Count).Take(most - servers.Count))
                    servers.Add(new(_fleet.Places[region], before.Sum(earlier => earlier[region]) + nth + 1, reason));
            }
        }
        return servers;
    }

    /// <summary>Share of a step's servers in service that have the new version, 0 to 1.</summary>
    public double UpdatedShare(int step, TimeSpan at)
    {
        if (step >= Order.Releases.Count || Order.Releases[step] > at)
            return 0;
        var counts = Counts(step, Until(at) - Order.Releases[step]);
        double has = counts.Installed;
        if (IsTakenBack(at) && step < Order.Rollback!.Releases.Count && Order.Rollback.Releases[step] <= at)
            has -= _wayBack[step].Done(at - Order.Rollback.Releases[step]);
        return has / Math.Max(1, Order.Plan.Steps[step].Servers - counts.Suspended);
    }

    public bool IsOn(Fault fault, TimeSpan at) => fault.IsOn(Order.Plan, Order.Releases, at);

    /// <summary>Share of a step's servers that a fault reaches.</summary>
    public double Reach(int fault, int step) => _reach!.Of(fault, step);

    private bool IsTakenBack(TimeSpan at) => Order.Rollback is { } back && back.From <= at;

    /// <summary>Nothing new is installed once the way back is decided.</summary>
    private TimeSpan Until(TimeSpan elapsed) => IsTakenBack(elapsed) ? Order.Rollback!.From : elapsed;

    private int Installed(int step, TimeSpan elapsed) => Counts(step, elapsed - Order.Releases[step]).Installed;

    private (int Installed, int Suspended, int BadCopies) Counts(int step, TimeSpan since) =>
        since < _durations[step] ? Installs(step).At(since)
        : _losses?[step] is { } loss ? (Order.Plan.Steps[step].Servers - loss.Suspended, loss.Suspended, loss.BadCopies)
        : (Order.Plan.Steps[step].Servers, 0, 0);

    /// <summary>A step once no server of it is at work any more: those that have not installed it have suspended themselves.</summary>
    private (TimeSpan Duration, (int Suspended, int BadCopies) Loss) Settled(int step) => (_durations[step], _losses?[step] ?? default);

    private static (TimeSpan Duration, (int Suspended, int BadCopies) Loss) Settled(StepInstalls installs)
    {
        var (_, suspended, badCopies) = installs.At(installs.Duration);
        return (installs.Duration, (suspended, badCopies));
    }

    /// <summary>Worked out anew for every look: to keep it would add a quarter to what a rollout's course weighs.</summary>
    private StepInstalls Installs(int step) => StepInstalls.Of(this, step);

    private (ServerSample Updated, ServerSample Others) Health(int[] has, int suspended, TimeSpan at)
    {
        var updated = suspended;
        for (var step = 0; step < has.Length; step++)
            updated += has[step];
        var others = Order.Plan.Servers - updated;
        double[] struck = new double[Harms * 2];
        for (var index = 0; index < Order.Faults.Count; index++)
        {
            var fault = Order.Faults[index];
            if (HarmOf(fault, at) is not { } harm)
                continue;
            for (var step = 0; step < Order.Plan.Steps.Count; step++)
            {
                var reached = fault.Share * Reach(index, step);
                var ofStep = step < has.Length ? has[step] : 0;
                struck[(int)harm] += ofStep * reached;
                if (!fault.Scope.OnlyUpdated)
                    struck[Harms + (int)harm] += (Order.Plan.Steps[step].Servers - ofStep) * reached;
            }
        }
        return (Sample(updated, suspended, struck.AsSpan(0, Harms)), Sample(others, 0, struck.AsSpan(Harms)));

        // Each server is counted once, at its worst.
        static ServerSample Sample(int servers, int suspended, Span<double> struck)
        {
            var left = servers - suspended;
            var down = Math.Min(left, (int)Math.Round(struck[(int)Harm.Down]));
            var rebooting = Math.Min(left - down, (int)(left * RebootingOnAnyDay) + (int)Math.Round(struck[(int)Harm.Rebooting]));
            var overloaded = Math.Min(left - down - rebooting, (int)Math.Round(struck[(int)Harm.Overloaded]));
            return new(servers, down, rebooting, overloaded, suspended);
        }
    }

    private Harm? HarmOf(Fault fault, TimeSpan at) =>
        fault.Kind switch
        {
            FaultKind.Unavailable when IsOn(fault, at) => Harm.Down,
            FaultKind.Crash when IsOn(fault, at) || (at >= Reboot && IsOn(fault, at - Reboot)) => Harm.Rebooting,
            FaultKind.Overload when IsOn(fault, at) => Harm.Overloaded,
            _ => null,
        };

    /// <summary>How each region with updated servers does: their hits, and what faults do to them there.</summary>
    private List<RegionHealth> Regions(int[] has, TimeSpan at)
    {
        var second = (int)at.TotalSeconds;
        var mix = Order.Plan.Mixes?.Updated ?? Order.Traffic.Mix;
        var figures = new (double Updated, double Hits, double Errors, double Harmed)[_fleet.Places.Count];
        for (var step = 0; step < has.Length; step++)
        {
            var planned = Order.Plan.Steps[step];
            var suspended = Counts(step, Until(at) - Order.Releases[step]).Suspended;
            var (share, hits) = (
                (double)has[step] / planned.Servers,
                Order.Traffic.HitsPerSecond * _traffic.ShareOf(step, second) * UpdatedShare(step, at)
            );
            var servers = _fleet.ServersOf(Order.Plan, step);
            var places = suspended == 0 ? [] : Places(step);
            var inPlaces = Math.Max(1, places.Sum());
            for (var region = 0; region < servers.Count; region++)
            {
                if (servers[region] == 0)
                    continue;
                ref var figure = ref figures[region];
                var gone = suspended == 0 ? 0 : (double)suspended * places[region] / inPlaces;
                var ofHits = hits * servers[region] / planned.Servers;
                figure.Updated += (servers[region] * share) + gone;
                figure.Hits += ofHits;
                figure.Errors += ofHits * (_traffic.UpdatedAnswer ? mix.ClientError4xx + mix.ServerError5xx : 1);
                figure.Harmed += gone;
                foreach (var fault in Order.Faults)
                {
                    if (!fault.Scope.Holds(_fleet.Places[region]))
                        continue;
                    if (IsOn(fault, at))
                        figure.Errors += ofHits * fault.ErrorShare * fault.Scope.Servers;
                    if (HarmOf(fault, at) is not null)
                        figure.Harmed += servers[region] * share * fault.Share * fault.Scope.Servers;
                }
            }
        }
        List<RegionHealth> regions = [];
        // Of fractions that add up to whole servers each whole one falls to the region that completes it: the counts add up, too.
        double updatedSoFar = 0.5,
            harmedSoFar = 0.5;
        for (var region = 0; region < figures.Length; region++)
        {
            var (updated, hits, errors, harmed) = figures[region];
            var count = Whole(ref updatedSoFar, updated);
            var struck = Whole(ref harmedSoFar, harmed);
            if (count > 0)
                regions.Add(new(_fleet.Places[region], count, hits, Math.Min(hits, errors), Math.Min(count, struck)));
        }
        return regions;
    }

    private static int Whole(ref double soFar, double more)
    {
        var before = Math.Floor(soFar);
        soFar += more;
        return (int)(Math.Floor(soFar) - before);
    }

    /// <summary>The servers of a step by region, those only where its installs were in trouble, if that was somewhere.</summary>
    private int[] Places(int step)
    {
        int[] servers = [.. _fleet.ServersOf(Order.Plan, step)];
        List<FaultScope> scopes =
        [
            .. Order
                .Faults.Where(fault =>
                    fault.Kind is FaultKind.CorruptedTransfer or FaultKind.SlowInstall && fault.Scope.IsLocal && IsOn(fault, Order.Releases[step])
                )
                .Select(fault => fault.Scope),
        ];
        int[] there =
            scopes.Count == 0
                ? servers
                : [.. servers.Select((count, region) => scopes.Exists(scope => scope.Holds(_fleet.Places[region])) ? count : 0)];
        return there.Sum() > 0 ? there : servers;
    }

    /// <summary>So many different servers out of those in each region, spread over all of them.</summary>
    private static IEnumerable<(int Region, int Nth)> Spread(int[] servers, int count, int start)
    {
        var all = servers.Sum();
        // Counting on by a stride that shares no factor with the whole visits everyone once.
        var stride = (int)(all * 0.618) | 1;
        while (Gcd(stride, all) != 1)
            stride++;
        var starts = new int[servers.Length];
        for (var region = 1; region < servers.Length; region++)
            starts[region] = starts[region - 1] + servers[region - 1];
        for (var i = 0; i < Math.Min(count, all); i++)
        {
            var at = (int)(((long)(i + start) * stride) % all);
            var region = Array.BinarySearch(starts, at);
            region = region >= 0 ? region : ~region - 1;
            // Of regions that start at the same number, all but the last are empty.
            while (region + 1 < servers.Length && starts[region + 1] == starts[region])
                region++;
            yield return (region, at - starts[region]);
        }

        static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
    }

    /// <summary>When the last thing that is wanted was wanted.</summary>
    private static TimeSpan Newest(RolloutOrder order)
    {
        var newest = order.Releases is [.., var release] ? release : TimeSpan.Zero;
        if (order.Rollback is not { } back)
            return newest;
        var taken = back.Releases is [.., var last] ? last : back.From;
        return taken > newest ? taken : newest;
    }

    private static int Count(IReadOnlyList<TimeSpan> releases, TimeSpan elapsed)
    {
        var count = releases.Count;
        while (count > 0 && releases[count - 1] > elapsed)
            count--;
        return count;
    }

    private static TimeSpan? Done(TimeSpan at, TimeSpan elapsed) => at <= elapsed ? at : null;

    private const int Harms = 3;

    private enum Harm
    {
        Down,
        Rebooting,
        Overloaded,
    }
}
