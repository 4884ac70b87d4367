using System.Globalization;
using PropertyManager.Domain.Configuration.Evaluation;
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
        var change = $"{figure.Item1} {Share(figure.Item2)} → {Share(figure.Item3)}";
        return forecast.Verdict.Outcome == HealthOutcome.Cancel ? $"Would be cancelled: {change}" : $"Over the error rate limit: {change}";
    }

    /// <summary>How much changes at all.</summary>
    public static string Summary(Forecast forecast) =>
        forecast.Impact.Changed > 0
            ? $"{Share(forecast.Impact.Changed)} of requests get another status than from version {forecast.Against}."
            : $"Every request gets the same status as from version {forecast.Against}.";

    /// <summary>Which rule makes the change.</summary>
    public static string Cause(ImpactCause cause, int against) =>
        cause.Rule is not { } rule ? "by no single rule."
        : cause.IsAfter ? $"by rule “{rule.Path}”."
        : $"because rule “{rule.Path}” of v{against} does not decide any more.";

    /// <summary>A share from 0 to 1 as "0.4%".</summary>
    public static string Share(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    /// <summary>A country's name, and its code where there is none.</summary>
    public static string Country(string code)
    {
        if (code.Length == 0)
            return "Unknown";
        try
        {
            return new RegionInfo(code).EnglishName;
        }
        catch (ArgumentException)
        {
            return code;
        }
    }
}
