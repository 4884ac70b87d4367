namespace PropertyManager.Domain.Configuration;

/// <summary>What a network has of a hostname with a certificate that is made for it.</summary>
public enum CertificateCarriage
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An activation that brings it runs.</summary>
    Coming,

    /// <summary>The version that is active has it.</summary>
    Active,
}

/// <summary>Where a certificate that is made for a hostname stands on a network.</summary>
public enum CertificateStage
{
    /// <summary>Its challenge is to be put into DNS, and a version with the hostname to be activated.</summary>
    Pending,

    /// <summary>An activation brings it.</summary>
    Deploying,

    /// <summary>Whose the hostname is was proven for the other network: an activation is all that lacks.</summary>
    NeedsActivation,

    /// <summary>End users who ask for the hostname are answered with it.</summary>
    Deployed,
}

/// <summary>How certificates that are made for hostnames come to be.</summary>
public static class DefaultCertificate
{
    /// <summary>Where a hostname's stands on a network (source: the public description of the API).</summary>
    /// <param name="here">What this network has of it.</param>
    /// <param name="elsewhere">What the other one has.</param>
    public static CertificateStage StageOf(CertificateCarriage here, CertificateCarriage elsewhere) =>
        (here, elsewhere) switch
        {
            (CertificateCarriage.Active, _) => CertificateStage.Deployed,
            (CertificateCarriage.Coming, _) => CertificateStage.Deploying,
            (_, CertificateCarriage.None) => CertificateStage.Pending,
            _ => CertificateStage.NeedsActivation,
        };
}
