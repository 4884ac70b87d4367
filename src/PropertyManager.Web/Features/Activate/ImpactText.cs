using PropertyManager.Domain.Health;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>The words of the impact preview.</summary>
internal static class ImpactText
{
    /// <summary>"Would be cancelled: 4xx+5xx 0.4% → 31%".</summary>
    public static string Verdict(Forecast forecast)
    {
        var (before, after) = (forecast.Impact.Before, forecast.Impact.After);
        var errors = (Before: before.ClientError4xx + before.ServerError5xx, After: after.ClientError4xx + after.ServerError5xx);
        var figure =
            errors.After > ErrorRateLimit.Rise * Math.Max(errors.Before, ErrorRateLimit.LeastErrors) ? ("4xx+5xx", errors.Before, errors.After)
            : after.Ok2xx <= ErrorRateLimit.Drop * before.Ok2xx ? ("2xx", before.Ok2xx, after.Ok2xx)
            : ("2xx+3xx", before.Ok2xx + before.Redirect3xx, after.Ok2xx + after.Redirect3xx);
        var change = $"{figure.Item1} {ImpactWords.Share(figure.Item2)} → {ImpactWords.Share(figure.Item3)}";
        return forecast.Verdict.Outcome == HealthOutcome.Cancel ? $"Would be cancelled: {change}" : $"Over the error rate limit: {change}";
    }
}
