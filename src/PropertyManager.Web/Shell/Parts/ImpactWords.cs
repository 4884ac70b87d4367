using System.Globalization;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>The words of what a version does to traffic.</summary>
public static class ImpactWords
{
    /// <summary>How much changes at all.</summary>
    public static string Summary(TrafficImpact impact, int before) =>
        impact.Requests == 0 ? "The traffic audience is empty: there is nothing to evaluate."
        : impact.Evaluated == 0 ? "What changes is not known."
        : impact.Changed > 0 ? $"{Share(impact.Changed)} of requests get another status than from version {before}."
        : $"Every request gets the same status as from version {before}.";

    /// <summary>Which rule makes the change.</summary>
    public static string Cause(ImpactCause cause, int before) =>
        cause.Rule is not { } rule ? "by no single rule."
        : cause.IsAfter ? $"by rule “{rule.Path}”."
        : $"because rule “{rule.Path}” of v{before} does not decide any more.";

    /// <summary>A share from 0 to 1 as "0.4%"; what is there at all is "&lt;0.1%" at least.</summary>
    public static string Share(double share) =>
        share is > 0 and < 0.0005 ? "<0.1%" : (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    /// <summary>A country's name, also where it is not known.</summary>
    public static string Country(string code) => code.Length == 0 ? "Unknown" : Countries.Name(code);
}
