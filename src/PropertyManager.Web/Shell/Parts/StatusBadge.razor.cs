using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>A status in words, with the colour and icon of its tone.</summary>
public sealed partial class StatusBadge
{
    [Parameter, EditorRequired]
    public required Tone Tone { get; set; }

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>An icon that says more than the tone's own.</summary>
    [Parameter]
    public Glyph? Glyph { get; set; }
}
