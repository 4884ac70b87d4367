using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>One activation: how it stands, what was asked for, and everything that happened.</summary>
public sealed partial class ActivationPage
{
    private LivePage<ActivationView>? _page;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required IEdgeNetwork Edge { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Parameter]
    public required string ActivationId { get; set; }

    /// <summary>The instant that is replayed, in simulated seconds.</summary>
    [SupplyParameterFromQuery(Name = "at")]
    public int? At { get; set; }

    private async Task<PageAnswer<ActivationView>> LoadAsync(PageRead read)
    {
        if (PublicId.Parse(PublicId.Activation, ActivationId) is not { } id)
            return PermalinkProblem.Unknown;
        await using var db = await Contexts.CreateDbContextAsync(read.Cancellation);
        return await ActivationView.ReadAsync(db, id, Edge, read);
    }

    private async Task<PageAnswer<ActivationView>> RefreshAsync(ActivationView shown, IReadOnlyList<ActivationProgress> boundaries, PageRead read)
    {
        await using var db = await Contexts.CreateDbContextAsync(read.Cancellation);
        return await shown.RefreshAsync(db, boundaries, Edge, read);
    }

    private static string TitleOf(Activation activation) =>
        $"{ActivationLabels.Type(activation.Type)} of version {activation.Version} on {ActivationLabels.Name(activation.Network).ToLowerInvariant()}";

    private static string ErrorRateChoice(Activation activation) =>
        activation.Class.IsException ? "Does not apply to exceptions"
        : !activation.Intent.CancelIfErrorRateIncreases ? "Off"
        : activation.Plan.Answering == Answering.Updated ? "On, but no version was active before to compare with"
        : "On";

    private static string WhatNow(Activation activation) =>
        (activation.PreviousVersion is { } version ? $"Version {version} stays active." : "No version is active.")
        + (IsFaulty(activation) ? " Fix the cause in a new version and activate that." : "");

    /// <summary>The version did harm or could not be installed; a person's cancel says nothing of it.</summary>
    private static bool IsFaulty(Activation activation) =>
        activation.Type != ActivationType.Deactivate
        && (activation.Status.State == ActivationState.Failed || activation.Intent.CancelRequestedAt is null);

    private void Follow(Activation started) => Navigation.NavigateTo(Links.Activation(started.Id));
}
