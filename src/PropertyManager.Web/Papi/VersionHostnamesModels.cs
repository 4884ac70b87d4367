namespace PropertyManager.Web.Papi;

/// <summary>A hostname that is wanted, with its edge hostname by name or by number.</summary>
internal sealed record HostnameBody(string CnameFrom, string? CnameTo, string? EdgeHostnameId, string? CnameType, string? CertProvisioningType);

/// <summary>Hostnames to add, and names of those to remove.</summary>
internal sealed record HostnameChangesBody(IReadOnlyList<HostnameBody>? Add, IReadOnlyList<string>? Remove);

/// <summary>Hostnames of a version, and what was found wrong with them.</summary>
internal sealed record HostnamesAnswer(
    string AccountId,
    string ContractId,
    string GroupId,
    string PropertyId,
    int PropertyVersion,
    string Etag,
    ItemList<HostnameItem> Hostnames,
    IReadOnlyList<RuleMessage>? Errors,
    IReadOnlyList<RuleMessage>? Warnings
);

/// <summary>A hostname of a version.</summary>
internal sealed record HostnameItem(
    string CnameFrom,
    string CnameTo,
    string EdgeHostnameId,
    string CertProvisioningType,
    CertificateStatus? CertStatus
)
{
    /// <summary>There is no other kind.</summary>
    public string CnameType { get; } = "EDGE_HOSTNAME";
}

/// <summary>Where the certificate of a hostname stands, of those that are made for it.</summary>
internal sealed record CertificateStatus(
    ValidationCname ValidationCname,
    IReadOnlyList<CertificateState> Staging,
    IReadOnlyList<CertificateState> Production
);

/// <summary>The DNS record that proves whose name it is.</summary>
internal sealed record ValidationCname(string Hostname, string Target);

/// <summary>On one network.</summary>
internal sealed record CertificateState(string Status);
