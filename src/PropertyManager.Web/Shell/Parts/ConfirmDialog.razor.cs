using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>
/// Asks before something is done. A native modal dialog: the browser keeps the focus inside, gives it back afterwards, and Esc means no.
/// The focus starts on the way out, so that Enter alone does no harm.
/// </summary>
public sealed partial class ConfirmDialog : IDisposable
{
    private readonly string _titleId = $"confirm-{Guid.NewGuid():N}";
    private ElementReference _dialog;
    private TaskCompletionSource<bool>? _answer;
    private bool _open;

    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <summary>The question, as the dialog's heading.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What the yes-button does, in words: "Yes, cancel".</summary>
    [Parameter, EditorRequired]
    public required string Confirm { get; set; }

    /// <summary>What the no-button does, in words: "Keep it running".</summary>
    [Parameter]
    public string Dismiss { get; set; } = "Go back";

    /// <summary>The yes-button takes something away: it is red.</summary>
    [Parameter]
    public bool Danger { get; set; }

    /// <summary>Where the dialog has fields: false keeps it open, with what is wrong said there.</summary>
    [Parameter]
    public Func<bool>? Check { get; set; }

    /// <summary>What will happen.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private string BodyId => _titleId + "-body";

    /// <summary>
    /// Opens the dialog and waits for the answer: true for yes; false for no, for Esc, and when the page is left. False at once while it is open: of
    /// two clicks only one asks.
    /// </summary>
    public async Task<bool> AskAsync()
    {
        if (_answer is not null)
            return false;
        _answer = new TaskCompletionSource<bool>();
        var answer = _answer.Task;
        await InvokeAsync(StateHasChanged);
        return await answer;
    }

    public void Dispose() => _answer?.TrySetResult(false);

    // After the render, so that the buttons are there to take the focus.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_answer is null || _open)
            return;
        _open = true;
        await Js.InvokeVoidAsync("pm.showModal", _dialog);
    }

    private Task ConfirmAsync() => Check?.Invoke() == false ? Task.CompletedTask : AnswerAsync(yes: true);

    private Task DismissAsync() => AnswerAsync(yes: false);

    private async Task AnswerAsync(bool yes)
    {
        // First, or the close event could answer before the button does.
        Answer(yes);
        await Js.InvokeVoidAsync("pm.close", _dialog);
    }

    // Esc closes the dialog by itself; after a button this finds nothing left to answer.
    private void Closed() => Answer(yes: false);

    private void Answer(bool yes)
    {
        _open = false;
        var asked = _answer;
        _answer = null;
        asked?.TrySetResult(yes);
    }
}
