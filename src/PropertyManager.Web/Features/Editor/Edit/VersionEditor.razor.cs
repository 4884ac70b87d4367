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
public sealed partial class VersionEditor : IAsyncDisposable
{
    /// <summary>The messages follow when the typing pauses for so long, and the draft a little later.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan DraftPause = TimeSpan.FromMilliseconds(600);

    private readonly CancellationTokenSource _gone = new();
    private VersionAnswer? _answer;
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

    // A draft of a version that somebody activated meanwhile.
    private VersionDraft? _stranded;
    private Refusal? _refusal;
    private PropertyVersion? _meanwhile;
    private ActionRunner? _runner;
    private Task _save = Task.CompletedTask;
    private long _change;
    private long _kept;
    private (long Change, Guid Key) _request = (-1, Guid.Empty);
    private string? _draftFault;
    private ConfirmDialog? _discard;
    private IJSObjectReference? _module;
    private IJSObjectReference? _keys;
    private DotNetObjectReference<VersionEditor>? _self;

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Inject]
    public required VersionQuery Versions { get; init; }

    [Inject]
    public required VersionDesk Desk { get; init; }

    [Inject]
    public required DraftDesk Drafts { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required ILogger<VersionEditor> Logger { get; init; }

    /// <summary><c>prp_…</c></summary>
    [Parameter, EditorRequired]
    public required string PropertyId { get; set; }

    [Parameter, EditorRequired]
    public required int Version { get; set; }

    /// <summary>JSON pointer to the rule to start with.</summary>
    [Parameter]
    public string? Rule { get; set; }

    /// <summary>rules, hostnames or json.</summary>
    [Parameter]
    public string? ViewName { get; set; }

    private bool IsBusy => _runner is { IsBusy: true };

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
        // What was typed in the last moment is kept, too; after what is being saved, or it would come back as a draft of what it is.
        await _save;
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
        catch (Exception exception) when (exception is JSException or JSDisconnectedException)
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

    private async Task<PageAnswer<VersionView>> LoadAsync(PageRead read)
    {
        var versions = await Versions.ReadAsync(read.Access, PropertyId, [Version], withActive: true, read.Cancellation);
        (_access, _answer) = (read.Access, versions.Find(Version));
        if (_answer.View is not { } view)
            return _answer.ForPage();
        _mayEdit = _access.MayEdit(view.Property);
        var draft = _mayEdit ? await Drafts.FindAsync(view.Property.Id, Version, _access, read.Cancellation) : null;
        if (_mayEdit && view.IsLocked)
            _stranded = draft;
        if (!_mayEdit || view.IsLocked)
            return view;
        _against = versions.Active();
        Open(view, draft);
        if (Rule is not null && _session!.Content.Rules.At(Rule) is not null)
            _chosen = Rule;
        return view;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_session is null || _self is not null)
            return;
        _self = DotNetObjectReference.Create(this);
        try
        {
            _module = await Js.InvokeAsync<IJSObjectReference>("import", _gone.Token, "./Features/Editor/Edit/VersionEditor.razor.js");
            _keys = await _module.InvokeAsync<IJSObjectReference>("listen", _gone.Token, _self);
        }
        catch (Exception exception) when (exception is OperationCanceledException or JSException or JSDisconnectedException)
        {
            // The page is left already, or the browser could not fetch it: the keys then do nothing, and the buttons do.
        }
    }

    private void Open(VersionView view, VersionDraft? draft)
    {
        var before = draft is null ? null : PropertyVersionDocument.Parse(draft.Base).Value;
        _session = draft is null || before is null ? new(view.Content, view.Version.Revision) : new(before, draft.Revision);
        if (draft is not null)
        {
            // A draft may be half a thought, such as a rule whose name is gone: its rules then come back as text, where they can be mended.
            var kept = PropertyVersionDocument.ReadDraft(draft.Document, _session.Content);
            _session.Restore(
                kept ?? _session.Content,
                draft.Unread
                    ?? (kept is null || !ReferenceEquals(kept.Rules, _session.Content.Rules) ? null : PropertyVersionDocument.RulesIn(draft.Document))
            );
            _restored = draft.UpdatedAt;
        }
        _session.Changed += Follow;
        Validate(RuleTreeValidator.Validate(_session.Content.Rules, _session.Content.Hostnames, _session.Content.RuleFormat));
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
            var messages = await Task.Run(() => RuleTreeValidator.Validate(content.Rules, content.Hostnames, content.RuleFormat), _gone.Token);
            if (change == _change)
                Validate(messages);
            StateHasChanged();
            await Task.Delay(DraftPause, Time, _gone.Token);
            if (change == _change)
                await KeepDraftAsync(_gone.Token);
            StateHasChanged();
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The page is left.
        }
        catch (Exception exception)
        {
            // Nobody awaits this. The next change checks again.
            LogUnchecked(Logger, exception, _answer!.View!.Property.Id, Version);
        }
    }

    private void Validate(IReadOnlyList<ValidationMessage> messages)
    {
        _messages = messages;
        _byPointer = messages
            .SelectMany(message => message.Places.Select(place => (place.Pointer, Message: message)))
            .ToLookup(found => found.Pointer, found => found.Message, StringComparer.Ordinal);
    }

    private async Task KeepDraftAsync(CancellationToken cancellationToken)
    {
        if (_session is not { } session || _answer?.View is not { } view)
            return;
        var change = _change;
        try
        {
            if (session.IsChanged)
            {
                var refusal = await Drafts.KeepAsync(
                    view.Property.Id,
                    Version,
                    session.Revision,
                    session.Saved,
                    session.Content,
                    session.Unread,
                    await Person.ReadAsync(cancellationToken),
                    cancellationToken
                );
                _draftFault = refusal is null ? null : $"Your changes are not kept: {refusal.Message}";
            }
            else
            {
                await Drafts.DropAsync(view.Property.Id, Version, _access, cancellationToken);
                _draftFault = null;
            }
            _kept = change;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing but the draft is at stake: whoever edits goes on, and is told.
            var cause = DatabaseFailure.From(exception)?.Text ?? "something went wrong in the application";
            _draftFault = $"Your changes are not kept at the moment: {cause}. Save them, or go on; the next change tries again.";
            LogDraftLost(Logger, exception, view.Property.Id, Version);
        }
    }

    private Task SaveAsync() => _save.IsCompleted ? _save = _runner!.RunAsync(_ => SaveNowAsync()) : _save;

    // What was asked to be saved is saved even when the page is left at once.
    private async Task SaveNowAsync()
    {
        if (_session is not { } session || _answer?.View is not { } view)
            return;
        (_refusal, _meanwhile, _restored) = (null, null, null);
        var content = session.Content;
        _access = await Person.ReadAsync(CancellationToken.None);
        var answer = await Desk.SaveAsync(view.Property.Id, Version, session.Revision, content, _access, CancellationToken.None);
        (_refusal, _meanwhile) = (answer.Refusal, answer.Meanwhile);
        if (answer.Revision is { } revision)
            session.Save(content, revision);
    }

    private Task SaveAsNewAsync() =>
        _runner!.RunAsync(async _ =>
        {
            if (_session is not { Unread: null } session || await MakeAsync(session.Content) is not { } made)
                return;
            _kept = _change;
            session.Changed -= Follow;
            Navigation.NavigateTo(Links.Edit(_answer!.View!.Property.Id, made));
        });

    private Task SaveStrandedAsync() =>
        _runner!.RunAsync(async _ =>
        {
            var view = _answer!.View!;
            if (await MakeAsync(PropertyVersionDocument.ReadDraft(_stranded!.Document, view.Content) ?? view.Content) is { } made)
                Navigation.NavigateTo(Links.Edit(view.Property.Id, made));
        });

    /// <summary>Makes a new version in place of the draft; null where it is refused.</summary>
    private async Task<int?> MakeAsync(PropertyVersionDocument content)
    {
        var property = _answer!.View!.Property.Id;
        _access = await Person.ReadAsync(CancellationToken.None);
        (var number, _refusal) = await Desk.CreateAsync(property, Version, content, RequestKey(), _access, CancellationToken.None);
        if (number is null)
            return null;
        try
        {
            await Drafts.DropAsync(property, Version, _access, CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseFailure.From(exception) is not null)
        {
            // The version is made, and must not be made again for the sake of a draft that stays.
            LogDraftKept(Logger, exception, property, Version);
        }
        return number;
    }

    /// <summary>The same changes, saved twice as a new version, make one.</summary>
    private Guid RequestKey()
    {
        if (_request.Change != _change)
            _request = (_change, Guid.NewGuid());
        return _request.Key;
    }

    private Task DropStrandedAsync() =>
        _runner!.RunAsync(async _ =>
        {
            await Drafts.DropAsync(_answer!.View!.Property.Id, Version, _access, CancellationToken.None);
            _stranded = null;
        });

    private async Task DiscardAsync()
    {
        if (!await _discard!.AskAsync())
            return;
        _restored = null;
        _session!.Discard();
    }

    private void SetNotes(string? notes) => _session!.Do("Change notes", content => content with { Note = notes ?? "" }, "notes");

    [LoggerMessage(LogLevel.Warning, "The draft of version {Version} of property {PropertyId} could not be kept")]
    private static partial void LogDraftLost(ILogger logger, Exception exception, long propertyId, int version);

    [LoggerMessage(LogLevel.Warning, "The draft of version {Version} of property {PropertyId} could not be removed")]
    private static partial void LogDraftKept(ILogger logger, Exception exception, long propertyId, int version);

    [LoggerMessage(LogLevel.Error, "Changes of version {Version} of property {PropertyId} could not be checked")]
    private static partial void LogUnchecked(ILogger logger, Exception exception, long propertyId, int version);

    private void Choose(string place) => _chosen = place;

    private void ShowPlace(string pointer)
    {
        var hostnames = pointer.StartsWith("/hostnames", StringComparison.Ordinal);
        if (!hostnames)
        {
            for (var place = new MessagePlace(pointer, "").Rule; place.Length > 0; place = place[..Math.Max(0, place.LastIndexOf('/'))])
            {
                if (_session!.Content.Rules.At(place) is null)
                    continue;
                _chosen = place;
                break;
            }
        }
        _jsonPlace = pointer;
        if (hostnames != (Shown == "hostnames"))
            Navigation.NavigateTo(Address(hostnames ? "hostnames" : "rules"));
    }

    private string Address(string view) => $"{Links.Edit(_answer!.View!.Property.Id, Version)}{(view == "rules" ? "" : $"?view={view}")}";
}
