using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>A message in the page: information, success, warning or error.</summary>
public sealed partial class Callout
{
    [Parameter]
    public Tone Tone { get; set; } = Tone.Info;

    [Parameter]
    public string? Title { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>What the message asks for: links or buttons, on the right.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>
    /// True for the answer to something just done: it is read out at once (errors interrupt, the others wait). False for what stands in the page from
    /// the start.
    /// </summary>
    [Parameter]
    public bool Announce { get; set; }

    private string? Role =>
        (Announce, Tone) switch
        {
            (false, _) => null,
            (true, Tone.Danger) => "alert",
            _ => "status",
        };

    private Glyph Icon =>
        Tone switch
        {
            Tone.Success => Glyph.Check,
            Tone.Warning or Tone.Danger => Glyph.Warning,
            _ => Glyph.Info,
        };
}
