using PropertyManager.Domain.Configuration.Catalog;

namespace PropertyManager.Web.Engine;

/// <summary>The rule formats that versions can be written in: dated sets of behaviors and criteria.</summary>
public static class RuleFormats
{
    /// <summary>Stands for the newest, whichever that is when it is asked for.</summary>
    public const string Latest = "latest";

    /// <summary>The dated ones, the newest first.</summary>
    public static IReadOnlyList<string> Dated { get; } = [RuleCatalog.RuleFormat];

    /// <summary>Whether a version can be saved in it.</summary>
    public static bool IsKnown(string name) => name == Latest || Dated.Contains(name, StringComparer.Ordinal);
}
