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

    private readonly PageReads _typing = new();
    private readonly HashSet<long> _closed = [];
    private LivePage<GroupsView>? _page;
    private string _typed = "";
    private string _pushed = "";
    private bool _treeShown;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

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

    private GroupsAddress Wanted => new(AccountId, GroupId, (Filter ?? "").Trim(), SortBy, PageNumber);

    public void Dispose() => _typing.Dispose();

    protected override void OnParametersSet()
    {
        // What is being typed is newer than what its last pause put into the address.
        if (Wanted.Text is var text && text != _pushed)
            _typed = _pushed = text;
    }

    private async Task<PageAnswer<GroupsView>> LoadAsync(PageRead read)
    {
        await using var db = await Contexts.CreateDbContextAsync(read.Cancellation);
        return await GroupsView.ReadAsync(db, Wanted, read);
    }

    private async Task<PageAnswer<GroupsView>> RefreshAsync(GroupsView shown, IReadOnlyList<ActivationProgress> boundaries, PageRead read)
    {
        await using var db = await Contexts.CreateDbContextAsync(read.Cancellation);
        return await shown.RefreshAsync(db, boundaries, read);
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
        return _typing.NewestAsync(async cancellation =>
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
