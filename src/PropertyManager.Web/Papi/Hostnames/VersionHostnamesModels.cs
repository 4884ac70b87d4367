using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Rules;

namespace PropertyManager.Web.Papi.Hostnames;

/// <summary>A hostname that is wanted, with its edge hostname by name or by number.</summary>
internal sealed record HostnameBody(string CnameFrom, string? CnameTo, string? EdgeHostnameId, string? CnameType, string? CertProvisioningType);

/// <summary>Hostnames to add, and names of those to remove.</summary>
internal sealed record HostnameChangesBody(IReadOnlyList<HostnameBody>? Add, IReadOnlyList<string>? Remove);

/// <summary>Hostnames of a version, and what was found wrong with them.</summary>
internal sealed record VersionHostnamesAnswer(
    string AccountId,
    string ContractId,
    string GroupId,
    string PropertyId,
    int PropertyVersion,
    string Etag,
    ItemList<VersionHostnameItem> Hostnames,
    IReadOnlyList<RuleMessage>? Errors,
    IReadOnlyList<RuleMessage>? Warnings
);

/// <summary>A hostname of a version.</summary>
internal sealed record VersionHostnameItem(
    string CnameFrom,
    string CnameTo,
    string EdgeHostnameId,
    string CertProvisioningType,
    CertificateStatus? CertStatus
)
{
    /// <summary>There is no other kind.</summary>
    public string CnameType { get; } = HostnameWords.CnameType;
}

/// <summary>Where the certificate of a hostname stands, of those that are made for it.</summary>
internal sealed record CertificateStatus(
    CertificateChallenge ValidationCname,
    IReadOnlyList<CertificateState> Staging,
    IReadOnlyList<CertificateState> Production
)
{
    /// <summary>Of a hostname whose certificate is made for it.</summary>
    /// <param name="accountId">Whose hostname it is.</param>
    /// <param name="name">The hostname.</param>
    /// <param name="certificates">Of its property.</param>
    public static CertificateStatus Of(long accountId, string name, DeployedCertificates certificates)
    {
        CertificateState On(Network network) => new(HostnameWords.Of(certificates.StageOf(name, network)));
        return new(CertificateChallenge.Of(accountId, name), [On(Network.Staging)], [On(Network.Production)]);
    }
}

/// <summary>On one network.</summary>
internal sealed record CertificateState(string Status);
