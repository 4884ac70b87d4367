using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

public sealed partial class Icon
{
    [Parameter, EditorRequired]
    public required Glyph Glyph { get; set; }

    private Glyph? _drawn;

    // Icons stand in what re-renders several times a second, and hardly ever change.
    protected override bool ShouldRender() => _drawn != Glyph;

    protected override void OnAfterRender(bool firstRender) => _drawn = Glyph;

    private string Path =>
        Glyph switch
        {
            Glyph.ArrowRight => "M3 8h10M9 4l4 4-4 4",
            Glyph.Check => "M3 8.5l3.2 3.2L13 4.8",
            Glyph.ChevronDown => "M4 6l4 4 4-4",
            Glyph.ChevronRight => "M6 4l4 4-4 4",
            Glyph.Clock => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M8 4.8V8l2.2 1.6",
            Glyph.Copy => "M6 5.5h7.5V14H6zM10.5 5.5V2H3v8.5h3",
            Glyph.Cross => "M4 4l8 8M12 4l-8 8",
            Glyph.Info => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M8 7.4v3.8M8 4.9v.1",
            Glyph.Menu => "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
            Glyph.Minus => "M4 8h8",
            Glyph.Moon => "M13.6 9.6A6 6 0 0 1 6.4 2.4a6 6 0 1 0 7.2 7.2z",
            Glyph.Plus => "M8 3.5v9M3.5 8h9",
            Glyph.Rolling => "M13.5 8A5.5 5.5 0 0 1 3.6 11.3M2.5 8a5.5 5.5 0 0 1 9.9-3.3M12.6 1.9v3H9.6M3.4 14.1v-3h3",
            Glyph.Screen => "M2 3h12v8H2zM5.5 14h5M8 11v3",
            Glyph.Search => "M7 2.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6M10.6 10.6L14 14",
            Glyph.Stop => "M4.5 4.5h7v7h-7z",
            Glyph.Sun => "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1v1.2M8 13.8V15M1 8h1.2M13.8 8H15M3 3l.9.9M12.1 12.1l.9.9M3 13l.9-.9M12.1 3.9L13 3",
            Glyph.Warning => "M8 2L1.6 13.4h12.8zM8 6.4v3.2M8 11.6v.1",
            _ => throw new InvalidOperationException($"No drawing for {Glyph}."),
        };
}
