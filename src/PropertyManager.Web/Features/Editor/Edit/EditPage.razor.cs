using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>The Property Manager Editor: rules, hostnames and notes of a version that was never activated, with a draft that outlives the page.</summary>
public sealed partial class EditPage : IAsyncDisposable
{
    /// <summary>The messages follow when the typing pauses for so long, and the draft a little later.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan DraftPause = TimeSpan.FromMilliseconds(600);

    private readonly CancellationTokenSource _gone = new();
    private VersionAnswer? _answer;
    private (string, int) _read;
    private Access _access = Access.None;
    private bool _mayEdit;
    private EditorSession? _session;
    private IReadOnlyList<ActiveContent> _against = [];
    private string _chosen = RuleTreeEdits.DefaultRule;
    private string? _jsonPlace;
    private string _query = "";
    private IReadOnlyList<ValidationMessage> _messages = [];
    private ILookup<string, ValidationMessage> _byPointer = Array
        .Empty<ValidationMessage>()
        .ToLookup(message => message.Pointer, StringComparer.Ordinal);
    private DateTimeOffset? _restored;
    private Refusal? _refusal;
    private PropertyVersion? _meanwhile;
    private bool _saving;
    private long _change;
    private long _kept;
    private string? _draftFault;
    private ConfirmDialog? _discard;
    private IJSObjectReference? _module;
    private IJSObjectReference? _keys;
    private DotNetObjectReference<EditPage>? _self;

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required VersionQuery Versions { get; init; }

