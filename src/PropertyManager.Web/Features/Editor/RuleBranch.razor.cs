using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Features.Editor;

/// <summary>A rule in the outline, with the rules below it.</summary>
public sealed partial class RuleBranch
{
    [Parameter, EditorRequired]
    public required RuleNode Node { get; set; }

    [Parameter, EditorRequired]
    public required RuleTreeState Tree { get; set; }

    /// <summary>The rules below a rule are to be shown or folded away.</summary>
    [Parameter]
    public EventCallback<RuleNode> Toggled { get; set; }
}
