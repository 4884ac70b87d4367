using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>What an option is set to.</summary>
public sealed partial class OptionItem
{
    [Parameter, EditorRequired]
    public required OptionValue Value { get; set; }
}