    [Inject]
    public required VersionDesk Desk { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <summary><c>prp_…</c></summary>
    [Parameter]
    public required string PropertyId { get; set; }

    [Parameter]
    public required int Version { get; set; }

    /// <summary>JSON pointer to the rule to start with.</summary>
    [SupplyParameterFromQuery]
    public string? Rule { get; set; }

    /// <summary>rules, hostnames or json.</summary>
    [SupplyParameterFromQuery(Name = "view")]
    public string? ViewName { get; set; }

    private string Shown => ViewName is "json" or "hostnames" ? ViewName : "rules";

    private string State =>
        _draftFault
        ?? (
            _session is not { IsChanged: true } ? "All changes are saved"
            : _kept == _change ? "Not saved yet · kept as your draft"
            : "Not saved yet"
        );

    public async ValueTask DisposeAsync()
    {
        // What was typed in the last moment is kept, too.
        if (_kept != _change)
            await KeepDraftAsync(CancellationToken.None);
        await _gone.CancelAsync();
        _gone.Dispose();
        _self?.Dispose();
        try
        {
            if (_keys is not null)
            {
                await _keys.InvokeVoidAsync("dispose");
                await _keys.DisposeAsync();
            }
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The tab is closed.
        }
    }

    /// <summary>Ctrl+S, Ctrl+Z and Ctrl+Shift+Z, outside of fields that undo by themselves.</summary>
    [JSInvokable]
    public async Task KeyAsync(string what)
    {
        if (what == "save" && _session is { IsChanged: true, Unread: null })
            await SaveAsync();
        else if (what == "undo")
            _session?.Undo();
        else if (what == "redo")
            _session?.Redo();
        StateHasChanged();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_read == (PropertyId, Version))
            return;
        _read = (PropertyId, Version);
        _access = await Person.ReadAsync(_gone.Token);
        _answer = await Versions.ReadAsync(_access, PropertyId, Version, _gone.Token);
        if (_answer.View is not { } view)
            return;
        _mayEdit = _access.MayEdit(view.Property);
        if (!_mayEdit || view.IsLocked)
            return;
        _against = await Versions.ReadActiveAsync(view, _gone.Token);
        await OpenAsync(view);
        if (Rule is not null && _session!.Content.Rules.At(Rule) is not null)
            _chosen = Rule;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_session is null || _self is not null)
            return;
        _self = DotNetObjectReference.Create(this);
        try
        {
            _module = await Js.InvokeAsync<IJSObjectReference>("import", _gone.Token, "./Features/Editor/Edit/EditPage.razor.js");
            _keys = await _module.InvokeAsync<IJSObjectReference>("listen", _gone.Token, _self);
        }
        catch (Exception exception) when (exception is OperationCanceledException or JSDisconnectedException)
        {
            // The page is left already.
        }
    }

    private async Task OpenAsync(VersionView view)
    {
        var draft = await Desk.DraftAsync(view.Property.Id, Version, _access, _gone.Token);
        var before = draft is null ? null : PropertyVersionDocument.Parse(draft.Base).Value;
        _session = draft is null || before is null ? new(view.Content, view.Version.Revision) : new(before, draft.Revision);
        if (draft is not null)
        {
            // A draft may be half a thought, such as a rule whose name is gone: it then comes back as text, where it can be mended.
            if (PropertyVersionDocument.Parse(draft.Document).Value is { } content)
                _session.Restore(content, draft.Unread);
            else
                _session.Restore(_session.Content, draft.Unread ?? PropertyVersionDocument.RulesIn(draft.Document));
            _restored = draft.UpdatedAt;
        }
        _session.Changed += Follow;
        Validate(RuleTreeValidator.Validate(_session.Content.Rules, _session.Content.Hostnames));
    }

    private void Follow()
    {
        _change++;
        if (_session!.Content.Rules.At(_chosen) is null)
            _chosen = RuleTreeEdits.DefaultRule;
        StateHasChanged();
        _ = FollowAsync(_change);
    }

    // Each change starts one of these; the last one is the one that gets through its pauses.
    private async Task FollowAsync(long change)
    {
        try
        {
            await Task.Delay(Pause, Time, _gone.Token);
            if (change != _change)
                return;
            var content = _session!.Content;
            var messages = await Task.Run(() => RuleTreeValidator.Validate(content.Rules, content.Hostnames), _gone.Token);
            if (change == _change)
                Validate(messages);
            StateHasChanged();
            await Task.Delay(DraftPause, Time, _gone.Token);
            if (change == _change)
                await KeepDraftAsync(_gone.Token);
            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // The page is left.
        }
    }

    private void Validate(IReadOnlyList<ValidationMessage> messages)
    {
        _messages = [.. messages.OrderByDescending(message => message.Severity)];
        _byPointer = _messages.ToLookup(message => message.Pointer, StringComparer.Ordinal);
    }

    private async Task KeepDraftAsync(CancellationToken cancellationToken)
    {
        if (_session is not { } session || _answer?.View is not { } view)
            return;
        var change = _change;
        if (session.IsChanged)
        {
            var refusal = await Desk.KeepDraftAsync(
                view.Property.Id,
                Version,
                session.Revision,
                session.Saved,
                session.Content,
                session.Unread,
                _access,
                cancellationToken
            );
            _draftFault = refusal is null ? null : $"Your changes are not kept: {refusal.Message}";
        }
        else
        {
            await Desk.DropDraftAsync(view.Property.Id, Version, _access, cancellationToken);
        }
        _kept = change;
    }

    private async Task SaveAsync()
    {
        if (_session is not { } session || _answer?.View is not { } view || _saving)
            return;
        _saving = true;
        try
        {
            (_refusal, _meanwhile, _restored) = (null, null, null);
            var content = session.Content;
            var answer = await Desk.SaveAsync(view.Property.Id, Version, session.Revision, content, _access, _gone.Token);
            (_refusal, _meanwhile) = (answer.Refusal, answer.Meanwhile);
            if (answer.Revision is { } revision)
                session.Save(content, revision);
        }
        finally
        {
            _saving = false;
        }
    }

    private async Task SaveAsNewAsync()
    {
        var view = _answer!.View!;
        var (number, refusal) = await Desk.CreateAsync(view.Property.Id, Version, _session!.Content, _access, _gone.Token);
        _refusal = refusal;
        if (number is not { } made)
            return;
        await Desk.DropDraftAsync(view.Property.Id, Version, _access, _gone.Token);
        _kept = _change;
        _session.Changed -= Follow;
        Navigation.NavigateTo(Links.Edit(view.Property.Id, made));
    }

    private async Task DiscardAsync()
    {
        if (!await _discard!.AskAsync())
            return;
        _restored = null;
        _session!.Discard();
    }

    private void Choose(string place) => _chosen = place;

    private void ShowMessage(ValidationMessage message)
    {
        var hostnames = message.Pointer.StartsWith("/hostnames", StringComparison.Ordinal);
        if (!hostnames)
        {
            var end = message.Pointer.Split("/criteria")[0].Split("/behaviors")[0].Split("/options")[0].Split("/variables")[0];
            for (var place = end; place.Length > 0; place = place[..Math.Max(0, place.LastIndexOf('/'))])
            {
                if (_session!.Content.Rules.At(place) is null)
                    continue;
                _chosen = place;
                break;
            }
        }
        _jsonPlace = message.Pointer;
        if (hostnames != (Shown == "hostnames"))
            Navigation.NavigateTo(Address(hostnames ? "hostnames" : "rules"));
    }

    private string Address(string view) => $"{Links.Edit(_answer!.View!.Property.Id, Version)}{(view == "rules" ? "" : $"?view={view}")}";
}
