using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Fleet;

/// <summary>What is simulated: the servers, and the trouble that stands for all activations or for one property's.</summary>
public sealed partial class SimulationPage : IDisposable
{
    private readonly PageReads _reads = new();
    private SimulationView? _view;
    private PermalinkProblem? _problem;
    private ConfirmDialog? _confirm;
    private Refusal? _refusal;
    private string _property = "";
    private string? _propertyError;
    private string? _asked;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required FaultDesk Desk { get; init; }

    [Inject]
    public required IEdgeNetwork Edge { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    private string? PropertyProblem =>
        _property.Trim().Length == 0 ? _view?.NotForAll?.Message
        : Find() is null ? $"There is no property called “{_property.Trim()}” for which you have the role Publisher."
        : null;

    public void Dispose() => _reads.Dispose();

    protected override Task OnInitializedAsync() => _reads.NewestAsync(LoadAsync);

    private async Task LoadAsync(CancellationToken cancellation)
    {
        var access = await Person.ReadAsync(cancellation);
        if (!access.MaySimulate)
        {
            _problem = PermalinkProblem.Forbidden;
            return;
        }
        var standing = await Desk.ListAsync(access, cancellation);
        await using var db = await Contexts.CreateDbContextAsync(cancellation);
        var properties = await db.Properties.AsNoTracking().Seen(access).OrderBy(property => property.Name).ToListAsync(cancellation);
        var notForAll = await Desk.RefuseForAllAsync(access, cancellation);
        var running = await db.Activations.CountAsync(activation => activation.Status.IsOpen, cancellation);
        var seen = properties.ToDictionary(property => property.Id);
        cancellation.ThrowIfCancellationRequested();
        _view = new(
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

    private async Task<string?> AddAsync(Fault fault)
    {
        _refusal = null;
        _propertyError = PropertyProblem;
        if (_propertyError is not null)
        {
            StateHasChanged();
            return "";
        }
        var property = Find();
        if (property is null)
        {
            await _reads.NewestAsync(LoadAsync); // how many run now
            _asked = $"{FaultWords.Of(fault, Edge.Places(Network.Production))}, {FaultWords.When(fault)}.";
            StateHasChanged();
            if (_confirm is null || !await _confirm.AskAsync())
                return "";
        }
        var (_, refusal) = await Desk.AddAsync(property?.Id, fault, await Person.ReadAsync(_reads.Gone), _reads.Gone);
        if (refusal is not null)
            return refusal.Message;
        _property = "";
        await _reads.NewestAsync(LoadAsync);
        StateHasChanged();
        return null;
    }

    private async Task RemoveAsync(long id)
    {
        var refusal = await Desk.RemoveAsync(id, await Person.ReadAsync(_reads.Gone), _reads.Gone);
        // Somebody else was earlier: it is gone, as was wanted.
        _refusal = refusal is { Code: "not-found" } ? null : refusal;
        await _reads.NewestAsync(LoadAsync);
    }

    private PropertyName? Find() =>
        _view?.Properties.FirstOrDefault(property => string.Equals(property.Name, _property.Trim(), StringComparison.OrdinalIgnoreCase));

    private void MendProperty(ChangeEventArgs change)
    {
        _property = change.Value as string ?? "";
        if (PropertyProblem is null)
            _propertyError = null;
    }

    private void CheckProperty(ChangeEventArgs change)
    {
        _property = change.Value as string ?? "";
        _propertyError = PropertyProblem;
    }
}
