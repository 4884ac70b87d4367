using PropertyManager.Domain;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Edge;

/// <summary>
/// The hits on a property while an order is carried out, second by second, on servers that have the new version and on the others apart: the
/// property's usual mix as real traffic wobbles, and what faults make of it.
/// </summary>
/// <param name="course">Whose servers they are.</param>
/// <param name="before">The same course under an older order: hits that were answered stay answered.</param>
internal sealed class TrafficModel(RolloutCourse course, TrafficModel? before)
{
    /// <summary>Draws of one second, told apart by the first number; those of the servers that were not updated come after.</summary>
    private const int HitsDraw = 31;
    private const int ClientDraw = 32;
    private const int ServerDraw = 33;
    private const int OthersDraw = 10;
    private const int MovedDraw = 12;
    private const int BaselineSeconds = 300;

    /// <summary>Users are mapped to other places all the time; after a while as many come back as leave.</summary>
    private const double MovedSeconds = 400;
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private const double LeastMoved = 0.01;
    private const double MostMoved = 0.05;

    private readonly RolloutOrder _order = course.Order;
    private readonly int _live = course.Order.Plan.LiveServers;
    private Sums _sums = before?.Held() ?? default;

    /// <summary>Up to when hits were counted.</summary>
    public TimeSpan Counted => TimeSpan.FromSeconds(Held().Second);

    /// <summary>Nobody asks for anything.</summary>
    private bool IsQuiet => _order.Network == Network.Staging || !(_order.Traffic.HitsPerSecond > 0);

    /// <summary>Whether servers that were updated know the property.</summary>
    public bool UpdatedAnswer => _order.Plan.Answering != Answering.Others;

    private bool OthersAnswer => _order.Plan.Answering != Answering.Updated;

    private StatusMix UpdatedMix => _order.Plan.Mixes?.Updated ?? _order.Traffic.Mix;

    private StatusMix OthersMix => _order.Plan.Mixes?.Others ?? _order.Traffic.Mix;

    private long Seed => _order.Plan.Seed;

    /// <summary>The hits of the 5 minutes before the activation, and those since its start up to a full second.</summary>
    public (TrafficSample Baseline, TrafficSample Updated, TrafficSample Others) Until(int second)
    {
        if (IsQuiet)
            return default;
        // The engine looks, and so do pages.
        lock (_order)
            return Count(second);
    }

    private (TrafficSample Baseline, TrafficSample Updated, TrafficSample Others) Count(int second)
    {
        var (from, updated, others) = second < _sums.Second ? (0, default, default) : (_sums.Second, _sums.Updated, _sums.Others);
        while (from < second)
        {
            var (onUpdated, onOthers) = Second(++from);
            updated += onUpdated;
            others += onOthers;
        }
        var baseline = _sums.Baseline ?? SumBaseline();
        _sums = second >= _sums.Second ? new(baseline, second, updated, others) : _sums with { Baseline = baseline };
        return (baseline, updated, others);
    }

    /// <summary>What was counted, of one instant: a page may be counting.</summary>
    private Sums Held()
    {
        lock (_order)
            return _sums;
    }

    /// <summary>The hits of the one second that ends at <paramref name="second"/>.</summary>
    public (TrafficSample Updated, TrafficSample Others) Second(int second)
    {
        if (IsQuiet)
            return default;
        var at = TimeSpan.FromSeconds(second);
        var hits = _order.Traffic.HitsPerSecond * SimulationNoise.Rate(Seed, second);
        Struck updated = default,
            others = default;
        var moved = Moved(second);
        for (var step = 0; step < _order.Plan.Steps.Count; step++)
        {
            var share = ShareOf(step, moved);
            var has = course.UpdatedShare(step, at);
            updated.Hits += share * has;
            others.Hits += share * (1 - has);
            for (var index = 0; index < _order.Faults.Count; index++)
            {
                var fault = _order.Faults[index];
                // What begins at an instant shows in the second that begins there.
                if (fault.ErrorShare is var errors and > 0 && course.IsOn(fault, at - OneSecond))
                {
                    var reached = share * errors * course.Reach(index, step);
                    updated.Add(fault.Kind, reached * has);
                    others.Add(fault.Kind, fault.Scope.OnlyUpdated ? 0 : reached * (1 - has));
                }
            }
        }
        return (
            Sample(hits, updated, second, draws: 0, UpdatedMix, UpdatedAnswer),
            Sample(hits, others, second, OthersDraw, OthersMix, OthersAnswer)
        );
    }

