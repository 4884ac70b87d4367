using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Features.Compare;

/// <summary>The XML of two versions under its first address, which people have kept and sent to others. What is chosen there leads to the new one.</summary>
public sealed partial class XmlDiffPage
{
    /// <summary><c>prp_…</c></summary>
    [Parameter]
    public required string PropertyId { get; set; }

    /// <summary>The version after.</summary>
    [Parameter]
    public required int Version { get; set; }

    /// <summary>The version before.</summary>
    [Parameter]
    public required int Before { get; set; }

    /// <summary><c>inline</c>; anything else is side by side.</summary>
    [SupplyParameterFromQuery]
    public string? View { get; set; }

    /// <summary>The current change, from 1.</summary>
    [SupplyParameterFromQuery]
    public int? Change { get; set; }
}
