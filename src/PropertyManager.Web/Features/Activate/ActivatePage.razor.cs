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
    private readonly CancellationTokenSource _gone = new();
    private Property? _property;
    private Access _access = Access.None;
    private ActivationPreview? _staging;
    private ActivationPreview? _production;
    private int? _beforeStaging;
    private int? _beforeProduction;
    private Activation? _lastStaging;
    private Activation? _lastProduction;
    private PermalinkProblem? _problem;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required ActivationDesk Desk { get; init; }

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
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        _access = await Person.ReadAsync(_gone.Token);
        await using var db = await Contexts.CreateDbContextAsync(_gone.Token);
        _problem = await Permalinks.CheckAsync(db, _access, $"properties/{PropertyId}/versions/{Version}/activate", _gone.Token);
        if (_problem is not null)
            return;
        var id = PublicId.Parse(PublicId.Property, PropertyId);
        var property = await db.Properties.AsNoTracking().Seen(_access).SingleAsync(p => p.Id == id, _gone.Token);
        _production = await Desk.PreviewAsync(property.Id, Version, Network.Production, _gone.Token);
        _staging = await Desk.PreviewAsync(property.Id, Version, Network.Staging, _gone.Token);
        _beforeProduction = await BeforeActiveAsync(db, _production!);
        _beforeStaging = await BeforeActiveAsync(db, _staging!);
        _lastProduction = await LastAsync(db, property.Id, Network.Production);
        _lastStaging = await LastAsync(db, property.Id, Network.Staging);
        _property = property;
    }

    /// <summary>The form closes: what it asked for runs, or the page shows why not.</summary>
    private async Task ReloadAsync()
    {
        if (Opened is not null)
            Navigation.NavigateTo(Links.Activate(_property!.Id, Version), replace: true);
        await OnParametersSetAsync();
        StateHasChanged();
    }

    private Task<Activation?> LastAsync(AppDbContext db, long propertyId, Network network) =>
        db
            .Activations.AsNoTracking()
            .Where(a => a.PropertyId == propertyId && a.Network == network && !a.Status.IsOpen)
            .OrderByDescending(a => a.Intent.SubmittedAt)
            .FirstOrDefaultAsync(_gone.Token);

    /// <summary>The link is there from the second activated version on.</summary>
    private async Task<int?> BeforeActiveAsync(AppDbContext db, ActivationPreview preview) =>
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
                .FirstOrDefaultAsync(_gone.Token)
            : null;
}