    /// <summary>Share of the property's hits that a step's servers answer: users who were mapped elsewhere meet servers without live traffic.</summary>
    public double ShareOf(int step, int second) => ShareOf(step, Moved(second));

    private double ShareOf(int index, double moved)
    {
        var step = _order.Plan.Steps[index];
        var rest = _order.Plan.Servers - _live;
        return step.Stage == RolloutStage.World ? moved * step.Servers / rest : (rest == 0 ? 1 : 1 - moved) * step.Servers / Math.Max(1, _live);
    }

    private double Moved(int second)
    {
        // Without a server that had live traffic when the plan was made, all of it is elsewhere.
        if (_live == 0)
            return 1;
        var most = LeastMoved + ((MostMoved - LeastMoved) * SimulationRandom.Uniform(Seed, MovedDraw, 0));
        return most * (1 - Math.Exp(-second / MovedSeconds));
    }

    private TrafficSample SumBaseline()
    {
        TrafficSample sum = default;
        // No version was active: nobody was sent here.
        if (!OthersAnswer)
            return sum;
        for (var second = -BaselineSeconds; second < 0; second++)
            sum += Sample(
                _order.Traffic.HitsPerSecond * SimulationNoise.Rate(Seed, second),
                new Struck { Hits = 1 },
                second,
                draws: 0,
                OthersMix,
                answered: true
            );
        return sum;
    }

    /// <param name="hits">Expected on all servers.</param>
    /// <param name="struck">The share of them that is asked about, and how much of it faults take.</param>
    /// <param name="second">Which second.</param>
    /// <param name="draws">Tells the draws of one kind of servers from those of the other.</param>
    /// <param name="mix">How these servers answer when nothing is wrong with them.</param>
    /// <param name="answered">Whether these servers know the property; they refuse all hits on it otherwise.</param>
    private TrafficSample Sample(double hits, Struck struck, int second, int draws, StatusMix mix, bool answered)
    {
        if (struck.Hits <= 0)
            return default;
        var noise = SimulationNoise.Errors(Seed, second);
        var faulted = struck.Client + struck.Server;
        var scale = faulted > struck.Hits ? struck.Hits / faulted : 1;
        var spared = struck.Hits - (faulted * scale);
        var client =
            (struck.Client * scale)
            + (spared * Wobbling(mix.ClientError4xx, _order.Traffic.Mix.ClientError4xx, noise * SimulationNoise.ClientErrors(Seed, second)));
        var server = (struck.Server * scale) + (spared * Wobbling(mix.ServerError5xx, _order.Traffic.Mix.ServerError5xx, noise));
        var total = Count(hits * struck.Hits, HitsDraw);
        if (!answered)
            return new(0, 0, total, 0);
        var client4xx = Math.Min(total, Count(hits * client, ClientDraw));
        var server5xx = Math.Min(total - client4xx, Count(hits * server, ServerDraw));
        var rest = total - client4xx - server5xx;
        var redirects = rest * mix.Redirect3xx / Math.Max(mix.Ok2xx + mix.Redirect3xx, double.Epsilon);
        return new(rest - redirects, redirects, client4xx, server5xx);

        double Count(double mean, int draw) => SimulationNoise.Poisson(mean, SimulationRandom.Uniform(Seed, draw + draws, second));
    }

    /// <summary>The errors of a normal day come and go; what rules answer with errors, they always do.</summary>
    private static double Wobbling(double errors, double usual, double noise)
    {
        var wobbling = Math.Min(errors, usual);
        return Math.Min(1, (wobbling * noise) + errors - wobbling);
    }

    /// <summary>The hits that were counted so far.</summary>
    private readonly record struct Sums(TrafficSample? Baseline, int Second, TrafficSample Updated, TrafficSample Others);

    /// <summary>Shares of all hits.</summary>
    private struct Struck
    {
        public double Hits;
        public double Client;
        public double Server;

        public void Add(FaultKind kind, double share)
        {
            if (kind == FaultKind.ClientErrors)
                Client += share;
            else
                Server += share;
        }
    }
}
