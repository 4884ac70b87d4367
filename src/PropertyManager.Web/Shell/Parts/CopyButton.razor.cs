using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>Copies a text or a link. shell.js does it, within the click, and writes "Copied" into the live region for two seconds.</summary>
public sealed partial class CopyButton
{
    /// <summary>What is copied. A link has to be a full address.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Parameter]
    public string Label { get; set; } = "Copy";

    /// <summary>Shows the icon alone; the label stays its name.</summary>
    [Parameter]
    public bool IconOnly { get; set; }
}
