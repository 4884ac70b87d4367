using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>One activation: how it stands, what was asked for, and everything that happened.</summary>
public sealed partial class ActivationPage : IDisposable
{
    private readonly PageReads _reads = new();
    private Activation? _activation;
    private Property? _property;
    private PackageFacts? _package;
    private IReadOnlyList<SuspendedServer> _suspended = [];
    private int _suspendedTotal;
    private TimeSpan _end;
    private Access _access = Access.None;
    private PermalinkProblem? _problem;
    private LiveActivations? _live;
    private long? _liveProperty;
    private string? _loaded;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required ActivationFeed Feed { get; init; }

    [Inject]
    public required IEdgeNetwork Edge { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Parameter]
    public required string ActivationId { get; set; }

    /// <summary>The instant that is replayed, in simulated seconds.</summary>
    [SupplyParameterFromQuery(Name = "at")]
    public int? At { get; set; }

    private string Title =>
        $"{ActivationLabels.Type(_activation!.Type)} of version {_activation.Version} on {ActivationLabels.Name(_activation.Network).ToLowerInvariant()}";

    private string ErrorRateChoice =>
        _activation!.Class.IsException ? "Does not apply to exceptions"
        : !_activation.Intent.CancelIfErrorRateIncreases ? "Off"
        : _activation.Plan.Answering == Answering.Updated ? "On, but no version was active before to compare with"
        : "On";

    private string WhatNow =>
        (_activation!.PreviousVersion is { } version ? $"Version {version} stays active." : "No version is active.")
        + (IsFaulty(_activation) ? " Fix the cause in a new version and activate that." : "");

    public void Dispose()
    {
        _live?.Dispose();
        _reads.Dispose();
    }

    protected override Task OnParametersSetAsync()
    {
        // Another instant of the same activation is no reason to read it again.
        if (_loaded == ActivationId)
            return Task.CompletedTask;
        _loaded = ActivationId;
        return _reads.NewestAsync(LoadAsync);
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        var access = await Person.ReadAsync(cancellation);
        await using var db = await Contexts.CreateDbContextAsync(cancellation);
        var id = PublicId.Parse(PublicId.Activation, ActivationId);
        var problem = await Permalinks.CheckAsync(db, access, $"activations/{ActivationId}", cancellation);
        if (problem is not null)
        {
            _problem = problem;
            return;
        }
        var propertyId = await db.Activations.Where(a => a.Id == id).Select(a => a.PropertyId).SingleAsync(cancellation);
        cancellation.ThrowIfCancellationRequested();
        Watch(propertyId);
        var activation = await db
            .Activations.AsNoTracking()
            .Include(a => a.History.OrderBy(row => row.Id))
            .SingleAsync(a => a.Id == id, cancellation);
        var property = await db.Properties.AsNoTracking().Seen(access).SingleAsync(p => p.Id == propertyId, cancellation);
        var package = await db
            .Packages.Where(p => p.ActivationId == id)
            .Select(p => new
            {
                p.Revision,
                p.Sha256,
                p.Content.Length,
            })
            .SingleOrDefaultAsync(cancellation);
        // Servers may have refused it: those of a process that was started since learn what they found.
        if (activation.Status.State == ActivationState.Failed)
        {
            var fetched = await db.Packages.AsNoTracking().SingleOrDefaultAsync(p => p.ActivationId == id, cancellation);
            if (fetched is not null)
                Edge.Receive(activation.Id, activation.Revision, fetched.Package);
        }
        var live = _live!.Find(activation.Id)?.Progress;
        var end = activation.Status.EndedAfter ?? live?.Elapsed ?? activation.Status.DecidedAfter;
        var (suspended, total) = live is { Suspended: 0 } ? ([], 0) : await Task.Run(() => Suspended(activation, property, end), cancellation);
        cancellation.ThrowIfCancellationRequested();
        (_access, _activation, _property, _problem) = (access, activation, property, null);
        (_end, _suspended, _suspendedTotal) = (end, suspended, total);
        _package = package is null ? null : new(package.Revision, package.Length, Convert.ToHexStringLower(package.Sha256));
    }

    private (IReadOnlyList<SuspendedServer> Shown, int Total) Suspended(Activation activation, Property property, TimeSpan at)
    {
        if (activation.Status.Releases.Count == 0)
            return ([], 0);
        var order = activation.OrderFor(property.Traffic);
        var shown = Edge.Suspended(order, at, SuspendedServers.Most);
        return (shown, shown.Count < SuspendedServers.Most ? shown.Count : Edge.Recall(order, at).Suspended);
    }

    /// <summary>Of the whole property: whether this one can fall back depends on what else runs.</summary>
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

    /// <summary>The version did harm or could not be installed; a person's cancel says nothing of it.</summary>
    private static bool IsFaulty(Activation activation) =>
        activation.Type != ActivationType.Deactivate
        && (activation.Status.State == ActivationState.Failed || activation.Intent.CancelRequestedAt is null);

    private void Follow(Activation started) => Navigation.NavigateTo(Links.Activation(started.Id));

    /// <summary>What the servers fetched.</summary>
    /// <param name="Sha256">Of the content, in hexadecimal digits.</param>
    private sealed record PackageFacts(string Revision, int Bytes, string Sha256);
}
