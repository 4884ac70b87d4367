using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Web.Data;

/// <summary>A person's rights, and what their sessions and API clients depend on, as the database has them.</summary>
/// <param name="Access">What they may see and do.</param>
/// <param name="SecurityStamp">Changes with the password and what else identifies the person.</param>
/// <param name="RightsStamp">Changes with every role and right that is given or taken away; 64 characters.</param>
/// <param name="LockedUntil">Real time, past or to come; null when the person was never locked out.</param>
/// <param name="Session">The session that was asked for; null when the person has no such session.</param>
public sealed record PersonState(Access Access, string SecurityStamp, string RightsStamp, DateTimeOffset? LockedUntil, UserSession? Session);

/// <summary>Reads what a signed-in person may do.</summary>
public sealed class AccessReader(IDbContextFactory<AppDbContext> contexts)
{
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
        return (await ReadPersonAsync(db, id, session: null, cancellationToken))?.Access ?? Access.None;
    }

    /// <summary>The person with one of their sessions, in two commands; null for somebody who is not known any more.</summary>
    /// <param name="id">The person's key.</param>
    /// <param name="session">Id of the session; null for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<PersonState?> ReadPersonAsync(string id, Guid? session, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadPersonAsync(db, id, session, cancellationToken);
    }

    private static async Task<PersonState?> ReadPersonAsync(AppDbContext db, string id, Guid? session, CancellationToken cancellationToken)
    {
        var person = await (
            from user in db.Users.AsNoTracking()
            where user.Id == id
            from open in db.Sessions.Where(s => s.Id == session && s.UserId == user.Id).DefaultIfEmpty()
            select new
            {
                user.Email,
                user.IsSupport,
                user.MayDemonstrate,
                user.SecurityStamp,
                LockedUntil = user.LockoutEnabled ? user.LockoutEnd : null,
                Session = open,
                Given = db.RoleAssignments.Where(a => a.UserId == user.Id).ToList(),
            }
        ).SingleOrDefaultAsync(cancellationToken);
        if (person is null)
            return null;
        Dictionary<long, Role> roles = [];
        if (person.Given.Count > 0)
        {
            var accounts = db.RoleAssignments.Where(a => a.UserId == id).Join(db.Groups, a => a.GroupId, g => g.Id, (_, g) => g.AccountId);
            var groups = await db.Groups.AsNoTracking().Where(g => accounts.Contains(g.AccountId)).ToListAsync(cancellationToken);
            var children = groups.ToLookup(group => group.ParentId);
            foreach (var assignment in person.Given)
                Give(roles, children, assignment.GroupId, assignment.Role);
        }
        return new(
            new Access(person.Email ?? "", roles, person.IsSupport, person.MayDemonstrate),
            person.SecurityStamp ?? "",
            RightsStamp(person.IsSupport, person.MayDemonstrate, person.Given),
            person.LockedUntil,
            person.Session
        );
    }

    private static string RightsStamp(bool isSupport, bool mayDemonstrate, IEnumerable<RoleAssignment> given)
    {
        var roles = given.OrderBy(a => a.GroupId).Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.GroupId}:{a.Role}"));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{isSupport} {mayDemonstrate} {string.Join(' ', roles)}")));
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
