namespace PropertyManager.Domain.Configuration;

/// <summary>What the public API and files call the ways in which a hostname gets its certificate.</summary>
public static class CertificateNames
{
    /// <summary>All names, as the rest of a sentence.</summary>
    public const string Possible = "CPS_MANAGED, DEFAULT or CCM";

    /// <summary>The name of one.</summary>
    public static string Of(CertificateProvisioning certificate) =>
        certificate switch
        {
            CertificateProvisioning.CpsManaged => "CPS_MANAGED",
            CertificateProvisioning.Default => "DEFAULT",
            CertificateProvisioning.Ccm => "CCM",
            _ => throw new ArgumentOutOfRangeException(nameof(certificate), certificate, message: null),
        };

    /// <summary>The one that is called so; null where none is.</summary>
    public static CertificateProvisioning? Find(string? name) =>
        name switch
        {
            "CPS_MANAGED" => CertificateProvisioning.CpsManaged,
            "DEFAULT" => CertificateProvisioning.Default,
            "CCM" => CertificateProvisioning.Ccm,
            _ => null,
        };
}
