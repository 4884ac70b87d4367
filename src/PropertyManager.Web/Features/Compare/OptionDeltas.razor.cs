using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Features.Compare;

/// <summary>Names, each with its value before and after.</summary>
public sealed partial class OptionDeltas
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<OptionDelta> Lines { get; set; }
}
