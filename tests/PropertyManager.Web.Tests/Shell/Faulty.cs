using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace PropertyManager.Web.Tests.Shell;

/// <summary>A component whose button fails.</summary>
internal sealed class Faulty : ComponentBase
{
    [Parameter]
    public required Exception Exception { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "button");
        builder.AddAttribute(1, "class", "fail");
        builder.AddAttribute(2, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, () => throw Exception));
        builder.CloseElement();
    }
}
