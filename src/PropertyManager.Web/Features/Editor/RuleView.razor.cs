using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Features.Editor;

/// <summary>A rule for reading: its criteria in words, its behaviors with their options.</summary>
public sealed partial class RuleView
{
    private const string NameField = "name"; // of a variable

    [Parameter, EditorRequired]
    public required RuleNode Node { get; set; }

    /// <summary>Marks what it finds.</summary>
    [Parameter, EditorRequired]
    public required RuleSearch Search { get; set; }

    /// <summary>The address that chooses a rule.</summary>
    [Parameter, EditorRequired]
    public required Func<RuleNode, string> LinkOf { get; set; }

    /// <summary>What the author wrote about the whole tree.</summary>
    [Parameter]
    public string? TreeComments { get; set; }
}
