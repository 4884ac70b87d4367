using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Edge;

/// <summary>
/// How the servers of one step get their version: each install takes a log-normal time, and the step is done when its slowest is, or when
/// patience ends.
/// </summary>
internal readonly struct InstallCurve
{
    private readonly int _servers;
    private readonly double _median;
    private readonly double _spread;
    private readonly double _slowest;
    private readonly double _patience;

    /// <param name="servers">How many install.</param>
    /// <param name="stage">Of the step.</param>
    /// <param name="pace">The plan's.</param>
    /// <param name="slowness">This step's installs take so many times the pace's.</param>
    /// <param name="draw">Uniform, strictly between 0 and 1: places the slowest server in its distribution.</param>
    public InstallCurve(int servers, RolloutStage stage, RolloutPace pace, double slowness, double draw)
    {
        _servers = servers;
        _median = pace.InstallIn(stage).TotalSeconds * slowness;
        _spread = pace.Spread;
        _patience = pace.Patience.TotalSeconds;
        // The largest of n draws lies where n powers of its probability do: one draw gives it exactly.
        _slowest = _median * Math.Exp(_spread * Normal.Quantile(Math.Clamp(Math.Pow(draw, 1.0 / Math.Max(1, servers)), 1e-12, 1 - 1e-12)));
    }

    /// <summary>From the step's start until no server of it works on it any more.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Math.Min(_slowest, _patience));

    /// <summary>Servers that are not done when patience ends.</summary>
    public int Late => _slowest <= _patience ? 0 : Math.Max(1, _servers - (int)(_servers * Share(_patience)));

    /// <summary>Mean time of an install.</summary>
    public TimeSpan Mean => TimeSpan.FromSeconds(_median * Math.Exp(_spread * _spread / 2));

    /// <summary>Servers that are done <paramref name="since"/> the step's start.</summary>
    public int Done(TimeSpan since)
    {
        var most = _servers - Late;
        if (since >= Duration)
            return most;
        // Until the slowest is done there is one missing.
        return since <= TimeSpan.Zero ? 0 : Math.Min(Math.Max(0, most - 1), (int)(_servers * Share(since.TotalSeconds)));
    }

    private double Share(double seconds) => Normal.Cdf(Math.Log(seconds / _median) / _spread);
}
