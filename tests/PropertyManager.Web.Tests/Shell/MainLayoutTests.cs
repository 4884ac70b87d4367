using Bunit;
using Microsoft.AspNetCore.Components;
using PropertyManager.Web.Shell;
using Radzen;

namespace PropertyManager.Web.Tests.Shell;

public sealed class MainLayoutTests : BunitContext
{
    [Fact]
    public void A_page_that_fails_leaves_the_header_and_the_next_page_is_shown()
    {
        this.AddAuthorization().SetAuthorized("ann");
        Services.AddRadzenComponents();
        JSInterop.Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: false));
        RenderFragment faulty = builder =>
        {
            builder.OpenComponent<Faulty>(0);
            builder.AddComponentParameter(1, nameof(Faulty.Exception), new InvalidOperationException("a bug"));
            builder.CloseComponent();
        };
        var layout = Render<MainLayout>(p => p.Add(x => x.Body, faulty));

        layout.Find(".fail").Click();
        Assert.Contains("error ID", layout.Find("main [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.NotNull(layout.Find("header .brand"));

        layout.Render(p => p.Add(x => x.Body, builder => builder.AddMarkupContent(0, "<p id=\"next\"></p>")));
        Assert.NotNull(layout.Find("main #next"));
        Assert.Empty(layout.FindAll("[role=alert]"));
    }
}
