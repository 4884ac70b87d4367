using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Comparison;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Features.Compare;

/// <summary>Two versions of a property and what changes between them. What is not looked at is not worked out.</summary>
public sealed class ComparedVersions
{
    private readonly Lazy<string> _beforeXml;
    private readonly Lazy<string> _afterXml;

    /// <summary>Compares two versions as they were read.</summary>
    public ComparedVersions(VersionView before, VersionView after)
    {
        (Before, After) = (before, after);
        Hostnames = HostnameChanges.Between(before.Hostnames, after.Hostnames);
        var (old, @new) = (RuleTreeJson.Parse(before.Version.Rules), RuleTreeJson.Parse(after.Version.Rules));
        if (old.Succeeded && @new.Succeeded)
            Rules = RuleTreeComparison.Between(old.Value, @new.Value);
        Problems =
        [
            .. new[] { (before.Version.Number, old.Problems), (after.Version.Number, @new.Problems) }
                .Where(version => version.Problems.Count > 0)
                .DistinctBy(version => version.Number),
        ];
        _beforeXml = new Lazy<string>(() => MetadataXml.WriteForDiff(before.Document));
        _afterXml = new Lazy<string>(() => MetadataXml.WriteForDiff(after.Document));
    }

    public VersionView Before { get; }

    public VersionView After { get; }

    /// <summary>Whose versions they are.</summary>
    public Property Property => After.Property;

    /// <summary>What changes for hostnames.</summary>
    public HostnameChanges Hostnames { get; }

    /// <summary>What changes in the rules; null when either version has rules that cannot be read.</summary>
    public RuleTreeComparison? Rules { get; }

    /// <summary>Versions whose rules cannot be read, and why.</summary>
    public IReadOnlyList<(int Version, IReadOnlyList<ConfigurationProblem> Problems)> Problems { get; }

    /// <summary>What the edge is told of the version before; only where its rules can be read.</summary>
    public string BeforeXml => _beforeXml.Value;

    /// <summary>What the edge is told of the version after; only where its rules can be read.</summary>
    public string AfterXml => _afterXml.Value;
}
