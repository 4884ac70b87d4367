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
public sealed partial class RunningTrouble
{
    private TroubleList? _list;
    private ActionRunner? _runner;
    private ActivationProgress? _progress;
    private IReadOnlyList<Fault> _faults = [];
    private int _faultsRevision;
    private Fault? _unread;
    private Activation? _known;
    private Refusal? _refusal;
    private FaultTarget _target = FaultTarget.AnyProperty;
    private int? _sizedFor;

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

    /// <summary>Shows newer figures. Call it on the renderer's own thread.</summary>
    public void Show(ActivationProgress now)
    {
        _progress = now;
        _list?.Show(now);
        if (_sizedFor != now.Status.Releases.Count)
        {
            Size();
            StateHasChanged();
        }
    }

    protected override void OnParametersSet()
    {
        _progress ??= First;
        if (ReferenceEquals(_known, Activation))
            return;
        (_known, _faults, _faultsRevision) = (Activation, Activation.Intent.Faults, Activation.Intent.FaultsRevision);
        Size();
    }

    /// <summary>Sizes the presets by the hits that were counted so far: once for each group of servers that starts.</summary>
    private void Size()
    {
        _sizedFor = _progress?.Status.Releases.Count;
        _target = RunningFaults.TargetOf(Activation, _progress, Edge);
    }

    private async Task<FaultAdded> StrikeAsync(Fault fault, CancellationToken gone)
    {
        _refusal = null;
        Refusal? refusal = null;
        // One that is set already, where only reading it failed: it is not set twice.
        if (_unread != fault)
        {
            _unread = null;
            refusal = await Desk.StrikeAsync(Activation.Id, fault, await Person.ReadAsync(gone), gone);
            if (refusal is null)
                _unread = fault;
        }
        var faults = await ReadAsync(gone);
        _unread = null;
        StateHasChanged();
        if (refusal is not null)
            return FaultAdded.Refused(refusal.Message);
        // Faults are never taken out of the list, so its place stays the same.
        var index = RunningFaults.IndexOf(faults, fault);
        return FaultAdded.Done(
            new(
                $"Set: {FaultWords.Of(fault, Edge.Places(Activation.Network), LiveText.Updated(Activation))}. Undo ends it; what it did until then stays in the activation's figures.",
                () => _list?.IsOver(index) == false,
                async cancellation =>
                {
                    await EndNowAsync(index, cancellation);
                    StateHasChanged();
                    return _refusal?.Message;
                }
            )
        );
    }

    private Task EndAsync(int index) => _runner!.RunAsync(gone => EndNowAsync(index, gone));

    private async Task EndNowAsync(int index, CancellationToken gone)
    {
        _refusal = await Desk.EndAsync(Activation.Id, index, await Person.ReadAsync(gone), gone);
        await ReadAsync(gone);
    }

    /// <summary>Reads the activation's faults, and shows them unless newer ones are shown already.</summary>
    private async Task<IReadOnlyList<Fault>> ReadAsync(CancellationToken cancellation)
    {
        await using var db = await Contexts.CreateDbContextAsync(cancellation);
        var id = Activation.Id;
        var intent = (await db.Activations.AsNoTracking().SingleAsync(a => a.Id == id, cancellation)).Intent;
        if (intent.FaultsRevision >= _faultsRevision)
            (_faults, _faultsRevision) = (intent.Faults, intent.FaultsRevision);
        return intent.Faults;
    }
}
