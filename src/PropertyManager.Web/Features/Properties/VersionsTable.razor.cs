using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Properties;

/// <summary>"Manage Versions and Activations": a property's versions and how each stands on the networks.</summary>
public sealed partial class VersionsTable
{
    [Parameter, EditorRequired]
    public required long PropertyId { get; set; }

    [Parameter, EditorRequired]
    public required string PropertyName { get; set; }

    [Parameter, EditorRequired]
    public required Paged<VersionRow> Page { get; set; }

    [Parameter, EditorRequired]
    public required LiveActivations Live { get; set; }

    /// <summary>Whether this person may activate.</summary>
    [Parameter]
    public bool MayPublish { get; set; }
}
