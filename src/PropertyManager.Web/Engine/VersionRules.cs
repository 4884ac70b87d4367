using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>The parts of a version that decide how its servers answer.</summary>
/// <param name="Rules">The rule tree as JSON.</param>
public sealed record VersionRules(long PropertyId, int Number, string Rules, IReadOnlyList<HostnameEntry> Hostnames)
{
    /// <param name="version">Read with its hostnames.</param>
    public static VersionRules Of(PropertyVersion version) =>
        new(version.PropertyId, version.Number, version.Rules, VersionView.Entries(version.Hostnames));

    /// <summary>Compiles the rules within the budget.</summary>
    public RuleEvaluator NewEvaluator(EvaluationBudget budget) => new(VersionView.RulesOf(PropertyId, Number, Rules), Hostnames, budget);
}
