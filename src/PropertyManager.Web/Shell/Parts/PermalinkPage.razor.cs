using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>Says why an address cannot be shown, in the words that the server uses when it is the first page that is asked for.</summary>
public sealed partial class PermalinkPage
{
    [Parameter, EditorRequired]
    public required PermalinkProblem Problem { get; set; }
}
