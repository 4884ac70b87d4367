using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor;

/// <summary>The words of the Property Manager Editor.</summary>
internal static class EditorText
{
    public const string Locked = "Read-only. A version that was ever activated stays read-only; to change it, make a new version based on it.";
    public const string Unlocked = "Can still be edited: it was never activated.";

    /// <summary>The line above a rule's criteria.</summary>
    public static string If(Rule rule) =>
        rule.Criteria.Count switch
        {
            0 => "Applies to every request that reaches this rule.",
            1 => "If",
            _ when rule.CriteriaMustSatisfy == CriteriaMustSatisfy.Any => "If any of",
            _ => "If all of",
        };

    /// <summary>"5 behaviors, 2 criteria".</summary>
    public static string Size(Rule rule) =>
        rule.Criteria.Count == 0
            ? Words.Count(rule.Behaviors.Count, "behavior")
            : $"{Words.Count(rule.Behaviors.Count, "behavior")}, {Words.Count(rule.Criteria.Count, "criterion", "criteria")}";

    /// <summary>How much of the tree a search found.</summary>
    public static string Found(int found, int rules) =>
        found == 0
            ? $"None of {Words.Count(rules, "rule")} matches."
            : $"{Words.Number(found)} of {Words.Count(rules, "rule")} match{(found == 1 ? "es" : "")}.";
}
