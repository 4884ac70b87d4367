using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Features.ApiClients;

/// <summary>A group to which a client can be confined.</summary>
/// <param name="Id">Of the group.</param>
/// <param name="Path">The names from the top that is seen down to it.</param>
public sealed record GroupChoice(long Id, string Path)
{
    private const string Separator = " › ";

    /// <summary>The groups that a person sees, each followed by those under it.</summary>
    public static async Task<IReadOnlyList<GroupChoice>> ReadAsync(AppDbContext db, Access access, CancellationToken cancellationToken)
    {
        var groups = await db.Groups.AsNoTracking().Seen(access).ToListAsync(cancellationToken);
        return Of(groups);
    }

    /// <summary>The same of groups that were read: one whose parent is not among them stands at the top.</summary>
    public static IReadOnlyList<GroupChoice> Of(IReadOnlyCollection<PropertyGroup> groups)
    {
        var seen = groups.Select(group => group.Id).ToHashSet();
        var below = groups.ToLookup(group => group.ParentId is { } parent && seen.Contains(parent) ? parent : (long?)null);
        return [.. Under(null, "")];

        IEnumerable<GroupChoice> Under(long? parent, string path) =>
            below[parent]
                .OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase)
                .SelectMany(group => Under(group.Id, path + group.Name + Separator).Prepend(new GroupChoice(group.Id, path + group.Name)));
    }
}
