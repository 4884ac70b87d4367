using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Audience;

/// <summary>The requests of an audience. One at a time is open as a form, in its row.</summary>
public sealed partial class AudienceTable
{
    private readonly Dictionary<int, ElementReference> _edit = [];
    private ElementReference _add;
    private AudienceForm? _form;
    private int? _open;
    private bool _isNew;
    private Func<ElementReference>? _focus;

    [Parameter, EditorRequired]
    public required AudienceSheet Sheet { get; set; }

    [Parameter, EditorRequired]
    public required AudienceView View { get; set; }

    [Parameter, EditorRequired]
    public required bool MayEdit { get; set; }

    /// <summary>The sheet says something else.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    /// <summary>A form is open.</summary>
    public bool IsOpen => _open is not null;

    private IReadOnlyList<string> Usual => AudienceText.Codes(View.Property.Traffic);

    /// <summary>Takes what stands in the open form. False where it has a problem, which is shown there.</summary>
    public bool TryClose()
    {
        if (_open is not { } key)
            return true;
        if (_form?.TryTake(out var request) != true)
            return false;
        Sheet.Change(key, request!);
        Close();
        return true;
    }

    /// <summary>Closes the form; what stands in it is dropped.</summary>
    public void Close() => (_open, _isNew, _form) = (null, false, null);

    // The button that had the focus is gone: it goes where the person was.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } focus)
            return;
        _focus = null;
        await focus().TryFocusAsync();
    }

    private Task Add() => AddAsync(new AudienceRequest(1, "/"), below: null);

    private Task Duplicate(AudienceRow row) => AddAsync(row.Request, row.Key);

    private Task AddAsync(AudienceRequest request, int? below)
    {
        if (!TryClose())
            return Task.CompletedTask;
        (_open, _isNew) = (Sheet.Add(request, below).Key, true);
        return Changed.InvokeAsync();
    }

    private Task Open(AudienceRow row)
    {
        if (TryClose())
            _open = row.Key;
        return Changed.InvokeAsync();
    }

    private Task Done(AudienceRequest request)
    {
        var key = _open!.Value;
        Sheet.Change(key, request);
        Close();
        _focus = () => _edit[key];
        return Changed.InvokeAsync();
    }

    private Task Cancel()
    {
        var key = _open!.Value;
        var isNew = _isNew;
        Close();
        if (isNew)
            return RemoveAsync(key);
        _focus = () => _edit[key];
        return Changed.InvokeAsync();
    }

    private Task Remove(AudienceRow row) => RemoveAsync(row.Key);

    /// <summary>The next row takes the place, and the focus; where there is none, the one before.</summary>
    private Task RemoveAsync(int key)
    {
        var at = Sheet.Rows.Index().First(row => row.Item.Key == key).Index;
        Sheet.Remove(key);
        var near = Sheet.Rows.Count > 0 ? Sheet.Rows[Math.Min(at, Sheet.Rows.Count - 1)].Key : (int?)null;
        _focus = () => near is { } row && _edit.TryGetValue(row, out var button) ? button : _add;
        return Changed.InvokeAsync();
    }
}
