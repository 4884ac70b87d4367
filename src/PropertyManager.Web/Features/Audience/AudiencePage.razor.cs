using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Audience;

/// <summary>"Traffic audience": what a property's users ask for, to read and to change. Nothing is stored before it is saved.</summary>
public sealed partial class AudiencePage : IDisposable
{
    private readonly PageReads _reads = new();
    private LivePage<AudienceView>? _page;
    private AudienceSheet? _sheet;
    private AudienceTable? _table;
    private ConfirmDialog? _leave;
    private IReadOnlyList<AudienceRequest>? _meanwhile;
    private Refusal? _refusal;
    private ActionRunner? _runner;
    private bool _saved;

    [Inject]
    public required IDbContextFactory<AppDbContext> Contexts { get; init; }

    [Inject]
    public required AudienceDesk Desk { get; init; }

    [Inject]
    public required CurrentAccess Person { get; init; }

    [Parameter]
    public required string PropertyId { get; set; }

    private bool IsBusy => _runner is { IsBusy: true };

    private AudienceView View => _page!.View!;

    // What stands in an open form may be a change too.
    private bool IsChanged => _sheet?.IsChanged == true || _table?.IsOpen == true;

    public void Dispose() => _reads.Dispose();

    private async Task<PageAnswer<AudienceView>> LoadAsync(PageRead read)
    {
        if (PublicId.Parse(PublicId.Property, PropertyId) is not { } id)
            return PermalinkProblem.Unknown;
        await using var db = await Contexts.CreateDbContextAsync(read.Cancellation);
        var answer = await AudienceView.ReadAsync(db, id, read);
        if (answer.View is { } view)
        {
            Forget();
            _sheet = new(view.Property.Audience, view.Default);
        }
        return answer;
    }

    private Task SaveAsync() =>
        _runner!.RunAsync(async gone =>
        {
            if (!_table!.TryClose())
                return;
            var access = await Person.ReadAsync(gone);
            var answer = await Desk.SaveAsync(View.Property.Id, _sheet!.Stored, _sheet.Content, access, gone);
            Forget();
            (_refusal, _meanwhile, _saved) = (answer.Refusal, answer.Meanwhile, answer.Saved is not null);
            if (answer.Saved is { } saved)
                _sheet = new(saved, View.Default);
        });

    private Task OverwriteAsync()
    {
        _sheet!.Rebase(_meanwhile!);
        return SaveAsync();
    }

    private void TakeTheirs()
    {
        _table!.Close();
        _sheet = new(_meanwhile!, View.Default);
        Forget();
    }

    private void Reset()
    {
        _table!.Close();
        _sheet!.Reset();
        Changed();
    }

    private void Discard()
    {
        _table!.Close();
        _sheet!.Discard();
        Changed();
    }

    // What was answered to the last save is not about what stands there now; somebody else's change still is.
    private void Changed() => (_refusal, _saved) = (null, false);

    private void Forget() => (_refusal, _meanwhile, _saved) = (null, null, false);

    private async Task AskToLeaveAsync(LocationChangingContext leaving)
    {
        if (View.MayEdit && IsChanged && _leave is { } ask && !await ask.AskAsync())
            leaving.PreventNavigation();
    }
}
