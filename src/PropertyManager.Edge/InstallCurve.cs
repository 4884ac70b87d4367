using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Edge;

/// <summary>
/// How servers that start together get their version: each install takes a log-normal time, and they are done when the slowest is, or when patience
/// ends. Those that are late then suspend themselves.
/// </summary>
internal readonly struct InstallCurve
{
    private readonly double _median;
    private readonly double _spread;
    private readonly double _delay;
    private readonly int _most;

    /// <param name="servers">How many start.</param>
    /// <param name="median">Seconds of an install that half of them stay under.</param>
    /// <param name="pace">The plan's.</param>
    /// <param name="draw">Uniform, strictly between 0 and 1: places the slowest server in its distribution.</param>
    /// <param name="stragglers">So many hang, and never get done.</param>
    public InstallCurve(int servers, double median, RolloutPace pace, double draw, int stragglers = 0)
    {
        Servers = servers;
        _median = median;
        _spread = pace.Spread;
        // The largest of n draws lies where n powers of its probability do: one draw gives it exactly.
        var slowest = median * Math.Exp(_spread * Normal.Quantile(Math.Clamp(Math.Pow(draw, 1.0 / Math.Max(1, servers)), 1e-12, 1 - 1e-12)));
        var patience = pace.Patience.TotalSeconds;
        var late = slowest <= patience ? 0 : Math.Max(1, servers - (int)(servers * Share(patience)));
        Late = Math.Min(servers, Math.Max(late, stragglers));
        _most = servers - Late;
        Duration = TimeSpan.FromSeconds(Late > 0 ? patience : slowest);
    }

    private InstallCurve(InstallCurve curve, double delay, FaultedCopies copies)
    {
        this = curve;
        _delay = delay;
        Copies = copies;
        Duration = curve.Duration + TimeSpan.FromSeconds(delay);
    }

    public int Servers { get; }

    /// <summary>What their copies were like.</summary>
    public FaultedCopies Copies { get; }

    /// <summary>From the start until no server of them works on it any more.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Servers that are not done when patience ends.</summary>
    public int Late { get; }

    /// <summary>The same after so many bad copies, each of which took its time to fetch and to check.</summary>
    public InstallCurve After(FaultedCopies copies) => new(this, _median * FetchShare * copies.Bad, copies);

    /// <summary>Servers that are done <paramref name="since"/> the start: they have installed it, or refused the last copy.</summary>
    public int Done(TimeSpan since)
    {
        if (since >= Duration)
            return _most;
        var seconds = since.TotalSeconds - _delay;
        // Until the slowest is done there is one missing.
        return seconds <= 0 ? 0 : Math.Min(Math.Max(0, _most - 1), (int)(Servers * Share(seconds)));
    }

    /// <summary>Of an install, the part that goes into fetching and checking the copy.</summary>
    private const double FetchShare = 0.3;

    private double Share(double seconds) => Normal.Cdf(Math.Log(seconds / _median) / _spread);
}

/// <summary>How many copies of the package were bad, and whether the server gave up over them.</summary>
internal readonly record struct FaultedCopies(int Bad, bool Refuses)
{
    /// <summary>After so many a server suspends itself.</summary>
    public const int Most = 3;
}
