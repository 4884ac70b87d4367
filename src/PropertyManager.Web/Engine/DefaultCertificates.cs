using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>How many certificates are made for hostnames of a contract: one for each name, in however many versions it stands.</summary>
internal static class DefaultCertificates
{
    /// <summary>So many at most.</summary>
    public const int MostPerContract = 10_000;

    /// <summary>So many there are.</summary>
    public static Task<int> CountAsync(AppDbContext db, string contractId, CancellationToken cancellationToken) =>
        Names(db, contractId).CountAsync(cancellationToken);

    /// <summary>Why hostnames cannot be saved: they would be too many; null when they can.</summary>
    /// <param name="db">What there is.</param>
    /// <param name="propertyId">Of the property.</param>
    /// <param name="hostnames">Of its version.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<Refusal?> RefuseAsync(
        AppDbContext db,
        long propertyId,
        IReadOnlyList<HostnameEntry> hostnames,
        CancellationToken cancellationToken
    )
    {
        var wanted = hostnames
            .Where(h => h.Certificate == CertificateProvisioning.Default)
            .Select(h => h.CnameFrom)
            .ToHashSet(StringComparer.Ordinal);
        if (wanted.Count == 0)
            return null;
        var contract = await db
            .Properties.Where(p => p.Id == propertyId)
            .Join(db.Groups, p => p.GroupId, g => g.Id, (_, g) => g.ContractId)
            .FirstOrDefaultAsync(cancellationToken);
        if (contract is null || await CountAsync(db, contract, cancellationToken) + wanted.Count <= MostPerContract)
            return null;
        wanted.UnionWith(await Names(db, contract).ToListAsync(cancellationToken));
        return wanted.Count <= MostPerContract
            ? null
            : new(
                "default-certificate-limit",
                $"The contract would have {wanted.Count:N0} default certificates: it has {MostPerContract:N0} at most. Give some of the hostnames certificates that you manage."
            );
    }

    private static IQueryable<string> Names(AppDbContext db, string contractId) =>
        db
            .Hostnames.Where(h =>
                h.Certificate == CertificateProvisioning.Default
                && db.Properties.Any(p => p.Id == h.PropertyId && db.Groups.Any(g => g.Id == p.GroupId && g.ContractId == contractId))
            )
            .Select(h => h.CnameFrom)
            .Distinct();
}
