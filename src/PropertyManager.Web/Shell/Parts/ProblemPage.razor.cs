using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>A whole page that says why there is nothing to see, with a way back to Property Groups.</summary>
public sealed partial class ProblemPage
{
    /// <summary>The HTTP status, where one says something to the reader.</summary>
    [Parameter]
    public int? Code { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Other ways on, before the way back.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }
}
