using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Fleet;

/// <summary>What is simulated: the servers, and the trouble that stands for all activations or for one property's.</summary>
public sealed partial class SimulationPage
{
    private LivePage<SimulationView>? _page;
    private ConfirmDialog? _confirm;
    private Refusal? _refusal;
    private string _property = "";
    private string? _propertyError;
    private string? _asked;
    private ActionRunner? _runner;
    private ActionRunner? _sizing;
    private FaultTarget _target = FaultTarget.AnyProperty;
    private long? _sizedFor;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required FaultDesk Desk { get; init; }

    [Inject]
    public required TrafficForecast Forecasts { get; init; }

    [Inject]
    public required IEdgeNetwork Edge { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    private string? PropertyProblem =>
        _property.Trim().Length == 0 ? _page?.View?.NotForAll?.Message
        : Find() is null ? $"There is no property called “{_property.Trim()}” for which you have the role Publisher."
        : null;

    private async Task<PageAnswer<SimulationView>> LoadAsync(PageRead read)
    {
        var (access, cancellation) = (read.Access, read.Cancellation);
        if (!access.MaySimulate)
            return PermalinkProblem.Forbidden;
        var standing = await Desk.ListAsync(access, cancellation);
        await using var db = await Contexts.CreateDbContextAsync(cancellation);
        var properties = await db.Properties.AsNoTracking().Seen(access).OrderBy(property => property.Name).ToListAsync(cancellation);
        var notForAll = await Desk.RefuseForAllAsync(access, cancellation);
        var running = await db.Activations.CountAsync(activation => activation.Status.IsOpen, cancellation);
        var seen = properties.ToDictionary(property => property.Id);
        return new SimulationView(
            [.. standing.Select(s => Row(s, s.PropertyId is { } id ? seen.GetValueOrDefault(id) : null, access, notForAll))],
            running,
            [.. properties.Where(access.MaySimulateFor).Select(property => new PropertyName(property.Id, property.Name))],
            notForAll,
            [FleetRow.Of("Production", Edge.Places(Network.Production)), FleetRow.Of("Staging", Edge.Places(Network.Staging))]
        );
    }

    private StandingRow Row(StandingFault standing, Property? property, Access access, Refusal? notForAll) =>
        new(
            standing.Id,
            FaultWords.Of(standing.Fault, Edge.Places(Network.Production)),
            FaultWords.When(standing.Fault),
            standing.PropertyId,
            property?.Name,
            standing.Fault.Once,
            standing.By,
            standing.At,
            standing.PropertyId is null ? notForAll is null : property is not null && access.MaySimulateFor(property)
        );

    private async Task<FaultAdded> AddAsync(Fault fault, CancellationToken gone)
    {
        _refusal = null;
        _propertyError = PropertyProblem;
        if (_propertyError is not null)
        {
            StateHasChanged();
            return FaultAdded.Elsewhere;
        }
        var property = Find();
        if (property is null && !await MayAffectAllAsync(fault))
            return FaultAdded.Elsewhere;
        var (standing, refusal) = await Desk.AddAsync(property?.Id, fault, await Person.ReadAsync(gone), gone);
        if (standing is null)
            return FaultAdded.Refused(refusal!.Message);
        await _page!.ReloadAsync();
        StateHasChanged();
        return FaultAdded.Done(
            new(
                SimulationText.Added(FaultWords.Of(fault, Edge.Places(Network.Production)), property?.Name),
                () => _page?.View?.Standing.Any(row => row.Id == standing.Id) == true,
                async cancellation =>
                {
                    await RemoveNowAsync(standing.Id, cancellation);
                    StateHasChanged();
                    return _refusal is null ? null : "";
                }
            )
        );
    }

    /// <summary>Asks where it changes activations that run: undoing it does not bring back what it cancels.</summary>
    private async Task<bool> MayAffectAllAsync(Fault fault)
    {
        await _page!.ReloadAsync(); // how many run now
        if (_page?.View is not { Running: > 0 })
            return true;
        _asked = $"{FaultWords.Of(fault, Edge.Places(Network.Production))}, {FaultWords.When(fault)}.";
        StateHasChanged();
        return _confirm is not null && await _confirm.AskAsync();
    }

    private Task RemoveAsync(long id) => _runner!.RunAsync(gone => RemoveNowAsync(id, gone));

    private async Task RemoveNowAsync(long id, CancellationToken gone)
    {
        var refusal = await Desk.RemoveAsync(id, await Person.ReadAsync(gone), gone);
        // Somebody else was earlier: it is gone, as was wanted.
        _refusal = refusal is { Code: "not-found" } ? null : refusal;
        await _page!.ReloadAsync();
    }

    private PropertyName? Find() =>
        _page?.View?.Properties.FirstOrDefault(property => string.Equals(property.Name, _property.Trim(), StringComparison.OrdinalIgnoreCase));

    private Task MendProperty(ChangeEventArgs change)
    {
        _property = change.Value as string ?? "";
        if (PropertyProblem is null)
            _propertyError = null;
        return SizeAsync();
    }

    private Task CheckProperty(ChangeEventArgs change)
    {
        _property = change.Value as string ?? "";
        _propertyError = PropertyProblem;
        return SizeAsync();
    }

    /// <summary>Sizes the presets for the property that is named; for another that is named meanwhile, afterwards.</summary>
    private Task SizeAsync() =>
        _sizing!.RunAsync(async gone =>
        {
            while (Find()?.Id is var named && _sizedFor != named)
            {
                (_sizedFor, _target) = (null, FaultTarget.AnyProperty);
                if (named is not { } id)
                    return;
                var target = await TargetAsync(id, gone);
                if (Find()?.Id == id)
                    (_sizedFor, _target) = (id, target);
            }
        });

    /// <summary>An activation of the version that is active now, as the next one finds its traffic.</summary>
    private async Task<FaultTarget> TargetAsync(long propertyId, CancellationToken cancellation)
    {
        await using var db = await Contexts.CreateDbContextAsync(cancellation);
        var active = await db
            .Activations.Where(a => a.PropertyId == propertyId && a.Network == Network.Production && a.Status.State == ActivationState.Active)
            .Select(a => (int?)a.Version)
            .SingleOrDefaultAsync(cancellation);
        var traffic = await db.Properties.Where(p => p.Id == propertyId).Select(p => p.Traffic).SingleAsync(cancellation);
        var access = await Person.ReadAsync(cancellation);
        return
            active is { } version
            && await Forecasts.ReadAsync(propertyId, version, cancelIfErrorRateIncreases: true, exception: null, access, cancellation) is { } forecast
            ? FaultTarget.Of(forecast, traffic.Mix, forecast.Verdict.NotActing)
            : FaultTarget.WithoutLimit("no version was active before");
    }
}
