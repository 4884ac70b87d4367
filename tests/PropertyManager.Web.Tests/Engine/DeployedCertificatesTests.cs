using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>Certificates that are made for hostnames come and go with activations.</summary>
public sealed class DeployedCertificatesTests
{
    private const string Name = "www.shop.example";
    private static readonly ActivationOrder OnStaging = new(EngineWorld.Shop, 1, Network.Staging);
    private static readonly ActivationOrder OnProduction = new(EngineWorld.Shop, 1, Network.Production);

    [Fact]
    public async Task A_certificate_goes_out_with_its_hostname_one_network_after_the_other()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await ProvisionAsync(world, 1, CertificateProvisioning.Default);

        var never = await StagesAsync(world);
        var staging = await node.ActivateAsync(OnStaging);
        var coming = await StagesAsync(world);
        await node.RunAsync(staging.Id);
        var staged = await StagesAsync(world);
        await node.CompleteAsync(OnProduction);
        var everywhere = await StagesAsync(world);
        var (off, _) = await node.Desk.DeactivateAsync(EngineWorld.Shop, Network.Production, "", "", EngineWorld.Publisher, default);
        await node.CarryAsync(off!.Id);
        var going = await StagesAsync(world);
        await node.RunAsync(off.Id);
        var gone = await StagesAsync(world);

        Assert.Equal((CertificateStage.Pending, CertificateStage.Pending), never);
        Assert.Equal((CertificateStage.Deploying, CertificateStage.NeedsActivation), coming);
        Assert.Equal((CertificateStage.Deployed, CertificateStage.NeedsActivation), staged);
        Assert.Equal((CertificateStage.Deployed, CertificateStage.Deployed), everywhere);
        Assert.Equal((CertificateStage.Deployed, CertificateStage.Deployed), going);
        Assert.Equal((CertificateStage.Deployed, CertificateStage.NeedsActivation), gone);
    }

    [Fact]
    public async Task A_hostname_that_is_active_with_a_certificate_of_the_customers_has_none_of_these()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await node.CompleteAsync(OnStaging);
        await ProvisionAsync(world, 2, CertificateProvisioning.Default);

        var before = await StagesAsync(world);
        await node.ActivateAsync(OnStaging with { Version = 2 });

        Assert.Equal((CertificateStage.Pending, CertificateStage.Pending), before);
        Assert.Equal((CertificateStage.Deploying, CertificateStage.NeedsActivation), await StagesAsync(world));
    }

    [Fact]
    public async Task What_is_being_taken_back_brings_none()
    {
        await using var world = new EngineWorld();
        var node = world.StartNode();
        await ProvisionAsync(world, 1, CertificateProvisioning.Default);
        var staging = await node.ActivateAsync(OnStaging);
        await node.TickAsync();

        Assert.Null(await node.Desk.CancelAsync(staging.Id, EngineWorld.Publisher, default));
        await node.TickAsync();

        Assert.Equal((CertificateStage.Pending, CertificateStage.Pending), await StagesAsync(world));
    }

    private static async Task ProvisionAsync(EngineWorld world, int version, CertificateProvisioning certificate)
    {
        await using var db = world.CreateDbContext();
        await db
            .Hostnames.Where(h => h.PropertyId == EngineWorld.Shop && h.Version == version)
            .ExecuteUpdateAsync(set => set.SetProperty(h => h.Certificate, certificate));
    }

    private static async Task<(CertificateStage Staging, CertificateStage Production)> StagesAsync(EngineWorld world)
    {
        await using var db = world.CreateDbContext();
        var certificates = await DeployedCertificates.ReadAsync(db, EngineWorld.Shop, default);
        return (certificates.StageOf(Name, Network.Staging), certificates.StageOf(Name, Network.Production));
    }
}
