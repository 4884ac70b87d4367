using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
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

/// <summary>Where the certificate of a hostname stands.</summary>
/// <param name="ValidationCname">Of a certificate that is made for the hostname: whoever manages another proves elsewhere whose it is.</param>
internal sealed record CertificateStatus(
    CertificateChallenge? ValidationCname,
    IReadOnlyList<CertificateState> Staging,
    IReadOnlyList<CertificateState> Production
)
{
    /// <summary>Null where the hostname has none: its edge hostname serves none, or is not made yet.</summary>
    /// <param name="accountId">Whose hostname it is.</param>
    /// <param name="hostname">Of a version.</param>
    /// <param name="isMade">There is its edge hostname.</param>
    /// <param name="certificates">Those that are made for hostnames, as they are now.</param>
    public static CertificateStatus? Of(long accountId, HostnameEntry hostname, bool isMade, DeployedCertificates certificates)
    {
        if (hostname.Certificate == CertificateProvisioning.Default)
            return new(
                CertificateChallenge.Of(accountId, hostname.CnameFrom),
                [On(certificates.StageOf(hostname.CnameFrom, Network.Staging))],
                [On(certificates.StageOf(hostname.CnameFrom, Network.Production))]
            );
        // It is with the edge hostname, on both networks, and waits for no activation.
        var there = On(CertificateStage.Deployed);
        return isMade && EdgeHostname.HasCertificate(hostname.EdgeHostname) ? new(ValidationCname: null, [there], [there]) : null;
    }

    private static CertificateState On(CertificateStage stage) => new(HostnameWords.Of(stage));
}

/// <summary>On one network.</summary>
internal sealed record CertificateState(string Status);
