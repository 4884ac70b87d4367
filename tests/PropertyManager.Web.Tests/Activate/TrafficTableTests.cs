using Bunit;
using PropertyManager.Web.Features.Activate;

namespace PropertyManager.Web.Tests.Activate;

public sealed class TrafficTableTests : BunitContext
{
    [Fact]
    public void It_renders_again_only_when_its_figures_are_others()
    {
        var table = Render<TrafficTable>(p => p.Add(x => x.Rows, Rows("10")));

        table.Render(p => p.Add(x => x.Rows, Rows("10")));
        Assert.Equal(1, table.RenderCount);

        table.Render(p => p.Add(x => x.Rows, Rows("11")));
        Assert.Equal(2, table.RenderCount);
        Assert.Equal("11", table.Find("tbody td").TextContent);

        table.Render(p => p.Add(x => x.Rows, Rows("11")).Add(x => x.Note, "They are refused."));
        Assert.Equal(3, table.RenderCount);
        Assert.Equal("They are refused.", table.Find("p").TextContent);
    }

    private static LiveTraffic[] Rows(string hits) => [new("Updated servers", hits, "90.0%", "6.0%", "3.0%", "1.0%")];
}
