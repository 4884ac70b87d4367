using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>One activation: how it stands, what was asked for, and everything that happened.</summary>
public sealed partial class ActivationPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Activation? _activation;
    private Property? _property;
    private Access _access = Access.None;
    private bool _missing;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Parameter]
    public required string ActivationId { get; set; }

    private string Title =>
        $"{ActivationLabels.Type(_activation!.Type)} of version {_activation.Version} on {ActivationLabels.Name(_activation.Network).ToLowerInvariant()}";

    private string WhatNow =>
        _activation!.PreviousVersion is { } version
            ? $"Version {version} stays active. Mend the cause in a new version and activate that."
            : "No version is active. Mend the cause in a new version and activate that.";

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        _access = await Person.ReadAsync(_gone.Token);
        await using var db = await Contexts.CreateDbContextAsync(_gone.Token);
        var id = PublicId.Parse(PublicId.Activation, ActivationId);
        var activation = await db
            .Activations.AsNoTracking()
            .Include(a => a.History.OrderBy(row => row.Id))
            .SingleOrDefaultAsync(a => a.Id == id, _gone.Token);
        _property = activation is null
            ? null
            : await db.Properties.AsNoTracking().Seen(_access).SingleOrDefaultAsync(p => p.Id == activation.PropertyId, _gone.Token);
        _activation = _property is null ? null : activation;
        _missing = _activation is null;
    }

    private async Task ReloadAsync()
    {
        await OnParametersSetAsync();
        StateHasChanged();
    }

    private void Follow(Activation started) => Navigation.NavigateTo(Links.Activation(started.Id));
}
