using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Features.Editor.Edit;

/// <summary>The Property Manager Editor at its address. Another version is another editor: what is kept of one never reaches the other.</summary>
public sealed partial class EditPage
{
    /// <summary><c>prp_…</c></summary>
    [Parameter]
    public required string PropertyId { get; set; }

    [Parameter]
    public required int Version { get; set; }

    /// <summary>JSON pointer to the rule to start with.</summary>
    [SupplyParameterFromQuery]
    public string? Rule { get; set; }

    /// <summary>rules, hostnames or json.</summary>
    [SupplyParameterFromQuery(Name = "view")]
    public string? ViewName { get; set; }
}
