using System.Globalization;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Engine;

/// <summary>The words for an evaluation that did not get through all requests.</summary>
public static class EvaluationWords
{
    /// <summary>Of an impact: how much of the traffic it is about, and which expressions took too long. Null where all was evaluated.</summary>
    public static string? Of(TrafficImpact impact) =>
        impact.Evaluated == impact.Requests ? null : string.Join(' ', [Share(impact.EvaluatedShare), .. impact.TooSlow.Select(TooSlow)]);

    /// <summary>Of an activation's plan: what the simulated traffic is made of. Null where all requests were evaluated, and where none had to be.</summary>
    public static string? Of(RolloutPlan plan) =>
        plan.EvaluatedShare is not { } share ? null
        : plan.Mixes is null ? $"{Share(0)} Simulated traffic has the property's usual mix of answers."
        : $"{Share(share)} Simulated traffic has their mix of answers.";

    /// <summary>"Evaluated 12 % of the requests within the time allowed."</summary>
    private static string Share(double share) =>
        share <= 0 ? "Not evaluated: no request could be evaluated within the time allowed."
        : share < 0.01 ? "Evaluated less than 1 % of the requests within the time allowed."
        : string.Create(CultureInfo.InvariantCulture, $"Evaluated {Math.Floor(share * 100):0} % of the requests within the time allowed.");

    private static string TooSlow(EvaluationNote note) => note.Pointer.Length == 0 ? note.Message : $"{note.Message} ({note.Pointer})";
}
