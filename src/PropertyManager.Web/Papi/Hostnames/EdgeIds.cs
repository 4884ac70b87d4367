using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Papi.Hostnames;

/// <summary>Finds edge hostnames by their names.</summary>
internal static class EdgeIds
{
    /// <summary>Their numbers by name; names that were never made here, such as a file's, and those that are not seen are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> OfAsync(
        AppDbContext db,
        Access access,
        IEnumerable<string> names,
        CancellationToken cancellationToken
    )
    {
        var wanted = names.Distinct(StringComparer.Ordinal).ToList();
        var prefixes = wanted.Select(name => EdgeHostname.Split(name).Prefix).Distinct(StringComparer.Ordinal).ToList();
        var found = await db
            .EdgeHostnames.Seen(access)
            .Where(e => prefixes.Contains(e.Prefix))
            .Select(e => new
            {
                e.Id,
                e.Prefix,
                e.Suffix,
            })
            .ToListAsync(cancellationToken);
        return found.ToDictionary(e => $"{e.Prefix}.{e.Suffix}", e => e.Id, StringComparer.Ordinal);
    }
}
