using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>What screens call the certificate of a hostname.</summary>
public static class CertificateText
{
    public const string Default = "default certificate";
    public const string CpsManaged = "CPS certificate";

    public static string Of(CertificateProvisioning certificate) =>
        certificate switch
        {
            CertificateProvisioning.Default => Default,
            CertificateProvisioning.Ccm => "CCM certificate",
            _ => CpsManaged,
        };
}
