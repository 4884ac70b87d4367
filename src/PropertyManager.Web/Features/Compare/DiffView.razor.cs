using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Compare;

/// <summary>
/// Shows what changed between two texts: side by side or inline, with unchanged stretches folded. The page owns the mode and the current
/// change (so that they can stand in the address): it hands them in, and takes them back by the callbacks.
/// </summary>
public sealed partial class DiffView : IAsyncDisposable
{
    /// <summary>Height of a row in CSS pixels; the style sheet is given it, so that both agree.</summary>
    private const int RowHeight = 22;

    private readonly HashSet<int> _unfolded = [];
    private string? _comparedBefore;
    private string? _comparedAfter;
    private DiffModel _diff = null!;
    private MarkedLines _lines = null!;
    private DiffLayout _layout = null!;
    private int _columns;
    private (int Change, DiffMode Mode) _reached;
    private bool _mustScroll;
    private bool _isNarrow;
    private string _linkStatus = "";
    private ElementReference _root;
    private ElementReference _scroll;
    private DotNetObjectReference<DiffView>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _script;

    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <summary>The whole text before.</summary>
    [Parameter, EditorRequired]
    public required string Before { get; set; }

    /// <summary>The whole text after.</summary>
    [Parameter, EditorRequired]
    public required string After { get; set; }

    /// <summary>What the text before is, for instance "v3".</summary>
    [Parameter, EditorRequired]
    public required string BeforeTitle { get; set; }

    /// <summary>What the text after is, for instance "v4".</summary>
    [Parameter, EditorRequired]
    public required string AfterTitle { get; set; }

    /// <summary>The layout asked for. Where there is no room for two columns it is inline all the same.</summary>
    [Parameter]
    public DiffMode Mode { get; set; }

    [Parameter]
    public EventCallback<DiffMode> ModeChanged { get; set; }

    /// <summary>The current change, from 1, which is scrolled to; 0, or any number that no change has, is none.</summary>
    [Parameter]
    public int Change { get; set; }

    [Parameter]
    public EventCallback<int> ChangeChanged { get; set; }

    private DiffMode ShownMode => _isNarrow ? DiffMode.Inline : Mode;

    private bool HasCurrent => Change >= 1 && Change <= _diff.Changes;

    private string Position => HasCurrent ? CompareText.Position(Change, _diff.Changes) : "";

    private string Measures =>
        $"--diff-row: {RowHeight}px; --diff-columns: {_columns}; --diff-digits: {NumberOf(Math.Max(_diff.Before.Count, _diff.After.Count) - 1).Length}";

    /// <summary>Told by the browser when the room for the diff becomes too small for two columns, or large enough.</summary>
    [JSInvokable]
    public void SetNarrow(bool isNarrow)
    {
        if (isNarrow == _isNarrow)
            return;
        _isNarrow = isNarrow;
        OnParametersSet();
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_script is not null)
            {
                await _script.InvokeVoidAsync("dispose");
                await _script.DisposeAsync();
            }
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException)
        {
            // The browser is gone, and what it held with it.
        }
        _self?.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (Before != _comparedBefore || After != _comparedAfter)
        {
            (_comparedBefore, _comparedAfter) = (Before, After);
            _diff = TextDiff.Compare(Before, After);
            _lines = new MarkedLines(_diff);
            _columns = Math.Max(_diff.Before.Columns, _diff.After.Columns);
            _unfolded.Clear();
            _reached = default;
        }
        LayOut();
        if ((Change, ShownMode) == _reached)
            return;
        _reached = (Change, ShownMode);
        _mustScroll = HasCurrent;
    }

    protected override Task OnAfterRenderAsync(bool firstRender) => _diff.Changes == 0 ? Task.CompletedTask : BrowserCalls.TryAsync(ScrollAsync);

    private async Task ScrollAsync()
    {
        if (_self is null)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./" + Assets["diff.js"]);
            _script = await _module.InvokeAsync<IJSObjectReference>("attach", _root, _self);
        }
        if (_mustScroll && HasCurrent && _script is not null)
        {
            _mustScroll = false;
            await _script.InvokeVoidAsync("scrollToRow", _layout.RowOf(Change), RowHeight);
        }
    }

    private void LayOut() => _layout = new DiffLayout(_diff, ShownMode, _unfolded);

    private Task StepAsync(int step)
    {
        _mustScroll = true; // also when the only change is the current one already
        var next =
            HasCurrent ? Change + step
            : step > 0 ? 1
            : _diff.Changes;
        return ChangeChanged.InvokeAsync(
            next < 1 ? _diff.Changes
            : next > _diff.Changes ? 1
            : next
        );
    }

    private async Task UnfoldAsync(DiffRow fold)
    {
        _unfolded.Add(fold.Before);
        LayOut();
        await _scroll.TryFocusAsync(preventScroll: true); // the button that had the focus is gone
    }

    private async Task CopyLinkAsync()
    {
        var copied = false;
        await BrowserCalls.TryAsync(async () => copied = _script is not null && await _script.InvokeAsync<bool>("copyLink"));
        _linkStatus = copied ? CompareText.LinkCopied : CompareText.LinkNotCopied;
    }

    private string Current(DiffRow row) => HasCurrent && row.IsChange && row.Number == Change ? "current" : "";

    private static string NumberOf(int line) => line < 0 ? "" : (line + 1).ToString(CultureInfo.InvariantCulture);

    private string Pressed(DiffMode mode) => ShownMode == mode ? "true" : "false";
}
