namespace PropertyManager.Domain.Rollouts;

/// <summary>
/// How fast a rollout goes. An install takes a log-normal time; the figures are fitted so that whole activations meet the source's table
/// (source: how activation works, "Time estimates").
/// </summary>
/// <param name="Preparation">Until the package is built, signed and handed out.</param>
/// <param name="Install">Median time of one server's install.</param>
/// <param name="Spread">Standard deviation of the logarithm of an install's time.</param>
/// <param name="Groups">How many groups a stage is cut into, where the regions' sizes allow.</param>
/// <param name="CanarySoak">Watch after the canary group.</param>
/// <param name="Soak">Watch after every other group.</param>
/// <param name="Patience">A step waits this long for its last servers; those that are late suspend themselves.</param>
public sealed record RolloutPace(
    TimeSpan Preparation,
    TimeSpan Install,
    double Spread,
    int Groups,
    TimeSpan CanarySoak,
    TimeSpan Soak,
    TimeSpan Patience
)
{
    /// <summary>2–3 min.</summary>
    public static RolloutPace Staging { get; } = new(Seconds(20), Seconds(11), 0.35, 3, Seconds(0), Seconds(4), Seconds(60));

    /// <summary>Live traffic in 3–4 min for 90 %, 7 min for 99 %; all of it in up to 15 min.</summary>
    public static RolloutPace Standard { get; } = new(Seconds(25), Seconds(9), 0.4, 4, Seconds(35), Seconds(10), Seconds(150));

    /// <summary>2–3 min: the same phases, more servers at a time, little watching between.</summary>
    public static RolloutPace FastFallback { get; } = new(Seconds(8), Seconds(3.5), 0.35, 3, Seconds(8), Seconds(1), Seconds(30));

    /// <summary>Up to 60 min: small groups, long watches.</summary>
    public static RolloutPace Exception { get; } = new(Seconds(180), Seconds(30), 0.4, 8, Seconds(180), Seconds(45), Seconds(240));

    /// <summary>Taking a version back: the package before it lies on the servers still.</summary>
    public static RolloutPace Rollback { get; } = new(Seconds(2), Seconds(2.5), 0.3, 3, Seconds(0), Seconds(0), Seconds(20));

    /// <summary>How long a step with so many servers usually takes: the middle of the distribution of its slowest server.</summary>
    public TimeSpan Expected(int servers) => Install * Math.Exp(Spread * Normal.Quantile(Math.Pow(0.5, 1.0 / Math.Max(1, servers))));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
