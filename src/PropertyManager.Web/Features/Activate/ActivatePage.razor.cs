using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>The Activate tab of a property version.</summary>
public sealed partial class ActivatePage
{
    private LivePage<ActivateView>? _page;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Parameter]
    public required string PropertyId { get; set; }

    [Parameter]
    public int Version { get; set; }

    /// <summary>The network whose form is open.</summary>
    [SupplyParameterFromQuery(Name = "network")]
    public string? NetworkName { get; set; }

    private Network? Opened => Enum.TryParse<Network>(NetworkName, ignoreCase: true, out var network) ? network : null;

    private async Task<PageAnswer<ActivateView>> LoadAsync(PageRead read)
    {
        if (PublicId.Parse(PublicId.Property, PropertyId) is not { } id)
            return PermalinkProblem.Unknown;
        await using var db = await Contexts.CreateDbContextAsync(read.Cancellation);
        return await ActivateView.ReadAsync(db, id, Version, read);
    }

    private async Task<PageAnswer<ActivateView>> RefreshAsync(ActivateView shown, IReadOnlyList<ActivationProgress> boundaries, PageRead read)
    {
        await using var db = await Contexts.CreateDbContextAsync(read.Cancellation);
        return await shown.RefreshAsync(db, boundaries, read);
    }

    /// <summary>What a person asked for on a network runs: the form there closes, and one on the other network stays as it is.</summary>
    private Task AskedAsync(Network network)
    {
        if (Opened == network)
            Navigation.NavigateTo(Links.Activate(_page!.View!.Property.Id, Version), replace: true);
        return _page!.ReloadAsync();
    }
}
