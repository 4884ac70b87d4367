using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Activate;

/// <summary>What goes with everything that is asked of a network: notes, and who is told. Checked at each field.</summary>
public sealed partial class OrderFields
{
    private readonly string _id = Guid.NewGuid().ToString("N");
    private string _notes = "";
    private string _emails = "";
    private string? _notesError;
    private string? _emailsError;

    public string Notes => _notes;

    /// <summary>As typed: addresses separated by commas.</summary>
    public string Emails => _emails;

    private string? NotesProblem =>
        _notes.Length > ActivationIntent.NoteLength
            ? $"{Words.Number(_notes.Length)} characters: {Words.Number(ActivationIntent.NoteLength)} at most."
            : null;

    private string? EmailsProblem => NotifyList.Parse(_emails).Error;

    /// <summary>Whether both can be sent; what is wrong is shown.</summary>
    public bool Check()
    {
        (_notesError, _emailsError) = (NotesProblem, EmailsProblem);
        StateHasChanged();
        return _notesError is null && _emailsError is null;
    }

    private string Id(string name) => $"{name}-{_id}";

    private void MendNotes()
    {
        if (NotesProblem is null)
            _notesError = null;
    }

    /// <summary>An error goes as soon as it is mended; a new one is said only when the field is left.</summary>
    private void MendEmails(ChangeEventArgs change)
    {
        _emails = change.Value as string ?? "";
        if (EmailsProblem is null)
            _emailsError = null;
    }

    private void CheckEmails(ChangeEventArgs change)
    {
        _emails = change.Value as string ?? "";
        _emailsError = EmailsProblem;
    }
}
