using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>The top of every page of a property version: where it is, and its tabs.</summary>
public sealed partial class VersionHeader
{
    [Parameter, EditorRequired]
    public required long PropertyId { get; set; }

    [Parameter, EditorRequired]
    public required string PropertyName { get; set; }

    [Parameter, EditorRequired]
    public required int Version { get; set; }

    [Parameter]
    public RenderFragment? Facts { get; set; }

    [Parameter]
    public RenderFragment? Actions { get; set; }

    private IReadOnlyList<Crumb> Crumbs => [new("Property Groups", Links.Groups), new(PropertyName, Links.Property(PropertyId))];
}
