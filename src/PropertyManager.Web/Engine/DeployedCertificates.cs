using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>Which certificates, of those that are made for a property's hostnames, its activations have brought to the networks, or are bringing.</summary>
public sealed class DeployedCertificates
{
    private readonly Dictionary<(Network Network, string Name), CertificateCarriage> _carried;

    private DeployedCertificates(Dictionary<(Network, string), CertificateCarriage> carried) => _carried = carried;

    /// <summary>Reads them as they are now.</summary>
    public static async Task<DeployedCertificates> ReadAsync(AppDbContext db, long propertyId, CancellationToken cancellationToken)
    {
        // What is being taken back brings nothing, and what is being taken off is there until it is off.
        var rows = await db
            .Activations.Where(a =>
                a.PropertyId == propertyId
                && (
                    a.Status.State == ActivationState.Active
                    || (a.Status.IsOpen && a.Status.State != ActivationState.Cancelling && a.Type != ActivationType.Deactivate)
                )
            )
            .SelectMany(
                a =>
                    db.Hostnames.Where(h =>
                        h.PropertyId == a.PropertyId && h.Version == a.Version && h.Certificate == CertificateProvisioning.Default
                    ),
                (a, h) =>
                    new
                    {
                        a.Network,
                        h.CnameFrom,
                        a.Status.IsOpen,
                    }
            )
            .ToListAsync(cancellationToken);
        return new(
            rows.GroupBy(row => (row.Network, row.CnameFrom))
                .ToDictionary(same => same.Key, same => same.All(row => row.IsOpen) ? CertificateCarriage.Coming : CertificateCarriage.Active)
        );
    }

    /// <summary>Where the one of a hostname stands on a network.</summary>
    public CertificateStage StageOf(string hostname, Network network)
    {
        var other = network == Network.Staging ? Network.Production : Network.Staging;
        return DefaultCertificate.StageOf(_carried.GetValueOrDefault((network, hostname)), _carried.GetValueOrDefault((other, hostname)));
    }
}
