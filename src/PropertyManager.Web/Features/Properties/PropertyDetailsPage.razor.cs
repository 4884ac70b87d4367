using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Properties;

/// <summary>Property Details: a property, its versions and its history. Tab, filters, order and page are in the address.</summary>
public sealed partial class PropertyDetailsPage
{
    private const string HistoryTab = "history";

    private LivePage<PropertyView>? _page;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

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

    private async Task<PageAnswer<PropertyView>> LoadAsync(PageRead read)
    {
        if (PublicId.Parse(PublicId.Property, PropertyId) is not { } id)
            return PermalinkProblem.Unknown;
        var filter = new HistoryFilter(
            id,
            One<Network>(NetworkName),
            One<HistoryStatus>(StatusName),
            Paging.Order(SortBy, HistoryQueries.Usual),
            PageNumber
        );
        await using var db = await Contexts.CreateDbContextAsync(read.Cancellation);
        return await PropertyView.ReadAsync(db, filter, Tab == HistoryTab, read);
    }

    private async Task<PageAnswer<PropertyView>> RefreshAsync(PropertyView shown, IReadOnlyList<ActivationProgress> boundaries, PageRead read)
    {
        await using var db = await Contexts.CreateDbContextAsync(read.Cancellation);
        return await shown.RefreshAsync(db, boundaries, read);
    }

    private static string GroupsAddress(Property property) =>
        $"{Links.Groups}?account={PublicId.Of(PublicId.Account, property.AccountId)}&group={PublicId.Of(PublicId.Group, property.GroupId)}";

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
