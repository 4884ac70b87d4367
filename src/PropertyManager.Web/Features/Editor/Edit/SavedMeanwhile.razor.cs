using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>Two people changed the same version: what the other made of it, what oneself did, and the ways on.</summary>
public sealed partial class SavedMeanwhile
{
    [Parameter, EditorRequired]
    public required EditorSession Session { get; set; }

    /// <summary>The version as the other person saved it.</summary>
    [Parameter, EditorRequired]
    public required PropertyVersion Meanwhile { get; set; }

    [Parameter, EditorRequired]
    public required int Number { get; set; }

    [Parameter]
    public EventCallback SaveAsNew { get; set; }

    /// <summary>It is decided: the editing goes on.</summary>
    [Parameter]
    public EventCallback Settled { get; set; }

    private Task TakeTheirs()
    {
        var theirs = VersionView.ContentOf(Meanwhile);
        Session.TakeOver(theirs, Meanwhile.Revision, theirs);
        return Settled.InvokeAsync();
    }
}
