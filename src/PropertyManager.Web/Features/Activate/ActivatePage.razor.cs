using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>The Activate tab of a property version.</summary>
public sealed partial class ActivatePage : IDisposable
{
    private readonly PageReads _reads = new();
    private ActivateView? _view;
    private LiveActivations? _live;
    private long? _liveProperty;
    private PermalinkProblem? _problem;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required ActivationDesk Desk { get; init; }

    [Inject]
    public required ActivationFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

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
        var problem = await Permalinks.CheckAsync(db, access, $"properties/{PropertyId}/versions/{Version}/activate", cancellation);
        if (problem is not null || PublicId.Parse(PublicId.Property, PropertyId) is not { } id)
        {
            _problem = problem ?? PermalinkProblem.Unknown;
            return;
        }
        cancellation.ThrowIfCancellationRequested();
        Watch(id);
        var property = await db.Properties.AsNoTracking().Seen(access).SingleAsync(p => p.Id == id, cancellation);
        var hostnames = await db
            .Hostnames.Where(h => h.PropertyId == id && h.Version == Version)
            .Select(h => h.CnameFrom)
            .Order()
            .ToListAsync(cancellation);
        var production = await ReadAsync(db, id, Network.Production, access, cancellation);
        var staging = await ReadAsync(db, id, Network.Staging, access, cancellation);
        cancellation.ThrowIfCancellationRequested();
        (_view, _problem) = (new(property, access, hostnames, production, staging), null);
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
            _ => ReloadAsync(),
            DispatchExceptionAsync,
            transitions: true
        ).Start();
    }

    private async Task ReloadAsync()
    {
        await _reads.NewestAsync(LoadAsync);
        StateHasChanged();
    }

    /// <summary>What a person asked for on a network runs: the form there closes, and one on the other network stays as it is.</summary>
    private Task AskedAsync(Network network)
    {
        if (Opened == network)
            Navigation.NavigateTo(Links.Activate(_view!.Property.Id, Version), replace: true);
        return ReloadAsync();
    }

    private async Task<NetworkView> ReadAsync(AppDbContext db, long propertyId, Network network, Access access, CancellationToken cancellation)
    {
        var preview = await Desk.PreviewAsync(propertyId, Version, network, access, cancellation);
        var last = await db
            .Activations.AsNoTracking()
            .Where(a => a.PropertyId == propertyId && a.Network == network && !a.Status.IsOpen)
            .OrderByDescending(a => a.Intent.SubmittedAt)
            .FirstOrDefaultAsync(cancellation);
        return new(preview!, await BeforeActiveAsync(db, preview!, cancellation), last);
    }

    /// <summary>The link is there from the second activated version on.</summary>
    private static async Task<int?> BeforeActiveAsync(AppDbContext db, ActivationPreview preview, CancellationToken cancellation) =>
        preview.Active is { } active
            ? await db
                .Activations.Where(a =>
                    a.PropertyId == active.PropertyId
                    && a.Network == active.Network
                    && a.Type != ActivationType.Deactivate
                    && a.Status.State == ActivationState.Inactive
                    && a.Version != active.Version
                )
                .OrderByDescending(a => a.Intent.SubmittedAt)
                .Select(a => (int?)a.Version)
                .FirstOrDefaultAsync(cancellation)
            : null;
}
