using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>
/// Describes simulated trouble: what, how hard, where and when, checked at each field. A form of its own: never inside another.
/// </summary>
public sealed partial class FaultForm
{
    private const int Offered = 50;

    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly Dictionary<FaultField, string> _errors = [];
    private FaultDraft _draft = new();
    private FaultUndo? _undo;
    private string? _undoPreset;
    private string? _presetProblem;
    private string? _wrong;
    private bool _touched;
    private bool _busy;

    /// <summary>The form's name: "Add trouble".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>On the button.</summary>
    [Parameter]
    public string Submit { get; set; } = "Add";

    /// <summary>Where servers stand.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<RegionPlace> Places { get; set; }

    /// <summary>What minutes count from: "after the start".</summary>
    [Parameter, EditorRequired]
    public required string Since { get; set; }

    /// <summary>What the presets are sized for.</summary>
    [Parameter, EditorRequired]
    public required FaultTarget Target { get; set; }

    /// <summary>Sets the fault, at once. Where it is set, the form begins anew and offers to undo it.</summary>
    [Parameter, EditorRequired]
    public required Func<Fault, Task<FaultAdded>> Added { get; set; }

    /// <summary>Fields that come first.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private FaultPlaces Known => FaultPlaces.Of(Places);

    private IReadOnlyList<FaultPreset> Presets => FaultPreset.For(Target, Known);

    private FaultUndo? LastUndo => _undo?.IsPossible() == true ? _undo : null;

    private string? SetPreset => LastUndo is null ? null : _undoPreset;

    /// <summary>What the form describes was just set: a second click would set it twice.</summary>
    private bool IsAdded => !_touched && LastUndo is not null && _undoPreset is null;

    private IEnumerable<PlaceChoice> Suggestions =>
        // What is chosen already would be all that is offered.
        Known.Suggest(_draft.Where, Known.Find(_draft.Where, _draft.Place) is null ? _draft.Place : "", Offered);

    private string PlaceLabel =>
        _draft.Where switch
        {
            FaultWhere.Country => "Country",
            FaultWhere.City => "City",
            FaultWhere.Isp => "ISP",
            _ => "Region",
        };

    private string Chosen =>
        Known.Find(_draft.Where, _draft.Place) is { } choice
            ? $"{Words.Count(choice.Servers, "server")} in {Words.Count(choice.Regions, "region")}"
            : "Type a part of it, and choose from the list.";

    /// <summary>
    /// What stands in the form and was not added yet; null when nobody touched it. False where a field has a problem, which is shown there.
    /// </summary>
    public bool TryTake(out Fault? fault)
    {
        fault = null;
        if (!_touched)
            return true;
        if (!CheckAll())
        {
            StateHasChanged();
            return false;
        }
        fault = _draft.Build(Known);
        return true;
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        (_draft, _touched, _wrong) = (new(), false, null);
        _errors.Clear();
        StateHasChanged();
    }

    private string Id(string name) => $"{name}-{_id}";

    private string? Error(FaultField field) => _errors.GetValueOrDefault(field);

    private string Largest(FaultWhere where) => Known.Choices(where).Select(choice => choice.Text).FirstOrDefault("");

    private void Use(FaultDraft draft) => (_draft, _touched, _wrong) = (draft, true, null);

    private EventCallback<ChangeEventArgs> Choose<T>(Func<FaultDraft, T, FaultDraft> change)
        where T : struct, Enum =>
        EventCallback.Factory.Create<ChangeEventArgs>(
            this,
            args =>
            {
                if (Enum.TryParse<T>(args.Value as string, out var chosen))
                    Use(change(_draft, chosen));
                Mend();
            }
        );

    /// <summary>A new error is said only when the field is left.</summary>
    private void Type(FaultDraft draft)
    {
        Use(draft);
        Mend();
    }

    /// <summary>An error goes as soon as it is mended, whichever field did it.</summary>
    private void Mend()
    {
        foreach (var field in _errors.Keys.Where(field => _draft.Problem(field, Known) is null).ToList())
            _errors.Remove(field);
    }

    private void Leave(FaultField field, FaultDraft draft)
    {
        Use(draft);
        Check(field);
    }

    private void Check(FaultField field)
    {
        if (_draft.Problem(field, Known) is { } problem)
            _errors[field] = problem;
        else
            _errors.Remove(field);
    }

    private bool CheckAll()
    {
        foreach (var field in Enum.GetValues<FaultField>())
            Check(field);
        return _errors.Count == 0;
    }

    private async Task AddAsync()
    {
        _wrong = null;
        if (_busy || IsAdded || !CheckAll())
            return;
        var fault = _draft.Build(Known);
        _wrong = fault.Problem(Places) ?? await GiveAsync(fault, preset: null);
        if (_wrong is null)
            Clear();
    }

    private async Task SetAsync(FaultPreset preset)
    {
        if (!_busy && SetPreset != preset.Key)
            _presetProblem = await GiveAsync(preset.Fault, preset.Key);
    }

    private async Task<string?> GiveAsync(Fault fault, string? preset)
    {
        _busy = true;
        try
        {
            var added = await Added(fault);
            if (added.Undo is { } undo)
                (_undo, _undoPreset, _presetProblem) = (undo, preset, null);
            return added.Problem;
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task UndoAsync()
    {
        if (_busy || LastUndo is not { } undo)
            return;
        _busy = true;
        try
        {
            _presetProblem = await undo.RunAsync();
            if (_presetProblem is null)
                _undo = null;
        }
        finally
        {
            _busy = false;
        }
    }

    private static string Text(ChangeEventArgs change) => change.Value as string ?? "";
}
