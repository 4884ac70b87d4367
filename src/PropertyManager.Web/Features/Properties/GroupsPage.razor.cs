using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Properties;

/// <summary>Property Groups: the start page. What it shows is in its address; what runs is shown live.</summary>
public sealed partial class GroupsPage : IAsyncDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _gone = new();
    private readonly HashSet<long> _closed = [];
    private CancellationTokenSource _asked = new();
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

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _asked.CancelAsync();
        if (_live is not null)
            await _live.DisposeAsync();
        _asked.Dispose();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var text = (Filter ?? "").Trim();
        // What is being typed is newer than what its last pause put into the address.
        if (text != _pushed)
            _typed = _pushed = text;
        var cancellation = await AskAsync();
        try
        {
            await LoadAsync(text, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A newer address is being read, or the page is gone.
        }
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
        await WatchAsync(account.Id);
        var order = Paging.Order(SortBy, new SortOrder<PropertyColumn>(PropertyColumn.Name, Descending: false));
        var filter = new PropertyFilter(account.Id, group?.All().Select(node => node.Id).ToList(), text, order, PageNumber);
        var page = await GroupQueries.ReadPageAsync(db, access, filter, cancellation);
        cancellation.ThrowIfCancellationRequested();
        (_account, _forest, _group, _filter, _order, _page, _problem) = (account, forest, group, filter, order, page, null);
    }

    /// <summary>Whatever was being read for an older address is not wanted any more.</summary>
    private async Task<CancellationToken> AskAsync()
    {
        await _asked.CancelAsync();
        _asked.Dispose();
        _asked = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        return _asked.Token;
    }

    private async Task WatchAsync(long account)
    {
        if (_liveAccount == account)
            return;
        _liveAccount = account;
        var before = _live;
        _live = new LiveActivations(Feed, Time, progress => progress.AccountId == account, InvokeAsync, RefreshAsync, DispatchExceptionAsync).Start();
        if (before is not null)
            await before.DisposeAsync();
    }

    /// <summary>Something started or ended: the rows of these properties are read again, if they are on this page.</summary>
    private async Task RefreshAsync(IReadOnlySet<long> properties)
    {
        List<long> ids = [.. _page.Rows.Select(row => row.Id).Where(properties.Contains)];
        if (ids.Count == 0)
            return;
        await using var db = await Contexts.CreateDbContextAsync(_gone.Token);
        var access = await Person.ReadAsync(_gone.Token);
        var fresh = (await GroupQueries.ReadRowsAsync(db, access, ids, _filter.Text, _gone.Token)).ToDictionary(row => row.Id);
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
    private async Task TypeAsync(string? text)
    {
        _typed = text ?? "";
        var cancellation = await AskAsync();
        await Task.Delay(TypingPause, Time, cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (cancellation.IsCancellationRequested)
            return;
        _pushed = _typed.Trim();
        Navigation.NavigateTo(Address(("filter", _pushed.Length == 0 ? null : _pushed), ("page", null)), replace: true);
    }
}
