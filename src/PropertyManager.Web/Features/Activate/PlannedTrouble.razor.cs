using Microsoft.AspNetCore.Components;
using PropertyManager.Domain;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>The trouble that an activation is to take along, for those who may demonstrate.</summary>
public sealed partial class PlannedTrouble
{
    private readonly List<Fault> _faults = [];
    private FaultForm? _form;
    private bool _opened;

    [Inject]
    public required IEdgeNetwork Edge { get; init; }

    [Parameter, EditorRequired]
    public required Network Network { get; set; }

    /// <summary>The version that is activated.</summary>
    [Parameter, EditorRequired]
    public required int Version { get; set; }

    /// <summary>What the form asks for so far, and the traffic that it meets.</summary>
    [Parameter, EditorRequired]
    public required FaultTarget Target { get; set; }

    /// <summary>The list changed: who shows it elsewhere too wants to know.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    /// <summary>What was added so far.</summary>
    public IReadOnlyList<Fault> Faults => _faults;

    private IReadOnlyList<RegionPlace> Places => Edge.Places(Network);

    /// <summary>Adds what stands in the form, where somebody began with it: what was typed is not lost for want of a click. False where it has a problem.</summary>
    public bool TakeRest()
    {
        if (_form is not { } form)
            return true;
        if (!form.TryTake(out var fault))
        {
            _opened = true;
            StateHasChanged();
            return false;
        }
        if (fault is not null)
        {
            _faults.Add(fault);
            form.Clear();
            StateHasChanged();
        }
        return true;
    }

    /// <summary>A fault in words.</summary>
    public string Text(Fault fault) => $"{FaultWords.Of(fault, Places, $"servers with version {Version}")}, {FaultWords.When(fault)}";

    private async Task<FaultAdded> AddAsync(Fault fault, CancellationToken gone)
    {
        if (_faults.Count >= FaultDesk.Most)
            return FaultAdded.Refused($"{FaultDesk.Most} at most: remove one first.");
        // Equal faults are two entries: each is known by its reference.
        var added = fault with
        { };
        _faults.Add(added);
        await ShowAsync();
        return FaultAdded.Done(
            new(
                $"Added to this activation: {Text(added)}.",
                () => _faults.Any(one => ReferenceEquals(one, added)),
                async _ =>
                {
                    await Remove(added);
                    return null;
                }
            )
        );
    }

    private Task Remove(Fault fault)
    {
        _faults.RemoveAll(one => ReferenceEquals(one, fault));
        return ShowAsync();
    }

    // What the form adds and undoes is no event of this component.
    private Task ShowAsync()
    {
        StateHasChanged();
        return Changed.InvokeAsync();
    }
}
