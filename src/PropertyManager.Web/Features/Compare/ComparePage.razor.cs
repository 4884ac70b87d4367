using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Features.Compare;

/// <summary>Compare versions: any two of a property. The tab, and in the XML the layout and the current change, stand in the address.</summary>
public sealed partial class ComparePage
{
    /// <summary><c>prp_…</c></summary>
    [Parameter]
    public required string PropertyId { get; set; }

    /// <summary>The version before.</summary>
    [Parameter]
    public required int Left { get; set; }

    /// <summary>The version after.</summary>
    [Parameter]
    public required int Right { get; set; }

    /// <summary><c>rules</c>, <c>hostnames</c> or <c>xml</c>.</summary>
    [SupplyParameterFromQuery]
    public string? View { get; set; }

    /// <summary>Of the XML: <c>inline</c>; anything else is side by side.</summary>
    [SupplyParameterFromQuery]
    public string? Layout { get; set; }

    /// <summary>Of the XML: the current change, from 1.</summary>
    [SupplyParameterFromQuery]
    public int? Change { get; set; }
}
