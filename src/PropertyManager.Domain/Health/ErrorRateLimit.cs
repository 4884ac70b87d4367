using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Domain.Health;

/// <summary>
/// Cancels an activation when answers get extremely worse on the updated servers (source: how activation works, "HTTP error rate limit").
/// Compared are the updated servers' hits since they were updated with the property's hits before the activation.
/// </summary>
public static class ErrorRateLimit
{
    /// <summary>The check's name on the screen.</summary>
    public const string Name = "HTTP error rate limit";

    /// <summary>Hits/s: with fewer on average the limit does not act, since small traffic varies by itself.</summary>
    public const double LeastTraffic = 1000;

    /// <summary>Hits of updated servers: with fewer nothing is decided.</summary>
    public const double LeastHits = 1000;

    /// <summary>A success ratio at or under this share of what it was has fallen by 90 %.</summary>
    public const double Drop = 0.1;

    /// <summary>An error ratio over so many times what it was is too many.</summary>
    public const double Rise = 10;

    /// <summary>A baseline's error ratio counts as at least 0.1 %.</summary>
    public const double LeastErrors = 0.001;

    private const double MostSuccessReserve = 0.2;

    /// <summary>
    /// Returns the smallest share of the updated servers' hits, 0 to 1, that exceeds the limit when those hits are answered with errors; null when no
    /// share does. Where the error ratio cannot rise by the factor <see cref="Rise"/>, the drop of the success ratio is what counts.
    /// </summary>
    /// <param name="baseline">How hits were answered before the activation; only the ratios count.</param>
    /// <param name="updated">How the updated servers answer the other hits; only the ratios count.</param>
    /// <param name="reserve">
    /// How far beyond the limit the result is to be, as a share of the limit: traffic varies, and with it what is measured. 0 for the limit itself.
    /// The success ratio varies less than the error ratio: for it at most 0.2 counts.
    /// </param>
    public static double? ShareToExceed(TrafficSample baseline, TrafficSample updated, double reserve)
    {
        if (baseline.Hits <= 0)
            return null;
        var allowed = Rise * Math.Max(baseline.ErrorRatio, LeastErrors) * (1 + reserve);
        double[] shares =
        [
            updated.ErrorRatio < 1 ? (allowed - updated.ErrorRatio) / (1 - updated.ErrorRatio) : double.PositiveInfinity,
            ShareToDrop(baseline.OkRatio, updated.OkRatio, reserve),
            ShareToDrop(baseline.ServedRatio, updated.ServedRatio, reserve),
        ];
        return shares.Min() is var least and <= 1 ? Math.Max(0, least) : null;
    }

    /// <param name="baseline">The property's hits before the activation; without any there is nothing to compare with.</param>
    /// <param name="updated">Hits of the updated servers since they were updated.</param>
    /// <param name="updatedServers">How many those are.</param>
    /// <param name="notActing">Why the limit may not cancel (opted out, an exception, too little traffic); null when it may.</param>
    /// <param name="others">Hits of the servers with the version before, now: they tell whether the version is to blame.</param>
    /// <param name="regions">How the regions with updated servers do, to tell where the errors are.</param>
    public static HealthVerdict Judge(
        TrafficSample baseline,
        TrafficSample updated,
        int updatedServers,
        string? notActing,
        TrafficSample others = default,
        Func<IReadOnlyList<RegionHealth>>? regions = null
    )
    {
        var servers = updatedServers == 1 ? "server" : "servers";
        if (baseline.Hits <= 0)
        {
            FormattableString only =
                updated.Hits > 0
                    ? $"4xx+5xx {updated.ErrorRatio:0.0 %} on {updatedServers:N0} updated {servers}; no hits were answered before the activation to compare with"
                    : (FormattableString)$"No hits were answered before the activation to compare with";
            return new(Name, HealthOutcome.NotMeasured, only, notActing);
        }
        if (updated.Hits < LeastHits)
            return new(Name, HealthOutcome.NotMeasured, $"{updated.Hits:N0} hits on updated servers so far: too few to compare", notActing);

        var errorsBefore = Math.Max(baseline.ErrorRatio, LeastErrors);
        var where = new Whereabouts(regions, region => region.Hits > 0 ? region.Errors / region.Hits : 0, updated.ErrorRatio);
        // Where the others have the same errors, the origin or the network is the likelier cause: people need to know before they blame the version.
        var alsoOthers =
            others.Hits > 0 && others.ErrorRatio > Rise * errorsBefore
                ? FormattableString.Invariant($"; servers with the version before have {others.ErrorRatio:0.0 %} now")
                : "";
        FormattableString? harm = null;
        if (updated.ErrorRatio > Rise * errorsBefore)
            harm =
                $"4xx+5xx rose from {baseline.ErrorRatio:0.0 %} to {updated.ErrorRatio:0.0 %} ({updated.ErrorRatio / errorsBefore:0}×) on {updatedServers:N0} updated {servers}{where}{alsoOthers}";
        else if (baseline.OkRatio > 0 && updated.OkRatio <= Drop * baseline.OkRatio)
            harm = $"2xx fell from {baseline.OkRatio:0.0 %} to {updated.OkRatio:0.0 %} on {updatedServers:N0} updated {servers}";
        else if (baseline.ServedRatio > 0 && updated.ServedRatio <= Drop * baseline.ServedRatio)
            harm = $"2xx+3xx fell from {baseline.ServedRatio:0.0 %} to {updated.ServedRatio:0.0 %} on {updatedServers:N0} updated {servers}";
        if (harm is not null)
            return new(Name, notActing is null ? HealthOutcome.Cancel : HealthOutcome.OverLimit, harm, notActing);
        return new(
            Name,
            HealthOutcome.Healthy,
            $"4xx+5xx {updated.ErrorRatio:0.0 %} on {updatedServers:N0} updated {servers}, {baseline.ErrorRatio:0.0 %} before the activation",
            notActing
        );
    }

    private static double ShareToDrop(double before, double now, double reserve) =>
        before <= 0 ? double.PositiveInfinity
        : now <= 0 ? 0
        : 1 - (Drop * before * (1 - Math.Min(reserve, MostSuccessReserve)) / now);
}
