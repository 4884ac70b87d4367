using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>
/// Trouble of an activation that runs, for those who may demonstrate: what goes wrong now, more of it, and its end. The form is not rendered when
/// figures change, and keeps what is being typed.
/// </summary>
public sealed partial class RunningTrouble : IDisposable
{
    private readonly PageReads _reads = new();
    private TroubleList? _list;
    private ActivationProgress? _progress;
    private IReadOnlyList<Fault> _faults = [];
    private Activation? _known;
    private Refusal? _refusal;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required IEdgeNetwork Edge { get; init; }

    [Inject]
    public required FaultDesk Desk { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    /// <summary>One that runs. Each other that the page hands in brings what others did.</summary>
    [Parameter, EditorRequired]
    public required Activation Activation { get; set; }

    /// <summary>What is known when it appears.</summary>
    [Parameter]
    public ActivationProgress? First { get; set; }

    public void Dispose() => _reads.Dispose();

    /// <summary>Shows newer figures. Call it on the renderer's own thread.</summary>
    public void Show(ActivationProgress now)
    {
        _progress = now;
        _list?.Show(now);
    }

    protected override void OnParametersSet()
    {
        _progress ??= First;
        if (ReferenceEquals(_known, Activation))
            return;
        (_known, _faults) = (Activation, Activation.Intent.Faults);
    }

    private async Task<string?> StrikeAsync(Fault fault)
    {
        _refusal = null;
        var refusal = await Desk.StrikeAsync(Activation.Id, fault, await Person.ReadAsync(_reads.Gone), _reads.Gone);
        await _reads.NewestAsync(ReadAsync);
        StateHasChanged();
        return refusal?.Message;
    }

    private async Task EndAsync(int index)
    {
        _refusal = await Desk.EndAsync(Activation.Id, index, await Person.ReadAsync(_reads.Gone), _reads.Gone);
        await _reads.NewestAsync(ReadAsync);
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        await using var db = await Contexts.CreateDbContextAsync(cancellation);
        var id = Activation.Id;
        _faults = (await db.Activations.AsNoTracking().SingleAsync(a => a.Id == id, cancellation)).Intent.Faults;
    }
}
