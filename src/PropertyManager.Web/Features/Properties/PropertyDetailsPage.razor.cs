using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Properties;

/// <summary>Property Details: a property, its versions and its history. Tab, filters, order and page are in the address.</summary>
public sealed partial class PropertyDetailsPage : IDisposable
{
    private const string HistoryTab = "history";

    private readonly PageReads _reads = new();
    private Access _access = Access.None;
    private PermalinkProblem? _problem;
    private PropertyHead? _head;
    private Paged<VersionRow>? _versions;
    private Paged<HistoryRow>? _history;
    private HistoryFilter _filter = new(0);
    private LiveActivations? _live;
    private long? _liveProperty;

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

    [Parameter]
    public required string PropertyId { get; set; }

    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "network")]
    public string? NetworkName { get; set; }

    [SupplyParameterFromQuery(Name = "status")]
    public string? StatusName { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? SortBy { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageNumber { get; set; }

    private string GroupsAddress =>
        $"{Links.Groups}?account={PublicId.Of(PublicId.Account, _head!.Property.AccountId)}&group={PublicId.Of(PublicId.Group, _head.Property.GroupId)}";

    private string ImportAddress => $"{Links.Property(_head!.Property.Id)}/import";

    public void Dispose()
    {
        _live?.Dispose();
        _reads.Dispose();
    }

    protected override Task OnParametersSetAsync() => _reads.NewestAsync(LoadAsync);

    private async Task LoadAsync(CancellationToken cancellation)
    {
        var access = await Person.ReadAsync(cancellation);
        await using var db = await Contexts.CreateDbContextAsync(cancellation);
        var problem = await Permalinks.CheckAsync(db, access, $"properties/{PropertyId}", cancellation);
        if (problem is not null || PublicId.Parse(PublicId.Property, PropertyId) is not { } id)
        {
            _problem = problem ?? PermalinkProblem.Unknown;
            return;
        }
        cancellation.ThrowIfCancellationRequested();
        Watch(id);
        var head = await PropertyQueries.ReadHeadAsync(db, access, id, cancellation);
        var filter = new HistoryFilter(
            id,
            One<Network>(NetworkName),
            One<HistoryStatus>(StatusName),
            Paging.Order(SortBy, HistoryQueries.Usual),
            PageNumber
        );
        var history = Tab == HistoryTab ? await HistoryQueries.ReadPageAsync(db, filter, cancellation) : null;
        var versions = history is null ? await PropertyQueries.ReadVersionsAsync(db, id, PageNumber, cancellation) : null;
        cancellation.ThrowIfCancellationRequested();
        (_access, _head, _filter, _history, _versions, _problem) = (access, head, filter, history, versions, null);
    }

    private void Watch(long property)
    {
        if (_liveProperty == property)
            return;
        _liveProperty = property;
        _live?.Dispose();
        _live = new LiveActivations(
            Feed,
            Time,
            progress => progress.PropertyId == property,
            InvokeAsync,
            RefreshAsync,
            DispatchExceptionAsync
        ).Start();
    }

    private async Task RefreshAsync(IReadOnlySet<long> properties)
    {
        await _reads.NewestAsync(LoadAsync);
        StateHasChanged();
    }

    private void Sort(SortOrder<HistoryColumn> order) => Go(("sort", order.Word), ("page", null));

    private void Turn(int page) => Go(("page", page == 1 ? null : page));

    private void Narrow(HistoryFilter filter) => Go(("network", Word(filter.Network)), ("status", Word(filter.Status)), ("page", null));

    private void Go(params (string Name, object? Value)[] changes) =>
        Navigation.NavigateTo(
            Navigation.GetUriWithQueryParameters(changes.ToDictionary(change => change.Name, change => change.Value, StringComparer.Ordinal))
        );

    private static string? Word<T>(T? value)
        where T : struct, Enum => value?.ToString().ToLowerInvariant();

    private static T? One<T>(string? name)
        where T : struct, Enum => Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => Word(value) == name);
}
