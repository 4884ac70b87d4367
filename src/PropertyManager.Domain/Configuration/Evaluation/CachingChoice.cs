namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>The behavior <c>caching</c>.</summary>
/// <param name="Behavior">MAX_AGE, NO_STORE, BYPASS_CACHE, CACHE_CONTROL, EXPIRES or CACHE_CONTROL_AND_EXPIRES.</param>
/// <param name="Ttl">How long, or how long where the origin's headers do not say.</param>
internal sealed record CachingChoice(string Behavior, Func<EvaluationRun, TimeSpan?> Ttl)
{
    /// <summary>Whether the origin's headers say how long.</summary>
    public bool FollowsOrigin => Behavior is "CACHE_CONTROL" or "EXPIRES" or "CACHE_CONTROL_AND_EXPIRES";

    public static Action<EvaluationRun, int> Compile(OptionReader reader)
    {
        var behavior = reader.Choice("behavior", "MAX_AGE", "NO_STORE", "BYPASS_CACHE", "CACHE_CONTROL_AND_EXPIRES", "CACHE_CONTROL", "EXPIRES");
        var choice = new CachingChoice(
            behavior,
            behavior switch
            {
                "MAX_AGE" => reader.Duration("ttl"),
                "NO_STORE" or "BYPASS_CACHE" => _ => null,
                _ => reader.Duration("defaultTtl", "0s"),
            }
        );
        return (run, rule) => run.State.Caching = new(choice, rule, ++run.Turn);
    }
}
