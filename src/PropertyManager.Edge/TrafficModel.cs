using PropertyManager.Domain.Health;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Edge;

/// <summary>The hits on a property while an order is carried out: its usual mix with a little noise, and what faults make of it.</summary>
internal sealed class TrafficModel(RolloutOrder order)
{
    /// <summary>Share of servers that are down or rebooting on any day.</summary>
    public const double HarmedOnAnyDay = 0.0002;

    /// <summary>Share of the hits from end users who were mapped to servers without live traffic since the plan was made.</summary>
    public const double Moved = 0.02;

    private const int NoiseDraw = 11;
    private const double ErrorNoise = 0.06;
    private static readonly TimeSpan BaselineWindow = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan NoiseLength = TimeSpan.FromSeconds(10);

    private readonly int _live = order.Plan.LiveServers;

    /// <summary>The hits of the 5 minutes before the activation.</summary>
    public TrafficSample Baseline => Usual(order.Traffic.HitsPerSecond * BaselineWindow.TotalSeconds, block: -1);

    /// <summary>The hits that updated servers answered <paramref name="until"/> now.</summary>
    /// <param name="until">Since the activation's start.</param>
    /// <param name="updatedAt">When the mean server of each step that was started had the version.</param>
    public TrafficSample Updated(TimeSpan until, IReadOnlyList<TimeSpan> updatedAt)
    {
        if (order.Network == Domain.Network.Staging)
            return default;
        double hits = 0,
            client = 0,
            server = 0;
        for (var step = 0; step < updatedAt.Count; step++)
        {
            var rate = order.Traffic.HitsPerSecond * ShareOf(order.Plan.Steps[step]);
            hits += rate * Seconds(updatedAt[step], until);
            foreach (var fault in order.Faults)
            {
                var struck = rate * fault.Share * Seconds(updatedAt[step] > fault.From ? updatedAt[step] : fault.From, until);
                client += fault.Kind == FaultKind.ClientErrors ? struck : 0;
                server += fault.Kind == FaultKind.ServerErrors ? struck : 0;
            }
        }
        var spared = Usual(Math.Max(0, hits - client - server), (int)(until / NoiseLength));
        return spared with { ClientError4xx = spared.ClientError4xx + client, ServerError5xx = spared.ServerError5xx + server };
    }

    /// <summary>Share of the hits that meet a server with the version before.</summary>
    /// <param name="installed">Servers of each step that have the new version now.</param>
    /// <param name="suspended">Servers of each step that take no traffic: the others of the step answer for them.</param>
    public double OnPrevious(IReadOnlyList<int> installed, IReadOnlyList<int> suspended)
    {
        if (order.Network == Domain.Network.Staging)
            return 0;
        var updated = 0.0;
        for (var step = 0; step < installed.Count; step++)
            updated += ShareOf(order.Plan.Steps[step]) * installed[step] / Math.Max(1, order.Plan.Steps[step].Servers - suspended[step]);
        return Math.Clamp(1 - updated, 0, 1);
    }

    /// <summary>Share of the property's hits that a step's servers answer.</summary>
    private double ShareOf(RolloutStep step)
    {
        var rest = order.Plan.Servers - _live;
        var moved = rest == 0 ? 0 : Moved;
        return step.Stage == RolloutStage.World ? moved * step.Servers / rest : (1 - moved) * step.Servers / Math.Max(1, _live);
    }

    private TrafficSample Usual(double hits, int block)
    {
        var mix = order.Traffic.Mix;
        var noise = SimulationRandom.LogNormal(1, ErrorNoise, SimulationRandom.Uniform(order.Plan.Seed, NoiseDraw, block));
        var errors = (mix.ClientError4xx + mix.ServerError5xx) * noise;
        var rest = (1 - errors) / Math.Max(mix.Ok2xx + mix.Redirect3xx, double.Epsilon);
        return new(hits * mix.Ok2xx * rest, hits * mix.Redirect3xx * rest, hits * mix.ClientError4xx * noise, hits * mix.ServerError5xx * noise);
    }

    private static double Seconds(TimeSpan from, TimeSpan until) => Math.Max(0, (until - from).TotalSeconds);
}
