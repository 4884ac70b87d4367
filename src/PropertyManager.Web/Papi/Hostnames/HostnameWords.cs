using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Papi.Hostnames;

/// <summary>The API's words for what is said of a hostname.</summary>
internal static class HostnameWords
{
    /// <summary>All hostnames point at an edge hostname.</summary>
    public const string CnameType = "EDGE_HOSTNAME";

    public static string Of(CertificateProvisioning certificate) => CertificateNames.Of(certificate);

    public static string Of(CertificateStage stage) =>
        stage switch
        {
            CertificateStage.Pending => "PENDING",
            CertificateStage.Deploying => "DEPLOYING",
            CertificateStage.NeedsActivation => "NEEDS_ACTIVATION",
            CertificateStage.Deployed => "DEPLOYED",
            _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, message: null),
        };

    public static string Of(HostnameChange change) =>
        change switch
        {
            HostnameChange.Added => "ADD",
            HostnameChange.Removed => "REMOVE",
            HostnameChange.Reconfigured => "MODIFY",
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, message: null),
        };
}
