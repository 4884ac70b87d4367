using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Fleet;

/// <summary>What is simulated: the servers, and the trouble that stands for all activations or for one property's.</summary>
public sealed partial class SimulationPage : IDisposable
{
    private readonly PageReads _reads = new();
    private LivePage<SimulationView>? _page;
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
        _property.Trim().Length == 0 || Find() is not null ? null : $"You see no property called “{_property.Trim()}”.";

    public void Dispose() => _reads.Dispose();

    private async Task<PageAnswer<SimulationView>> LoadAsync(PageRead read)
    {
        var (access, cancellation) = (read.Access, read.Cancellation);
        if (!access.MayDemonstrate)
            return PermalinkProblem.Forbidden;
        var standing = await Desk.ListAsync(access, cancellation);
        await using var db = await Contexts.CreateDbContextAsync(cancellation);
        var properties = await db
            .Properties.AsNoTracking()
            .Seen(access)
            .OrderBy(property => property.Name)
            .Select(property => new PropertyName(property.Id, property.Name))
            .ToListAsync(cancellation);
        var running = await db.Activations.CountAsync(activation => activation.Status.IsOpen, cancellation);
        var names = properties.ToDictionary(property => property.Id, property => property.Name);
        return new SimulationView(
            [.. standing.Select(s => Row(s, names))],
            running,
            properties,
            [FleetRow.Of("Production", Edge.Places(Network.Production)), FleetRow.Of("Staging", Edge.Places(Network.Staging))]
        );
    }

    private StandingRow Row(StandingFault standing, Dictionary<long, string> names) =>
        new(
            standing.Id,
            FaultWords.Of(standing.Fault, Edge.Places(Network.Production)),
            FaultWords.When(standing.Fault),
            standing.PropertyId,
            standing.PropertyId is { } id ? names.GetValueOrDefault(id) : null,
            standing.Fault.Once,
            standing.By,
            standing.At
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
            await _page!.ReloadAsync(); // how many run now
            _asked = $"{FaultWords.Of(fault, Edge.Places(Network.Production))}, {FaultWords.When(fault)}.";
            StateHasChanged();
            if (_confirm is null || !await _confirm.AskAsync())
                return "";
        }
        var (_, refusal) = await Desk.AddAsync(property?.Id, fault, await Person.ReadAsync(_reads.Gone), _reads.Gone);
        if (refusal is not null)
            return refusal.Message;
        _property = "";
        await _page!.ReloadAsync();
        StateHasChanged();
        return null;
    }

    private async Task RemoveAsync(long id)
    {
        var refusal = await Desk.RemoveAsync(id, await Person.ReadAsync(_reads.Gone), _reads.Gone);
        // Somebody else was earlier: it is gone, as was wanted.
        _refusal = refusal is { Code: "not-found" } ? null : refusal;
        await _page!.ReloadAsync();
    }

    private PropertyName? Find() =>
        _page?.View?.Properties.FirstOrDefault(property => string.Equals(property.Name, _property.Trim(), StringComparison.OrdinalIgnoreCase));

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
