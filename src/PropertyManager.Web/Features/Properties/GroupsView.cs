using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Properties;

/// <summary>What Property Groups shows.</summary>
/// <param name="Accounts">Those to choose from.</param>
/// <param name="Account">Null where there is a problem.</param>
/// <param name="Group">The one that was chosen; null for all.</param>
/// <param name="Problem">Why there is nothing to show.</param>
public sealed record GroupsView(
    IReadOnlyList<AccountChoice> Accounts,
    AccountChoice? Account,
    GroupForest Forest,
    GroupNode? Group,
    PropertyFilter Filter,
    Paged<PropertyRow> Page,
    GroupsProblem? Problem
)
{
    /// <summary>Reads all of it.</summary>
    /// <param name="db">Where it is read.</param>
    /// <param name="wanted">What the address asks for.</param>
    /// <param name="read">By whom.</param>
    public static async Task<PageAnswer<GroupsView>> ReadAsync(AppDbContext db, GroupsAddress wanted, PageRead read)
    {
        var (access, cancellation) = (read.Access, read.Cancellation);
        var accounts = await GroupQueries.ReadAccountsAsync(db, access, cancellation);
        if (accounts.Count == 0)
            return Nothing(
                "You have no access yet",
                "No group of properties has been shared with you. Ask an administrator of your account for a role."
            );
        var account = wanted.AccountId is null
            ? accounts[0]
            : accounts.FirstOrDefault(a => a.Id == PublicId.Parse(PublicId.Account, wanted.AccountId));
        if (account is null)
            return Nothing("There is no such account", "It does not exist, or you have no role in it.");
        var forest = await GroupQueries.ReadForestAsync(db, access, account.Id, cancellation);
        var group = PublicId.Parse(PublicId.Group, wanted.GroupId) is { } id ? forest.Find(id) : null;
        if (wanted.GroupId is not null && group is null)
            return Nothing("There is no such group", $"It does not exist in {account.Name}, or you have no role in it.");
        read.Watch(new(PublicId.Account, account.Id));
        var order = Paging.Order(wanted.SortBy, new SortOrder<PropertyColumn>(PropertyColumn.Name, Descending: false));
        var filter = new PropertyFilter(account.Id, group?.All().Select(node => node.Id).ToList(), wanted.Text, order, wanted.Page);
        var page = await GroupQueries.ReadPageAsync(db, access, filter, cancellation);
        return new GroupsView(accounts, account, forest, group, filter, page, null);

        GroupsView Nothing(string title, string detail) =>
            new(accounts, null, GroupForest.Empty, null, new PropertyFilter(0), new([], 0, 1), new(title, detail));
    }

    /// <summary>The activation is of a property on this page.</summary>
    public bool Shows(ActivationProgress progress) => Page.Rows.Any(row => row.Id == progress.PropertyId);

    /// <summary>Reads what changed with activations that started; what an end changes was published.</summary>
    public async Task<PageAnswer<GroupsView>> RefreshAsync(AppDbContext db, IReadOnlyList<ActivationProgress> boundaries, PageRead read)
    {
        List<long> started = [.. boundaries.Where(progress => progress.Status.IsOpen).Select(progress => progress.PropertyId).Distinct()];
        var facts =
            started.Count == 0
                ? new Dictionary<long, PropertyFacts>()
                : await GroupQueries.ReadFactsAsync(db, read.Access, started, read.Cancellation);
        var byProperty = boundaries.ToLookup(progress => progress.PropertyId);
        return this with
        {
            Page = Page with { Rows = [.. Page.Rows.Select(row => Fresh(row, byProperty[row.Id], facts.GetValueOrDefault(row.Id)))] },
        };
    }

    private static PropertyRow Fresh(PropertyRow row, IEnumerable<ActivationProgress> boundaries, PropertyFacts? facts)
    {
        foreach (var progress in boundaries)
            row =
                progress.Network == Network.Staging
                    ? row with
                    {
                        Staging = row.Staging.After(progress),
                    }
                    : row with
                    {
                        Production = row.Production.After(progress),
                    };
        return facts is null ? row : row with { Latest = facts.Latest, LastActivity = facts.LastActivity };
    }
}

/// <summary>What the address of Property Groups asks for, as it stands there.</summary>
/// <param name="Text">The filter.</param>
public sealed record GroupsAddress(string? AccountId, string? GroupId, string Text, string? SortBy, int? Page);

/// <summary>Why Property Groups shows nothing.</summary>
public sealed record GroupsProblem(string Title, string Detail);
