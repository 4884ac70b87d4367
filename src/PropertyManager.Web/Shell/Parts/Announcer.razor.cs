using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>
/// Reads a text out, politely and once, when it changes. What it is at first is not read: the page itself says it. Give it phases
/// ("Live traffic is on version 5"), never figures that change several times a second.
/// </summary>
public sealed partial class Announcer
{
    private bool _known;
    private bool _changed;
    private string _text = "";
    private string _said = "";

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    protected override void OnParametersSet()
    {
        _changed = !_known || Text != _text;
        if (_known && _changed)
            _said = Text;
        _text = Text;
        _known = true;
    }

    protected override bool ShouldRender() => _changed;
}
