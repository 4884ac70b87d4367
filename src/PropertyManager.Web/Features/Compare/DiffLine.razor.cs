using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Features.Compare;

/// <summary>The sign and the text of one line.</summary>
public sealed partial class DiffLine
{
    /// <summary>The line, cut where its marks begin and end.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<LinePart> Parts { get; set; }

    /// <summary>Removed, added, or else unchanged.</summary>
    [Parameter]
    public DiffRowKind Kind { get; set; }
}
