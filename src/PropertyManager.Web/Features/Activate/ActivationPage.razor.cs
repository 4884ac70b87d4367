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
    private PermalinkProblem? _problem;

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
        _problem = await Permalinks.CheckAsync(db, _access, $"activations/{ActivationId}", _gone.Token);
        if (_problem is not null)
            return;
        var activation = await db.Activations.AsNoTracking().Include(a => a.History.OrderBy(row => row.Id)).SingleAsync(a => a.Id == id, _gone.Token);
        _property = await db.Properties.AsNoTracking().Seen(_access).SingleAsync(p => p.Id == activation.PropertyId, _gone.Token);
        _activation = activation;
    }

    private async Task ReloadAsync()
    {
        await OnParametersSetAsync();
        StateHasChanged();
    }

    private void Follow(Activation started) => Navigation.NavigateTo(Links.Activation(started.Id));
}
