namespace PropertyManager.Domain.Rollouts;

/// <summary>
/// How fast a rollout goes. An install takes a log-normal time; the figures are fitted so that whole activations meet the source's table
/// (source: how activation works, "Time estimates"). The fit is over properties from 40 to 45,000 hits/s, whose live traffic stands on 7 to
/// 11,000 servers; a test holds it against the table.
/// </summary>
/// <param name="Preparation">Until the package is built, signed and handed out.</param>
/// <param name="Install">Median time of one server's install.</param>
/// <param name="WorldInstall">The same in the world stage: servers without the property's live traffic come last and are in no hurry.</param>
/// <param name="Spread">Standard deviation of the logarithm of an install's time.</param>
/// <param name="Groups">How many groups a stage is cut into, where the regions' sizes allow.</param>
/// <param name="CanarySoak">Watch after the canary group.</param>
/// <param name="Soak">Watch after every other group.</param>
/// <param name="Patience">A step waits this long for its last servers; those that are late suspend themselves.</param>
public sealed record RolloutPace(
    TimeSpan Preparation,
    TimeSpan Install,
    TimeSpan WorldInstall,
    double Spread,
    int Groups,
    TimeSpan CanarySoak,
    TimeSpan Soak,
    TimeSpan Patience
)
{
    /// <summary>2–3 min.</summary>
    public static RolloutPace Staging { get; } = new(Seconds(29), Seconds(13.5), Seconds(13.5), 0.22, 3, Seconds(0), Seconds(4), Seconds(60));

    /// <summary>Live traffic in 3–4 min for 90 %, 7 min for 99 %; all of it in up to 15 min.</summary>
    public static RolloutPace Standard { get; } = new(Seconds(50), Seconds(6.5), Seconds(31), 0.22, 4, Seconds(85), Seconds(6), Seconds(150));

    /// <summary>2–3 min: the same phases, more servers at a time, little watching between.</summary>
    public static RolloutPace FastFallback { get; } = new(Seconds(12), Seconds(3), Seconds(6.7), 0.22, 3, Seconds(10), Seconds(2), Seconds(50));

    /// <summary>Up to 60 min: small groups, long watches.</summary>
    public static RolloutPace Exception { get; } = new(Seconds(180), Seconds(24), Seconds(40), 0.22, 8, Seconds(180), Seconds(60), Seconds(300));

    /// <summary>Taking a version back: the package before it lies on the servers still.</summary>
    public static RolloutPace Rollback { get; } = new(Seconds(2), Seconds(2.5), Seconds(2.5), 0.22, 3, Seconds(0), Seconds(0), Seconds(60));

    /// <summary>Median time of one server's install in a stage.</summary>
    public TimeSpan InstallIn(RolloutStage stage) => stage == RolloutStage.World ? WorldInstall : Install;

    /// <summary>How long the installs of a step usually take: the middle of the distribution of its slowest server.</summary>
    public TimeSpan Expected(RolloutStep step) =>
        InstallIn(step.Stage) * Math.Exp(Spread * Normal.Quantile(Math.Pow(0.5, 1.0 / Math.Max(1, step.Servers))));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
