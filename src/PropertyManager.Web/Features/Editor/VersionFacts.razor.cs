using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Features.Editor;

/// <summary>Property Version Information.</summary>
public sealed partial class VersionFacts
{
    [Parameter, EditorRequired]
    public required VersionView View { get; set; }

    private int Rules { get; set; }

    private int Behaviors { get; set; }

    protected override void OnParametersSet()
    {
        Rules = View.Rules.Rules().Count();
        Behaviors = View.Rules.Rules().Sum(placed => placed.Rule.Behaviors.Count);
    }
}
