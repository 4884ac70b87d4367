using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Features.Editor.Edit;

namespace PropertyManager.Web.Tests.Editor.Edit;

public sealed class HostnameListTests
{
    private static readonly HostnameEntry[] There = [new("www.shop.example", "www.shop.example.edgekey.net")];

    [Theory]
    [InlineData("img.shop.example", "img.shop.example>img.shop.example.edgekey.net")]
    [InlineData(
        "IMG.Shop.example\timg.edgesuite.net\n\napi.shop.example",
        "img.shop.example>img.edgesuite.net api.shop.example>api.shop.example.edgekey.net"
    )]
    [InlineData(
        "a.shop.example, b.shop.example; c.shop.example",
        "a.shop.example>a.shop.example.edgekey.net b.shop.example>b.shop.example.edgekey.net c.shop.example>c.shop.example.edgekey.net"
    )]
    [InlineData("a.shop.example -> x.edgekey.net\nb.shop.example→y.edgekey.net", "a.shop.example>x.edgekey.net b.shop.example>y.edgekey.net")]
    [InlineData(
        "*.App.shop.example, my_app.shop.example",
        "*.app.shop.example>app.shop.example.edgekey.net my_app.shop.example>my_app.shop.example.edgekey.net"
    )]
    [InlineData("  \n ", "")]
    public void Reads_what_people_paste(string text, string read)
    {
        var (added, faults) = HostnameList.Read(text, There);

        Assert.Empty(faults);
        Assert.Equal(read, string.Join(' ', added.Select(h => $"{h.CnameFrom}>{h.EdgeHostname}")));
    }

    [Theory]
    [InlineData("WWW.shop.example", "“www.shop.example” is there already.")]
    [InlineData("a.example, a.example", "“a.example” is there already.")]
    [InlineData("localhost", "“localhost” has only one label; a full name such as www.shop.example is expected.")]
    [InlineData("a.example b.example c.example", "“a.example b.example c.example” has more than a hostname and an edge hostname.")]
    [InlineData(
        "a.example -edge.net",
        "The edge hostname “-edge.net” is not a host name: its labels are letters, digits and inner hyphens, separated by single dots."
    )]
    [InlineData(
        "*.example",
        "“*.example” covers all names of a domain such as com; at least two labels are expected after the *, as in *.shop.example."
    )]
    public void Says_what_is_wrong(string text, string fault) => Assert.Equal([fault], HostnameList.Read(text, There).Faults);
}
