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
    private ActionRunner? _runner;

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

    /// <summary>
    /// Sets the fault, at once. Where it is set, the form begins anew and offers to undo it. Where it throws, the form shows the failure and keeps
    /// what was typed; it may be called again with an equal fault.
    /// </summary>
    [Parameter, EditorRequired]
    public required Func<Fault, CancellationToken, Task<FaultAdded>> Added { get; set; }

    /// <summary>Fields that come first.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private bool IsBusy => _runner is { IsBusy: true };

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

    private Task AddAsync() =>
        _runner!.RunAsync(async gone =>
        {
            _wrong = null;
            if (IsAdded || !CheckAll())
                return;
            var fault = _draft.Build(Known);
            _wrong = fault.Problem(Places) ?? await GiveAsync(fault, preset: null, gone);
            if (_wrong is null)
                Clear();
        });

    private Task SetAsync(FaultPreset preset) =>
        _runner!.RunAsync(async gone =>
        {
            if (SetPreset != preset.Key)
                _presetProblem = await GiveAsync(preset.Fault, preset.Key, gone);
        });

    private async Task<string?> GiveAsync(Fault fault, string? preset, CancellationToken gone)
    {
        var added = await Added(fault, gone);
        if (added.Undo is { } undo)
            (_undo, _undoPreset, _presetProblem) = (undo, preset, null);
        return added.Problem;
    }

    private Task UndoAsync() =>
        _runner!.RunAsync(async gone =>
        {
            if (LastUndo is not { } undo)
                return;
            _presetProblem = await undo.RunAsync(gone);
            if (_presetProblem is null)
                _undo = null;
        });

    private static string Text(ChangeEventArgs change) => change.Value as string ?? "";
}
