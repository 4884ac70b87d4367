using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>The top of a page: the way here, what it is, a line about it, and on the right what is mostly done here.</summary>
public sealed partial class PageHeader
{
    /// <summary>The page's heading, and the last of its breadcrumbs.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public IReadOnlyList<Crumb>? Crumbs { get; set; }

    /// <summary>Short facts under the heading: each a span.</summary>
    [Parameter]
    public RenderFragment? Facts { get; set; }

    /// <summary>One primary action, and a few others at most.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }
}
