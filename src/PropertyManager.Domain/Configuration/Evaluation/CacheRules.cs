using System.Globalization;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Whether, how long and by which key an object is kept, from the settings so far and what the origin answers.</summary>
internal static class CacheRules
{
    /// <summary>How long errors are kept when no rule says (a choice of this project).</summary>
    private static readonly TimeSpan ErrorTtl = TimeSpan.FromSeconds(10);

    /// <summary>Whether the object is kept at all.</summary>
    public static bool IsCacheable(EvaluationRun run) => Decide(run).Kind is CacheKind.Cached or CacheKind.ByOrigin;

    /// <summary>What is done with the object.</summary>
    public static (CacheKind Kind, TimeSpan? Ttl) Decide(EvaluationRun run)
    {
        ref var state = ref run.State;
        var cacheableMethod = run.Request.Method is "GET" or "HEAD" || (run.Request.Method == "POST" && state.CachesPost);
        if (!cacheableMethod || !run.AsksOrigin)
        {
            return (CacheKind.Bypass, null);
        }

        var choice = state.Caching.Value;
        switch (choice?.Behavior)
        {
            case "NO_STORE":
                return (CacheKind.NoStore, null);
            case "BYPASS_CACHE":
                return (CacheKind.Bypass, null);
        }

        var status = run.ResponseStatus;
        if (status is 302 or 307 && !state.CachesRedirects)
        {
            return (CacheKind.Bypass, null);
        }

        if (status is 404 or 405 or (>= 501 and <= 505))
        {
            return state.CacheError.Value is { } errors
                ? (errors.Enabled ? CacheKind.Cached : CacheKind.Bypass, errors.Enabled ? errors.Ttl(run) : null)
                : (CacheKind.Cached, ErrorTtl);
        }

        if (!state.IgnoresVary && Varies(run))
        {
            return (CacheKind.NoStore, null);
        }

        return choice is { FollowsOrigin: false } ? (CacheKind.Cached, choice.Ttl(run)) : ByOrigin(run, choice);
    }

    /// <summary>Host, path and the parts of the query that count, as the origin is asked for it: a rewritten path is another object.</summary>
    public static string Key(EvaluationRun run)
    {
        var host = run.State.Origin.Value is { KeyHost: true } ? ForwardBehaviors.Host(run) : null;
        var (path, query) = ForwardBehaviors.PathAndQuery(run);
        var counted = run.State.QueryKey.Value?.Of(query, run) ?? query;
        var key = counted.Length == 0 ? path : $"{path}?{counted}";
        if (run.State.KeyIgnoresCase)
        {
            key = key.ToLowerInvariant();
        }

        return (host ?? run.Request.Host) + string.Join("", [key, .. run.KeyParts.Select(part => $" {part}")]);
    }

    /// <summary>Whether a directive of <c>Cache-Control</c> is <c>max-age</c>, and how long it says; at most 68 years.</summary>
    public static bool IsMaxAge(Pair directive, out TimeSpan age)
    {
        var seconds = directive.Name.Equals("max-age", StringComparison.OrdinalIgnoreCase) ? Numbers.Parse(directive.Value) : null;
        age = TimeSpan.FromSeconds(Math.Clamp(seconds ?? 0, 0, int.MaxValue));
        return seconds is not null;
    }

    private static (CacheKind Kind, TimeSpan? Ttl) ByOrigin(EvaluationRun run, CachingChoice? choice)
    {
        var behavior = choice?.Behavior ?? "CACHE_CONTROL_AND_EXPIRES";
        var control = behavior == "EXPIRES" ? null : HeaderChange.OfResponse(run, "Cache-Control");
        TimeSpan? ttl = null;
        foreach (var pair in new Pairs(control, ','))
        {
            if (pair.Name.Equals("no-store", StringComparison.OrdinalIgnoreCase) || pair.Name.Equals("private", StringComparison.OrdinalIgnoreCase))
            {
                return (CacheKind.NoStore, null);
            }

            if (pair.Name.Equals("no-cache", StringComparison.OrdinalIgnoreCase))
            {
                ttl = TimeSpan.Zero;
            }
            else if (IsMaxAge(pair, out var age))
            {
                ttl ??= age;
            }
        }

        if (ttl is null && behavior != "CACHE_CONTROL" && HeaderChange.OfResponse(run, "Expires") is { } text)
        {
            // A date in the past, and a text that is none (commonly 0), mean: not fresh.
            var left = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires)
                ? expires - run.Request.Time
                : TimeSpan.Zero;
            ttl = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }

        return (CacheKind.ByOrigin, ttl ?? choice?.Ttl(run));
    }

    private static bool Varies(EvaluationRun run) =>
        HeaderChange.OfResponse(run, "Vary") is { Length: > 0 } vary
        && !string.Equals(vary.Trim(), "Accept-Encoding", StringComparison.OrdinalIgnoreCase);
}
