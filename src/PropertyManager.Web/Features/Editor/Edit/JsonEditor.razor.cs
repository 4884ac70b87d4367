using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>The rules as JSON in a code editor that knows the catalog. What is typed is in the forms at once, and the other way round.</summary>
public sealed partial class JsonEditor : IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private ElementReference _element;
    private DotNetObjectReference<JsonEditor>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _editor;
    private IReadOnlyList<ConfigurationProblem> _problems = [];
    private RuleTree? _shown;
    private string? _pendingPlace;
    private bool _typing;
    private bool _ready;
    private bool _failed;

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Parameter, EditorRequired]
    public required EditorSession Session { get; set; }

    /// <summary>JSON pointer to what is to be seen; null for the start.</summary>
    [Parameter]
    public string? Place { get; set; }

    public async ValueTask DisposeAsync()
    {
        Session.Changed -= Follow;
        await _gone.CancelAsync();
        _gone.Dispose();
        _self?.Dispose();
        try
        {
            if (_editor is not null)
            {
                await _editor.InvokeVoidAsync("dispose");
                await _editor.DisposeAsync();
            }
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException)
        {
            // The tab is closed, and the editor with it.
        }
    }

    /// <summary>Somebody typed; a pause was made.</summary>
    /// <param name="text">The whole text in UTF-8, as a stream: it is longer than a message may be.</param>
    [JSInvokable]
    public async Task TypedAsync(IJSStreamReference text)
    {
        // Also where the tab was changed meanwhile: what was typed belongs to the session, which goes on.
        await using (text)
        {
            await using var stream = await text.OpenReadStreamAsync(RuleTreeJson.MaxBytes, CancellationToken.None);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var json = await reader.ReadToEndAsync(CancellationToken.None);
            _typing = true;
            try
            {
                _problems = Session.Type(json);
                Remember();
            }
            finally
            {
                _typing = false;
            }
        }
        StateHasChanged();
    }

    protected override void OnInitialized() => Session.Changed += Follow;

    protected override void OnParametersSet() => _pendingPlace = Place;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        try
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", _gone.Token, "./Features/Editor/Edit/JsonEditor.razor.js");
            Remember();
            var text = Session.Unread ?? RuleTreeJson.Write(Session.Content.Rules);
            _editor = await _module.InvokeAsync<IJSObjectReference>(
                "start",
                _gone.Token,
                _element,
                _self,
                text,
                EditorEndpoints.Schema(Session.Content.RuleFormat)
            );
            if (Session.Unread is not null)
                _problems = RuleTreeJson.Parse(Session.Unread).Problems;
            _ready = true;
            if (_pendingPlace is not null)
                await ShowPlaceAsync(_pendingPlace);
        }
        catch (JSException)
        {
            _failed = true;
        }
        catch (Exception exception) when (exception is OperationCanceledException or JSDisconnectedException)
        {
            return;
        }
        StateHasChanged();
    }

    // Undo, or a form: the text follows.
    private void Follow()
    {
        // What is being typed is not written over by what it means.
        if (_typing || _editor is null || _gone.IsCancellationRequested)
            return;
        var text = Session.Unread ?? RuleTreeJson.Write(Session.Content.Rules);
        if (Session.Unread is null && ReferenceEquals(_shown, Session.Content.Rules))
            return;
        Remember();
        _problems = Session.Unread is null ? [] : RuleTreeJson.Parse(text).Problems;
        _ = InvokeAsync(async () =>
        {
            await AskEditorAsync("write", text);
            StateHasChanged();
        });
    }

    /// <summary>The rules whose text stands in the editor; none while that cannot be read.</summary>
    private void Remember() => _shown = Session.Unread is null ? Session.Content.Rules : null;

    private Task GoToAsync(int line, int column) => AskEditorAsync("goTo", line, column);

    /// <summary>An editor that does not answer any more is replaced by a note; what was typed is in the session.</summary>
    private async Task AskEditorAsync(string what, params object[] arguments)
    {
        try
        {
            await _editor!.InvokeVoidAsync(what, _gone.Token, arguments);
        }
        catch (JSException)
        {
            (_failed, _ready) = (true, false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or JSDisconnectedException)
        {
            // The page is left.
        }
    }

    private async Task ShowPlaceAsync(string pointer)
    {
        _pendingPlace = null;
        if (RuleTreeJson.PlaceOf(RuleTreeJson.Write(Session.Content.Rules), pointer) is var (line, column))
            await GoToAsync(line, column);
    }
}
