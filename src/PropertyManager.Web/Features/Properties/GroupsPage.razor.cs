using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Properties;

/// <summary>Property Groups: the start page. What it shows is in its address; what runs is shown live.</summary>
public sealed partial class GroupsPage : IDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(200);

    private static readonly IReadOnlyList<(PropertyColumn Column, string Name)> Columns =
    [
        (PropertyColumn.Name, "Property"),
        (PropertyColumn.Staging, "Staging"),
        (PropertyColumn.Production, "Production"),
        (PropertyColumn.Latest, "Latest version"),
        (PropertyColumn.Updated, "Last activity"),
    ];

    private readonly PageReads _reads = new();
    private readonly HashSet<long> _closed = [];
    private IReadOnlyList<AccountChoice> _accounts = [];
    private AccountChoice? _account;
    private GroupForest _forest = GroupForest.Empty;
    private GroupNode? _group;
    private PropertyFilter _filter = new(0);
    private SortOrder<PropertyColumn> _order;
    private Paged<PropertyRow> _page = new([], 0, 1);
    private LiveActivations? _live;
    private long? _liveAccount;
    private (string Title, string Detail)? _problem;
    private string _typed = "";
    private string _pushed = "";
    private bool _treeShown;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required ActivationFeed Feed { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [SupplyParameterFromQuery(Name = "account")]
    public string? AccountId { get; set; }

    [SupplyParameterFromQuery(Name = "group")]
    public string? GroupId { get; set; }

    [SupplyParameterFromQuery(Name = "filter")]
    public string? Filter { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? SortBy { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageNumber { get; set; }

    public void Dispose()
    {
        _live?.Dispose();
        _reads.Dispose();
    }

    protected override Task OnParametersSetAsync()
    {
        var text = (Filter ?? "").Trim();
        // What is being typed is newer than what its last pause put into the address.
        if (text != _pushed)
            _typed = _pushed = text;
        return _reads.NewestAsync(cancellation => LoadAsync(text, cancellation));
    }

    private async Task LoadAsync(string text, CancellationToken cancellation)
    {
        var access = await Person.ReadAsync(cancellation);
        await using var db = await Contexts.CreateDbContextAsync(cancellation);
        _accounts = await GroupQueries.ReadAccountsAsync(db, access, cancellation);
        if (_accounts.Count == 0)
        {
            _problem = (
                "You have no access yet",
                "No group of properties has been shared with you. Ask an administrator of your account for a role."
            );
            return;
        }
        var account = AccountId is null ? _accounts[0] : _accounts.FirstOrDefault(a => a.Id == PublicId.Parse(PublicId.Account, AccountId));
        if (account is null)
        {
            _problem = ("There is no such account", "It does not exist, or you have no role in it.");
            return;
        }
        var forest = await GroupQueries.ReadForestAsync(db, access, account.Id, cancellation);
        var group = PublicId.Parse(PublicId.Group, GroupId) is { } id ? forest.Find(id) : null;
        if (GroupId is not null && group is null)
        {
            _problem = ("There is no such group", $"It does not exist in {account.Name}, or you have no role in it.");
            return;
        }
        cancellation.ThrowIfCancellationRequested();
        Watch(account.Id);
        var order = Paging.Order(SortBy, new SortOrder<PropertyColumn>(PropertyColumn.Name, Descending: false));
        var filter = new PropertyFilter(account.Id, group?.All().Select(node => node.Id).ToList(), text, order, PageNumber);
        var page = await GroupQueries.ReadPageAsync(db, access, filter, cancellation);
        cancellation.ThrowIfCancellationRequested();
        (_account, _forest, _group, _filter, _order, _page, _problem) = (account, forest, group, filter, order, page, null);
        // What was typed while this address came in has lost its pause to it.
        if (_typed.Trim() != text)
            PushFilter();
    }

    private void Watch(long account)
    {
        if (_liveAccount == account)
            return;
        _liveAccount = account;
        _live?.Dispose();
        _live = new LiveActivations(Feed, Time, progress => progress.AccountId == account, InvokeAsync, RefreshAsync, DispatchExceptionAsync).Start();
    }

    /// <summary>Something started or ended: the rows of these properties are read again, if they are on this page.</summary>
    private Task RefreshAsync(IReadOnlySet<long> properties)
    {
        List<long> ids = [.. _page.Rows.Select(row => row.Id).Where(properties.Contains)];
        return ids.Count == 0 ? Task.CompletedTask : _reads.UntilGoneAsync(cancellation => RefreshAsync(ids, cancellation));
    }

    private async Task RefreshAsync(List<long> ids, CancellationToken cancellation)
    {
        await using var db = await Contexts.CreateDbContextAsync(cancellation);
        var access = await Person.ReadAsync(cancellation);
        var fresh = (await GroupQueries.ReadRowsAsync(db, access, ids, _filter.Text, cancellation)).ToDictionary(row => row.Id);
        // The page may have been turned meanwhile: what is not on it is not put there.
        _page = _page with
        {
            Rows = [.. _page.Rows.Select(row => fresh.GetValueOrDefault(row.Id, row))],
        };
        StateHasChanged();
    }

    private string GroupAddress(long? group) => Address(("group", group is { } id ? PublicId.Of(PublicId.Group, id) : null), ("page", null));

    private string Address(params (string Name, object? Value)[] changes) =>
        Navigation.GetUriWithQueryParameters(changes.ToDictionary(change => change.Name, change => change.Value, StringComparer.Ordinal));

    private void ChooseAccount(ChangeEventArgs chosen)
    {
        var id = long.Parse((string)chosen.Value!, CultureInfo.InvariantCulture);
        Navigation.NavigateTo(Address(("account", PublicId.Of(PublicId.Account, id)), ("group", null), ("page", null)));
    }

    private void Toggle(long group)
    {
        if (!_closed.Remove(group))
            _closed.Add(group);
    }

    private void Sort(SortOrder<PropertyColumn> order) => Navigation.NavigateTo(Address(("sort", order.Word), ("page", null)));

    private void Turn(int page) => Navigation.NavigateTo(Address(("page", page == 1 ? null : page)));

    private void ClearFilter() => Navigation.NavigateTo(Address(("filter", null), ("page", null)));

    /// <summary>Filters as soon as the typing pauses. The address is replaced: the way back does not lead through every letter.</summary>
    private Task TypeAsync(string? text)
    {
        _typed = text ?? "";
        return _reads.NewestAsync(async cancellation =>
        {
            await Task.Delay(TypingPause, Time, cancellation);
            PushFilter();
        });
    }

    private void PushFilter()
    {
        _pushed = _typed.Trim();
        Navigation.NavigateTo(Address(("filter", _pushed.Length == 0 ? null : _pushed), ("page", null)), replace: true);
    }
}
