using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Web.Data;

/// <summary>A version, and what its pages say of it.</summary>
/// <param name="Property">Whose version it is.</param>
/// <param name="ContractId"><c>ctr_…</c>: what the property is billed to.</param>
/// <param name="Version">The version, with its hostnames.</param>
/// <param name="Versions">All versions of the property, the newest first.</param>
/// <param name="HostnamesBefore">Those of the version that it is based on; empty when it is based on none.</param>
/// <param name="Activations">All activations of the property, the newest first.</param>
public sealed record VersionView(
    Property Property,
    string ContractId,
    PropertyVersion Version,
    IReadOnlyList<VersionLine> Versions,
    IReadOnlyList<HostnameEntry> HostnamesBefore,
    IReadOnlyList<ActivationLine> Activations
)
{
    private RuleTree? _rules;

    /// <summary>The version's rule tree.</summary>
    public RuleTree Rules => _rules ??= RulesOf(Version);

    /// <summary>What the version says: rules, hostnames and notes.</summary>
    public PropertyVersionDocument Content => new(Rules, Hostnames, Version.Notes, Version.RuleFormat);

    /// <summary>The version's hostnames.</summary>
    public IReadOnlyList<HostnameEntry> Hostnames => Entries(Version.Hostnames);

    /// <summary>
    /// A version that was ever activated stays read-only, however the activation ended (source: how activation works, "Edit an active
    /// property").
    /// </summary>
    public bool IsLocked => Version.IsLocked;

    /// <summary>What the edge is told about the version.</summary>
    public MetadataDocument Document => DocumentOf(Property, Version, Rules);

    /// <summary>What the edge is told about a version, read with its hostnames.</summary>
    public static MetadataDocument DocumentOf(Property property, PropertyVersion version, RuleTree rules) =>
        new(
            property.Name,
            PublicId.Of(PublicId.Property, property.Id),
            version.Number,
            property.ProductId,
            PublicId.Of(PublicId.Account, property.AccountId),
            version.RuleFormat,
            Entries(version.Hostnames),
            rules
        );

    internal static IReadOnlyList<HostnameEntry> Entries(IEnumerable<Hostname> hostnames) =>
        [.. hostnames.OrderBy(h => h.CnameFrom, StringComparer.Ordinal).Select(Entry)];

    internal static HostnameEntry Entry(Hostname row) =>
        new(row.CnameFrom, row.EdgeHostname, row.MigratedFromLegacy) { Certificate = row.Certificate };

    /// <summary>What a version says, read with its hostnames.</summary>
    public static PropertyVersionDocument ContentOf(PropertyVersion version) =>
        new(RulesOf(version), Entries(version.Hostnames), version.Notes, version.RuleFormat);

    /// <summary>Parses stored rules. They were checked when they were saved, so rules that cannot be read are a programming error.</summary>
    internal static RuleTree RulesOf(long propertyId, int number, string rules) =>
        RuleTreeJson.Parse(rules).Value
        ?? throw new InvalidOperationException($"The rules of version {number} of property {propertyId} cannot be read.");

    /// <summary>As new rows of a version.</summary>
    internal static IList<Hostname> Rows(IEnumerable<HostnameEntry> entries, long propertyId, int version) =>
        [
            .. entries.Select(entry => new Hostname
            {
                PropertyId = propertyId,
                Version = version,
                CnameFrom = entry.CnameFrom,
                EdgeHostname = entry.EdgeHostname,
                MigratedFromLegacy = entry.MigratedFromLegacy,
                Certificate = entry.Certificate,
            }),
        ];

    /// <summary>The number of a property's next version, unless somebody else takes it first.</summary>
    internal static async Task<int> NextNumberAsync(AppDbContext db, long propertyId, CancellationToken cancellationToken) =>
        1 + (await db.Versions.Where(v => v.PropertyId == propertyId).MaxAsync(v => (int?)v.Number, cancellationToken) ?? 0);

    private static RuleTree RulesOf(PropertyVersion version) => RulesOf(version.PropertyId, version.Number, version.Rules);
}

/// <summary>A version of a property, as lists name it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="BasedOn">The version it was made from; null for the first.</param>
/// <param name="Notes">What its author wrote about it.</param>
/// <param name="Author">E-mail address of the person who made it.</param>
/// <param name="UpdatedAt">Real time.</param>
public sealed record VersionLine(int Number, int? BasedOn, string Notes, string Author, DateTimeOffset UpdatedAt);

/// <summary>What is active on a network.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Content">What it says.</param>
public sealed record ActiveContent(Network Network, int Version, PropertyVersionDocument Content);

/// <summary>An activation, as the pages of a version name it.</summary>
public sealed record ActivationLine(long Id, int Version, Network Network, ActivationType Type, ActivationState State)
{
    /// <summary>It is being worked at.</summary>
    public bool IsOpen => State <= ActivationState.Cancelling;
}
