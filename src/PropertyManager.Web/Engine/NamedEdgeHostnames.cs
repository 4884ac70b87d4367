using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>
/// Edge hostnames that hostnames of a version point at before anybody made them. What people name on the screen is made when they save; what a
/// program names for hostnames with default certificates is made when they are activated (source: the public description of the API).
/// </summary>
public static class NamedEdgeHostnames
{
    /// <summary>So often they are looked for anew when others make them.</summary>
    private const int Attempts = 3;

    /// <summary>An activation with this hostname makes the edge hostname that it points at, when nobody has.</summary>
    public static bool IsMadeOnActivation(HostnameEntry hostname)
    {
        if (hostname.Certificate != CertificateProvisioning.Default)
            return false;
        var name = EdgeHostname.Split(hostname.EdgeHostname);
        // In the domain with the shared certificate there are no others.
        return name.Suffix != ContractDesk.SharedSuffix && IsPossible(name);
    }

    /// <summary>Why an activation with these hostnames could not make what it has to; null when it can. Makes nothing.</summary>
    internal static Refusal? Refuse(IReadOnlyList<HostnameEntry> hostnames, AccountNames names) =>
        names.ContractEdgeHostnames is { } made ? RefuseFull(made, Unmade(hostnames, names)) : null;

    /// <summary>How many an activation with these hostnames would make.</summary>
    internal static int Unmade(IReadOnlyList<HostnameEntry> hostnames, AccountNames names) =>
        Names(hostnames.Where(IsMadeOnActivation)).Count(name => !names.EdgeHostnames.ContainsKey(name));

    /// <summary>Makes what an activation with these hostnames has to, within what has begun.</summary>
    /// <returns>Why not all of it is this account's now; null when it is.</returns>
    public static Task<Refusal?> MakeOnActivationAsync(
        AppDbContext db,
        long propertyId,
        IReadOnlyList<HostnameEntry> hostnames,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => MakeAsync(db, propertyId, hostnames.Where(IsMadeOnActivation), now, cancellationToken);

    /// <summary>Makes what hostnames of a property point at and nobody made; names that cannot be made are left out.</summary>
    /// <returns>Why not all of it is this account's now; null when it is.</returns>
    public static async Task<Refusal?> MakeAsync(
        AppDbContext db,
        long propertyId,
        IEnumerable<HostnameEntry> hostnames,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var names = Names(hostnames);
        if (names.Count == 0)
            return null;
        for (var attempt = 1; ; attempt++)
        {
            var owners = await OwnersAsync(db, names, cancellationToken);
            var place = await db
                .Properties.Where(p => p.Id == propertyId)
                .Join(db.Groups, p => p.GroupId, g => g.Id, (p, g) => new { Property = p, g.ContractId })
                .AsNoTracking()
                .SingleOrDefaultAsync(cancellationToken);
            if (place is null)
                return null;
            var foreign = names.FirstOrDefault(name => owners.TryGetValue(name, out var owner) && owner != place.Property.AccountId);
            Refusal? refusal = foreign.Prefix is null
                ? null
                : new("edge-hostname-taken", $"The edge hostname {foreign.Prefix}.{foreign.Suffix} is another account's. Use one of this account's.");
            var missing = names.Where(name => !owners.ContainsKey(name)).ToList();
            if (missing.Count == 0)
                return refusal;
            if (await RefuseFullAsync(db, place.ContractId, missing.Count, cancellationToken) is { } full)
                return full;
            var made = missing
                .Select(name => new EdgeHostname
                {
                    AccountId = place.Property.AccountId,
                    GroupId = place.Property.GroupId,
                    ContractId = place.ContractId,
                    ProductId = place.Property.ProductId,
                    Prefix = name.Prefix,
                    Suffix = name.Suffix,
                    CreatedAt = now,
                })
                .ToList();
            db.EdgeHostnames.AddRange(made);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return refusal;
            }
            catch (DbUpdateException exception) when (attempt < Attempts && DatabaseFailure.From(exception) is null)
            {
                // Somebody made one of them a moment ago.
                foreach (var edge in made)
                    db.Entry(edge).State = EntityState.Detached;
            }
        }
    }

    private static bool IsPossible((string Prefix, string Suffix) name) =>
        EdgeHostname.Suffixes.Contains(name.Suffix, StringComparer.Ordinal) && ContractDesk.WrongPrefix(name.Prefix, name.Suffix) is null;

    // In an order that is the same for all: of two that make the same ones, one waits for the other.
    private static List<(string Prefix, string Suffix)> Names(IEnumerable<HostnameEntry> hostnames) =>
        [
            .. hostnames
                .Select(h => EdgeHostname.Split(h.EdgeHostname))
                .Distinct()
                .Where(IsPossible)
                .OrderBy(name => name.Prefix, StringComparer.Ordinal)
                .ThenBy(name => name.Suffix, StringComparer.Ordinal),
        ];

    /// <summary>Which accounts have those that were made.</summary>
    private static async Task<Dictionary<(string Prefix, string Suffix), long>> OwnersAsync(
        AppDbContext db,
        IReadOnlyList<(string Prefix, string Suffix)> names,
        CancellationToken cancellationToken
    )
    {
        var prefixes = names.Select(name => name.Prefix).Distinct(StringComparer.Ordinal).ToList();
        var rows = await db
            .EdgeHostnames.Where(e => prefixes.Contains(e.Prefix))
            .Select(e => new
            {
                e.Prefix,
                e.Suffix,
                e.AccountId,
            })
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(e => (e.Prefix, e.Suffix), e => e.AccountId);
    }

    private static async Task<Refusal?> RefuseFullAsync(AppDbContext db, string contractId, int missing, CancellationToken cancellationToken) =>
        RefuseFull(await db.EdgeHostnames.CountAsync(e => e.ContractId == contractId, cancellationToken), missing);

    private static Refusal? RefuseFull(int made, int missing)
    {
        var room = Math.Max(0, ContractDesk.MostPerContract - made);
        return missing <= room
            ? null
            : new(
                "edge-hostname-limit",
                $"The contract has room for {room:N0} more edge hostnames, of {ContractDesk.MostPerContract:N0} in all, and {missing:N0} would have to be made. Use some that are there."
            );
    }
}
