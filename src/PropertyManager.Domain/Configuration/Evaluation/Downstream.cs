using System.Globalization;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>The behavior <c>downstreamCache</c>: what clients are told about keeping the object.</summary>
internal sealed record Downstream(string Behavior, string Lifetime, Func<EvaluationRun, TimeSpan?> Ttl, string Sends, bool Private)
{
    public static Action<EvaluationRun, int> Compile(OptionReader reader)
    {
        var behavior = reader.Choice("behavior", "ALLOW", "MUST_REVALIDATE", "BUST", "TUNNEL_ORIGIN", "NONE");
        var lifetime = reader.Choice("allowBehavior", "LESSER", "GREATER", "REMAINING_LIFETIME", "FROM_MAX_AGE", "FROM_VALUE", "PASS_ORIGIN");
        var downstream = new Downstream(
            behavior,
            lifetime,
            behavior == "ALLOW" && lifetime == "FROM_VALUE" ? reader.Duration("ttl") : _ => null,
            reader.Choice("sendHeaders", "CACHE_CONTROL_AND_EXPIRES", "CACHE_CONTROL", "EXPIRES", "PASS_ORIGIN"),
            reader.Flag("sendPrivate")
        );
        return (run, rule) => run.State.Downstream = new(downstream, rule, ++run.Turn);
    }

    /// <summary>The headers that it writes (or removes, with a null value) for this response.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Headers(EvaluationRun run, TimeSpan? edgeTtl)
    {
        switch (Behavior)
        {
            case "BUST":
                return
                [
                    new("Cache-Control", "max-age=0, no-cache, no-store"),
                    new("Expires", run.Request.Time.ToString("R", CultureInfo.InvariantCulture)),
                    new("Pragma", "no-cache"),
                ];
            case "MUST_REVALIDATE":
                return [new("Cache-Control", "no-cache"), new("Expires", null)];
            case "NONE":
                return [new("Cache-Control", null), new("Expires", null), new("Pragma", null)];
            case "ALLOW" when Allowed(run, edgeTtl) is { } ttl && Lifetime != "PASS_ORIGIN" && Sends != "PASS_ORIGIN":
                return Allow(run, ttl);
            default:
                return [];
        }
    }

    private IEnumerable<KeyValuePair<string, string?>> Allow(EvaluationRun run, TimeSpan ttl)
    {
        if (Sends != "EXPIRES")
        {
            yield return new(
                "Cache-Control",
                string.Create(CultureInfo.InvariantCulture, $"{(Private ? "private, " : "")}max-age={(long)ttl.TotalSeconds}")
            );
        }

        if (Sends != "CACHE_CONTROL" && DateTimeOffset.MaxValue - run.Request.Time > ttl)
        {
            yield return new("Expires", (run.Request.Time + ttl).ToString("R", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The object is taken to be fetched just now: what is left of its time is all of it.</summary>
    private TimeSpan? Allowed(EvaluationRun run, TimeSpan? edge)
    {
        var origin = OriginAge(run);
        return Lifetime switch
        {
            "FROM_VALUE" => Ttl(run),
            "REMAINING_LIFETIME" or "FROM_MAX_AGE" => edge,
            "GREATER" => edge is null || origin > edge ? origin : edge,
            _ => edge is null || origin < edge ? origin ?? edge : edge,
        };
    }

    private static TimeSpan? OriginAge(EvaluationRun run)
    {
        foreach (var pair in new Pairs(HeaderChange.OfResponse(run, "Cache-Control"), ','))
        {
            if (CacheRules.IsMaxAge(pair, out var age))
            {
                return age;
            }
        }

        return null;
    }
}
