using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>Two people changed the same version: what the other made of it, what oneself did, and the ways on.</summary>
public sealed partial class SavedMeanwhile
{
    private PropertyVersionDocument _theirs = null!;
    private PropertyVersionDocument? _merged;
    private IReadOnlyList<string> _theirLines = [];
    private IReadOnlyList<string> _myLines = [];

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

    protected override void OnParametersSet()
    {
        _theirs = VersionView.ContentOf(Meanwhile);
        _theirLines = ThreeWay.Lines(Session.Saved, _theirs);
        _myLines = ThreeWay.Lines(Session.Saved, Session.Content);
        _merged = ThreeWay.Merge(Session.Saved, _theirs, Session.Content);
    }

    private Task TakeOver(PropertyVersionDocument content)
    {
        Session.TakeOver(_theirs, Meanwhile.Revision, content);
        return Settled.InvokeAsync();
    }
}
