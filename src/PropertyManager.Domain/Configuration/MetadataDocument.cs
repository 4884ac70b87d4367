namespace PropertyManager.Domain.Configuration;

/// <summary>What the edge is told about a property version: what <see cref="MetadataXml" /> writes down.</summary>
/// <param name="PropertyName">Name of the property.</param>
/// <param name="PropertyId">Its asset: <c>prp_…</c>.</param>
/// <param name="Version">Number of the version, from 1.</param>
/// <param name="Product">Product id: <c>prd_…</c>.</param>
/// <param name="Account">Account id: <c>act_…</c>.</param>
/// <param name="RuleFormat">Catalog the rules are written for.</param>
/// <param name="Hostnames">Of the version; written sorted by name.</param>
/// <param name="Rules">Of the version.</param>
public sealed record MetadataDocument(
    string PropertyName,
    string PropertyId,
    int Version,
    string Product,
    string Account,
    string RuleFormat,
    IReadOnlyList<HostnameEntry> Hostnames,
    RuleTree Rules
);
