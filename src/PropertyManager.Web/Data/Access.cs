using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Web.Data;

/// <summary>What one person may see and do: every query and every order is bounded by it.</summary>
/// <param name="Email">Who it is.</param>
/// <param name="Roles">Their role by group, those that come from groups above included.</param>
/// <param name="IsSupport">Reads every account.</param>
/// <param name="MayDemonstrate">May change simulated time and make things go wrong.</param>
/// <param name="Client">Name of the API client that acts in the person's place; null on the screen.</param>
public sealed record Access(string Email, IReadOnlyDictionary<long, Role> Roles, bool IsSupport, bool MayDemonstrate, string? Client = null)
{
    /// <summary>An API client of chosen groups only: what concerns everybody, like the speed of simulated time, is not its to change.</summary>
    public bool IsConfined { get; init; }

    /// <summary>Sees nothing.</summary>
    public static Access None { get; } = new("", new Dictionary<long, Role>(), IsSupport: false, MayDemonstrate: false);

    public bool MayRead(Property property) => IsSupport || Has(property, Role.Viewer);

    public bool MayEdit(Property property) => Has(property, Role.Editor);

    /// <summary>May make properties in it.</summary>
    public bool MayEdit(PropertyGroup group) => Roles.TryGetValue(group.Id, out var given) && given >= Role.Editor;

    /// <summary>May activate, cancel, fall back and deactivate.</summary>
    public bool MayPublish(Property property) => Has(property, Role.Publisher);

    /// <summary>The same in some of the groups only.</summary>
    public Access Within(Func<long, bool> isOne) => this with { Roles = Roles.Where(pair => isOne(pair.Key)).ToDictionary() };

    private bool Has(Property property, Role role) => Roles.TryGetValue(property.GroupId, out var given) && given >= role;
}

/// <summary>Queries that stay within what a person may see.</summary>
public static class AccessQueries
{
    public static IQueryable<Property> Seen(this IQueryable<Property> properties, Access access)
    {
        if (access.IsSupport)
            return properties;
        var groups = access.Roles.Keys.ToList();
        return properties.Where(property => groups.Contains(property.GroupId));
    }

    /// <summary>An edge hostname is seen with the group that it was made in.</summary>
    public static IQueryable<EdgeHostname> Seen(this IQueryable<EdgeHostname> hostnames, Access access)
    {
        if (access.IsSupport)
            return hostnames;
        var groups = access.Roles.Keys.ToList();
        return hostnames.Where(hostname => groups.Contains(hostname.GroupId));
    }

    public static IQueryable<PropertyGroup> Seen(this IQueryable<PropertyGroup> groups, Access access)
    {
        if (access.IsSupport)
            return groups;
        var seen = access.Roles.Keys.ToList();
        return groups.Where(group => seen.Contains(group.Id));
    }
}

/// <summary>Reads what a signed-in person may do.</summary>
public sealed class AccessReader(IDbContextFactory<AppDbContext> contexts)
{
    /// <summary><see cref="Access.None"/> for somebody who is not signed in, or is not known any more.</summary>
    public Task<Access> ReadAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? ReadAsync(id, cancellationToken) : Task.FromResult(Access.None);

    /// <summary><see cref="Access.None"/> for somebody who is not known any more.</summary>
    /// <param name="id">The person's key.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Access> ReadAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(db, id, cancellationToken);
    }

    /// <summary>The same within a transaction.</summary>
    internal static async Task<Access> ReadAsync(AppDbContext db, string id, CancellationToken cancellationToken)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken) is not { } person)
            return Access.None;
        var given = await db
            .RoleAssignments.Where(a => a.UserId == id)
            .Join(
                db.Groups,
                a => a.GroupId,
                g => g.Id,
                (a, g) =>
                    new
                    {
                        g.Id,
                        g.AccountId,
                        a.Role,
                    }
            )
            .ToListAsync(cancellationToken);
        var accounts = given.Select(g => g.AccountId).Distinct().ToList();
        var groups = await db.Groups.AsNoTracking().Where(g => accounts.Contains(g.AccountId)).ToListAsync(cancellationToken);

        Dictionary<long, Role> roles = [];
        var children = groups.ToLookup(group => group.ParentId);
        foreach (var assignment in given)
            Give(roles, children, assignment.Id, assignment.Role);
        return new Access(person.Email ?? "", roles, person.IsSupport, person.MayDemonstrate);
    }

    /// <summary>A role on a group holds for the groups under it; where two meet, the greater counts.</summary>
    private static void Give(Dictionary<long, Role> roles, ILookup<long?, PropertyGroup> children, long groupId, Role role)
    {
        if (!roles.TryGetValue(groupId, out var had) || had < role)
            roles[groupId] = role;
        foreach (var child in children[groupId])
            Give(roles, children, child.Id, role);
    }

    /// <summary>The groups and all that are under them.</summary>
    public async Task<IReadOnlySet<long>> UnderAsync(IReadOnlyCollection<long> groupIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var accounts = db.Groups.Where(group => groupIds.Contains(group.Id)).Select(group => group.AccountId);
        var all = await db.Groups.AsNoTracking().Where(group => accounts.Contains(group.AccountId)).ToListAsync(cancellationToken);
        Dictionary<long, Role> found = [];
        var children = all.ToLookup(group => group.ParentId);
        foreach (var id in groupIds)
            Give(found, children, id, Role.Viewer);
        return found.Keys.ToHashSet();
    }

    /// <summary>One account alone: support staff see all of it, and change nothing; everybody else has there what they have anyway.</summary>
    public async Task<Access> SwitchAsync(Access access, long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var groups = await db.Groups.Where(g => g.AccountId == accountId).Select(g => g.Id).ToListAsync(cancellationToken);
        return access.IsSupport
            ? access with
            {
                IsSupport = false,
                Roles = groups.ToDictionary(id => id, _ => Role.Viewer),
            }
            : access.Within(groups.Contains);
    }
}
