using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>Stands where a list would: says that there is nothing, why, and what can be done.</summary>
public sealed partial class EmptyState
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public Glyph Glyph { get; set; } = Glyph.Search;

    /// <summary>Why there is nothing.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>What can be done: links or buttons.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }
}
