using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Features.Properties;

/// <summary>What the table of properties can be ordered by.</summary>
public enum PropertyColumn
{
    Name,
    Staging,
    Production,
    Latest,
    Updated,
}

/// <summary>Which properties are asked for, in which order.</summary>
/// <param name="Groups">Only those in these groups; null for all that the person sees in the account.</param>
/// <param name="Text">Part of a property's name or of a hostname of any of its versions; empty for all.</param>
/// <param name="Page">From 1; null for the first.</param>
public sealed record PropertyFilter(
    long AccountId,
    IReadOnlyCollection<long>? Groups = null,
    string Text = "",
    SortOrder<PropertyColumn> Order = default,
    int? Page = null
);

/// <summary>A property in the table.</summary>
/// <param name="Latest">Its newest version; null when it has none.</param>
/// <param name="LastActivity">When a version was last edited or an activation asked for, whichever is later; real time.</param>
/// <param name="Match">The hostname that the filter found, where the name itself is not what it looked for.</param>
public sealed record PropertyRow(
    long Id,
    string Name,
    long GroupId,
    int? Latest,
    DateTimeOffset? LastActivity,
    NetworkStanding Staging,
    NetworkStanding Production,
    HostnameMatch? Match
);

/// <summary>A property as its own rows have it.</summary>
/// <param name="Latest">Its newest version; null when it has none.</param>
/// <param name="Edited">When a version was last edited, real time.</param>
/// <param name="Submitted">When an activation was last asked for, real time.</param>
public sealed record PropertyFacts(long Id, string Name, long GroupId, int? Latest, DateTimeOffset? Edited, DateTimeOffset? Submitted)
{
    /// <summary>Whichever is later.</summary>
    public DateTimeOffset? LastActivity => Edited > Submitted || Submitted is null ? Edited : Submitted;
}

/// <summary>An account to choose.</summary>
public sealed record AccountChoice(long Id, string Name);

/// <summary>A hostname that the filter found.</summary>
/// <param name="Version">The newest version that has it.</param>
public sealed record HostnameMatch(string Hostname, int Version);

/// <summary>Reads Property Groups. Projected and paged in the database: no rule tree is read, and only the rows of one page.</summary>
public static class GroupQueries
{
    private const string Escape = "\\";

    /// <summary>The accounts in which the person sees groups, by name.</summary>
    public static async Task<IReadOnlyList<AccountChoice>> ReadAccountsAsync(AppDbContext db, Access access, CancellationToken cancellationToken) =>
        await db
            .Accounts.Where(account => db.Groups.Seen(access).Any(group => group.AccountId == account.Id))
            .OrderBy(account => account.Name)
            .Select(account => new AccountChoice(account.Id, account.Name))
            .ToListAsync(cancellationToken);

    /// <summary>The groups of an account, each with how many properties there are in it.</summary>
    public static async Task<GroupForest> ReadForestAsync(AppDbContext db, Access access, long accountId, CancellationToken cancellationToken)
    {
        var groups = await db
            .Groups.AsNoTracking()
            .Seen(access)
            .Where(group => group.AccountId == accountId)
            .Select(group => new { Group = group, Properties = db.Properties.Count(property => property.GroupId == group.Id) })
            .ToListAsync(cancellationToken);
        return GroupForest.Of(groups.ConvertAll(row => row.Group), groups.ToDictionary(row => row.Group.Id, row => row.Properties));
    }

    public static async Task<Paged<PropertyRow>> ReadPageAsync(
        AppDbContext db,
        Access access,
        PropertyFilter filter,
        CancellationToken cancellationToken
    )
    {
        var found = db.Properties.Seen(access).Where(property => property.AccountId == filter.AccountId);
        if (filter.Groups is { } groups)
            found = found.Where(property => groups.Contains(property.GroupId));
        if (filter.Text.Length > 0)
        {
            var pattern = Pattern(filter.Text);
            found = found.Where(property =>
                EF.Functions.Like(property.Name, pattern, Escape)
                || db.Hostnames.Any(hostname => hostname.PropertyId == property.Id && EF.Functions.Like(hostname.CnameFrom, pattern, Escape))
            );
        }
        var page = await Paging.ReadAsync(Facts(db, Ordered(db, found, filter.Order), found), filter.Page, cancellationToken);
        List<long> ids = [.. page.Rows.Select(row => row.Id)];
        var standings = (
            await db
                .Activations.Where(a => ids.Contains(a.PropertyId) && (a.Status.IsOpen || a.Status.State == ActivationState.Active))
                .AsStandings()
                .ToListAsync(cancellationToken)
        ).ToLookup(standing => standing.PropertyId);
        var matches = filter.Text.Length == 0 ? [] : await MatchesAsync(db, ids, filter.Text, cancellationToken);
        return new(
            [
                .. page.Rows.Select(row => new PropertyRow(
                    row.Id,
                    row.Name,
                    row.GroupId,
                    row.Latest,
                    row.LastActivity,
                    standings[row.Id].On(Network.Staging),
                    standings[row.Id].On(Network.Production),
                    row.Name.Contains(filter.Text, StringComparison.OrdinalIgnoreCase) ? null : matches.GetValueOrDefault(row.Id)
                )),
            ],
            page.Total,
            page.Number
        );
    }

