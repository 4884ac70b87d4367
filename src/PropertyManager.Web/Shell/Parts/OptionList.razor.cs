using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>Options and what they are set to.</summary>
public sealed partial class OptionList
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<OptionField> Fields { get; set; }

    /// <summary>It stands within an option.</summary>
    [Parameter]
    public bool Nested { get; set; }
}
