using PropertyManager.Domain.Health;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>The activation that a simulated fault is meant for: what its size and its effect depend on.</summary>
public sealed record FaultTarget
{
    /// <summary>
    /// What the baseline of an activation that has not started can exceed the average by, as a share: errors vary, and robots ask for what is not there.
    /// Of 1,000 baselines of 5 minutes, at most one is further above it.
    /// </summary>
    private const double BaselineReserve = 0.6;

    /// <summary>The same where the baseline is measured.</summary>
    private const double MeasuredReserve = 0.1;

    /// <summary>A running activation's limit is to be exceeded within this simulated time.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    /// <summary>Activations of any property: every property has a baseline of its own.</summary>
    public static FaultTarget AnyProperty { get; } = new();

    /// <summary>Why the error rate limit does not act; null where it does.</summary>
    public string? NotActing { get; init; }

    /// <summary>Whether end users ask anything of the servers.</summary>
    public bool HasTraffic { get; init; } = true;

    /// <summary>How hits are answered before the activation; null where that is not known.</summary>
    public TrafficSample? Before { get; init; }

    /// <summary>How servers with the new version answer them while nothing is wrong.</summary>
    public TrafficSample Updated { get; init; }

    /// <summary>Of an activation that runs: what it has come to; null before it starts.</summary>
    public RunningTarget? Running { get; init; }

    /// <summary>An activation of a property that the limit cannot cancel, and whose baseline does not matter for that reason.</summary>
    public static FaultTarget WithoutLimit(string reason, bool hasTraffic = true) => new() { NotActing = reason, HasTraffic = hasTraffic };

    /// <summary>An activation that would start now.</summary>
    /// <param name="forecast">What the activation would do to the traffic; null while that is not known.</param>
    /// <param name="usual">How hits are answered on a normal day: that counts where there was no time to evaluate any request.</param>
    /// <param name="notActing">Why the error rate limit does not act; null where it does.</param>
    public static FaultTarget Of(Forecast? forecast, StatusMix usual, string? notActing)
    {
        var impact = forecast is { Impact.Evaluated: > 0 } ? forecast.Impact : null;
        return new()
        {
            NotActing = notActing,
            Before = TrafficSample.Of(impact?.Before ?? usual),
            Updated = TrafficSample.Of(impact?.After ?? usual),
        };
    }

    /// <summary>
    /// The share of the hits, 0 to 1, in whole percent, that exceeds the error rate limit in the first group of servers, or soon in an activation that
    /// runs; not under <paramref name="usual"/>, and <paramref name="usual"/> where the limit does not act or no share exceeds it.
    /// </summary>
    public double ErrorShare(double usual)
    {
        if (NotActing is not null || !HasTraffic)
            return usual;
        if (Before is not { } before)
            return 1;
        if (ErrorRateLimit.ShareToExceed(before, Updated, Running is null ? BaselineReserve : MeasuredReserve) is not { } least)
            return usual;
        var share = Math.Max(usual, Math.Ceiling(Math.Round(least * 100, 6)) / 100);
        return Running is { } running && running.UntilExceeded(share, before, Updated) > Soon ? 1 : share;
    }

    /// <summary>Whether the error rate limit is exceeded when this share of the hits, 0 to 1, is answered with errors.</summary>
    public bool Exceeds(double share) =>
        Before is not { } before
        || (
            ErrorRateLimit.ShareToExceed(before, Updated, reserve: 0) <= share
            && (Running is not { } running || running.UntilExceeded(share, before, Updated) < running.Left)
        );

    /// <summary>The error ratio that the limit allows, 0 to 1 and above; null where the baseline is not known.</summary>
    public double? Limit => Before is { } before ? ErrorRateLimit.Rise * Math.Max(before.ErrorRatio, ErrorRateLimit.LeastErrors) : null;
}

/// <summary>How far a running activation has come: hits that were counted without the fault dilute its errors.</summary>
/// <param name="Counted">Hits of the updated servers since each was updated.</param>
/// <param name="HitsPerSecond">Of the updated servers now.</param>
/// <param name="Installed">Servers that have the new version.</param>
/// <param name="Left">Expected simulated time until the whole network has it.</param>
public sealed record RunningTarget(TrafficSample Counted, double HitsPerSecond, int Installed, TimeSpan Left)
{
    /// <summary>
    /// Simulated time until the counted hits exceed the error rate limit, when this share of the hits, 0 to 1, is answered with errors from now on. An
    /// upper bound: more servers are updated meanwhile.
    /// </summary>
    internal TimeSpan UntilExceeded(double share, TrafficSample before, TrafficSample updated)
    {
        var errors = ErrorRateLimit.Rise * Math.Max(before.ErrorRatio, ErrorRateLimit.LeastErrors);
        TimeSpan[] times =
        [
            Until(errors - Counted.ErrorRatio, share + ((1 - share) * updated.ErrorRatio) - errors),
            Until(Counted.OkRatio - (ErrorRateLimit.Drop * before.OkRatio), (ErrorRateLimit.Drop * before.OkRatio) - ((1 - share) * updated.OkRatio)),
        ];
        return times.Min();
    }

    /// <param name="missing">How far the counted hits' ratio is from the limit; not above 0 when it is exceeded.</param>
    /// <param name="gained">How far the new hits' ratio is beyond it.</param>
    private TimeSpan Until(double missing, double gained)
    {
        if (missing <= 0 || Counted.Hits <= 0)
            return gained > 0 || missing <= 0 ? TimeSpan.Zero : TimeSpan.MaxValue;
        var seconds = missing * Counted.Hits / (HitsPerSecond * gained);
        return seconds is >= 0 and < 86_400 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
    }
}
