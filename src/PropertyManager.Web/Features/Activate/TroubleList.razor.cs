using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>What goes wrong in a running activation, and since when.</summary>
public sealed partial class TroubleList
{
    private IReadOnlyList<Fault>? _known;
    private IReadOnlyList<string> _texts = [];
    private ActivationProgress? _now;

    [Inject]
    public required IEdgeNetwork Edge { get; init; }

    [Parameter, EditorRequired]
    public required Activation Activation { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<Fault> Faults { get; set; }

    /// <summary>What is known when it appears.</summary>
    [Parameter]
    public ActivationProgress? First { get; set; }

    /// <summary>One is being ended.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Somebody wants an end of the fault at this place in the list.</summary>
    [Parameter]
    public EventCallback<int> Ended { get; set; }

    private TimeSpan Elapsed => _now?.Progress.Elapsed ?? TimeSpan.Zero;

    private IReadOnlyList<TimeSpan> Releases => (_now?.Status ?? Activation.Status).Releases;

    /// <summary>Shows newer figures. Call it on the renderer's own thread.</summary>
    public void Show(ActivationProgress now)
    {
        _now = now;
        if (Faults.Count > 0)
            StateHasChanged();
    }

    /// <summary>Whether the fault at this place in the list has ended, or never begins.</summary>
    public bool IsOver(int index) => index < Faults.Count && IsOver(Faults[index]);

    protected override void OnParametersSet()
    {
        _now ??= First;
        if (ReferenceEquals(_known, Faults))
            return;
        _known = Faults;
        _texts = [.. Faults.Select(fault => FaultWords.Of(fault, Edge.Places(Activation.Network), LiveText.Updated(Activation)))];
    }

    private string When(Fault fault) => FaultWords.Now(fault, Activation.Plan, Releases, Elapsed);

    private bool IsOver(Fault fault) => FaultWords.IsOver(fault, Activation.Plan, Releases, Elapsed);
}
