using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>A span of simulated time: "12 min 4 s", or a dash where there is none. What stands above or before it says that it is simulated.</summary>
public sealed partial class Duration
{
    [Parameter, EditorRequired]
    public required TimeSpan? Value { get; set; }
}
