using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>"12 min 4 s", or a dash where there is none.</summary>
public sealed partial class Duration
{
    [Parameter, EditorRequired]
    public required TimeSpan? Value { get; set; }
}
