using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Editor;

/// <summary>A criterion in words.</summary>
public sealed partial class CriterionLine
{
    private const string Space = " "; // Razor drops spaces beside its own statements

    [Parameter, EditorRequired]
    public required CriterionSentence Sentence { get; set; }

    /// <summary>The search found it.</summary>
    [Parameter]
    public bool Hit { get; set; }
}