    /// <summary>The newest version and the last activity of these properties; those that the person does not see are left out.</summary>
    public static async Task<IReadOnlyDictionary<long, PropertyFacts>> ReadFactsAsync(
        AppDbContext db,
        Access access,
        IReadOnlyCollection<long> ids,
        CancellationToken cancellationToken
    )
    {
        var found = db.Properties.Seen(access).Where(property => ids.Contains(property.Id));
        return await Facts(db, found, found).ToDictionaryAsync(row => row.Row.Id, row => row.Row, cancellationToken);
    }

    /// <param name="db">Where they are read.</param>
    /// <param name="properties">In the order that is wanted.</param>
    /// <param name="all">The same in any order: these are counted.</param>
    private static IQueryable<Counted<PropertyFacts>> Facts(AppDbContext db, IQueryable<Property> properties, IQueryable<Property> all) =>
        properties.Select(property => new Counted<PropertyFacts>
        {
            Row = new PropertyFacts(
                property.Id,
                property.Name,
                property.GroupId,
                db.Versions.Where(version => version.PropertyId == property.Id).Max(version => (int?)version.Number),
                db.Versions.Where(version => version.PropertyId == property.Id).Max(version => (DateTimeOffset?)version.UpdatedAt),
                db.Activations.Where(activation => activation.PropertyId == property.Id)
                    .Max(activation => (DateTimeOffset?)activation.Intent.SubmittedAt)
            ),
            Total = all.Count(),
        });

    private static async Task<Dictionary<long, HostnameMatch>> MatchesAsync(
        AppDbContext db,
        IReadOnlyList<long> ids,
        string text,
        CancellationToken cancellationToken
    )
    {
        var pattern = Pattern(text);
        var found = await db
            .Hostnames.Where(hostname => ids.Contains(hostname.PropertyId) && EF.Functions.Like(hostname.CnameFrom, pattern, Escape))
            .GroupBy(hostname => new { hostname.PropertyId, hostname.CnameFrom })
            .Select(group => new
            {
                group.Key.PropertyId,
                group.Key.CnameFrom,
                Version = group.Max(hostname => hostname.Version),
            })
            .ToListAsync(cancellationToken);
        return found
            .GroupBy(match => match.PropertyId)
            .ToDictionary(
                group => group.Key,
                group =>
                    group
                        .OrderByDescending(match => match.Version)
                        .ThenBy(match => match.CnameFrom, StringComparer.Ordinal)
                        .Select(match => new HostnameMatch(match.CnameFrom, match.Version))
                        .First()
            );
    }

    /// <summary>Names are unique in an account, so that every order is total and no row is on two pages.</summary>
    private static IQueryable<Property> Ordered(AppDbContext db, IQueryable<Property> properties, SortOrder<PropertyColumn> order) =>
        order.Column switch
        {
            PropertyColumn.Staging => Sorted(properties, ActiveOn(db, Network.Staging), order.Descending),
            PropertyColumn.Production => Sorted(properties, ActiveOn(db, Network.Production), order.Descending),
            PropertyColumn.Latest => Sorted(
                properties,
                property => db.Versions.Where(version => version.PropertyId == property.Id).Max(version => (int?)version.Number),
                order.Descending
            ),
            PropertyColumn.Updated => Sorted(
                properties,
                property =>
                    db.Versions.Where(version => version.PropertyId == property.Id)
                        .Select(version => (DateTimeOffset?)version.UpdatedAt)
                        .Concat(
                            db.Activations.Where(activation => activation.PropertyId == property.Id)
                                .Select(activation => (DateTimeOffset?)activation.Intent.SubmittedAt)
                        )
                        .Max(),
                order.Descending
            ),
            _ => order.Descending ? properties.OrderByDescending(property => property.Name) : properties.OrderBy(property => property.Name),
        };

    private static Expression<Func<Property, int?>> ActiveOn(AppDbContext db, Network network) =>
        property =>
            db.Activations.Where(a => a.PropertyId == property.Id && a.Network == network && a.Status.State == ActivationState.Active)
                .Select(a => (int?)a.Version)
                .FirstOrDefault();

    private static IQueryable<Property> Sorted<TKey>(IQueryable<Property> properties, Expression<Func<Property, TKey>> by, bool descending) =>
        (descending ? properties.OrderByDescending(by) : properties.OrderBy(by)).ThenBy(property => property.Name);

    // LIKE and not Contains: without regard to case on every provider.
    private static string Pattern(string text) =>
        "%"
        + text.Replace(Escape, Escape + Escape, StringComparison.Ordinal)
            .Replace("%", Escape + "%", StringComparison.Ordinal)
            .Replace("_", Escape + "_", StringComparison.Ordinal)
            .Replace("[", Escape + "[", StringComparison.Ordinal)
        + "%";
}
