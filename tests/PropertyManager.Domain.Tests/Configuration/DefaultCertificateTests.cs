using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Tests.Configuration;

public sealed class DefaultCertificateTests
{
    [Theory]
    [InlineData(CertificateCarriage.None, CertificateCarriage.None, CertificateStage.Pending)]
    [InlineData(CertificateCarriage.None, CertificateCarriage.Coming, CertificateStage.NeedsActivation)]
    [InlineData(CertificateCarriage.None, CertificateCarriage.Active, CertificateStage.NeedsActivation)]
    [InlineData(CertificateCarriage.Coming, CertificateCarriage.None, CertificateStage.Deploying)]
    [InlineData(CertificateCarriage.Coming, CertificateCarriage.Coming, CertificateStage.Deploying)]
    [InlineData(CertificateCarriage.Coming, CertificateCarriage.Active, CertificateStage.Deploying)]
    [InlineData(CertificateCarriage.Active, CertificateCarriage.None, CertificateStage.Deployed)]
    [InlineData(CertificateCarriage.Active, CertificateCarriage.Coming, CertificateStage.Deployed)]
    [InlineData(CertificateCarriage.Active, CertificateCarriage.Active, CertificateStage.Deployed)]
    public void A_certificate_stands_where_its_activations_have_brought_it(
        CertificateCarriage here,
        CertificateCarriage elsewhere,
        CertificateStage stage
    ) => Assert.Equal(stage, DefaultCertificate.StageOf(here, elsewhere));
}
