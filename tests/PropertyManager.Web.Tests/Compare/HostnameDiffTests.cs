using Bunit;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Features.Compare;

namespace PropertyManager.Web.Tests.Compare;

public sealed class HostnameDiffTests : BunitContext
{
    private static readonly HostnameEntry Before = new("www.shop.example", "www.shop.example.edgekey.net");

    [Fact]
    public void A_hostname_says_where_it_led_and_where_its_certificate_came_from_as_far_as_that_changed()
    {
        var elsewhere = Before with { EdgeHostname = "other.edgekey.net" };
        var certified = Before with { Certificate = CertificateProvisioning.Default };

        Assert.Equal(["www.shop.example.edgekey.net"], Struck(elsewhere), StringComparer.Ordinal);
        Assert.Equal(["CPS certificate"], Struck(certified), StringComparer.Ordinal);
        Assert.Equal(
            ["www.shop.example.edgekey.net", "CPS certificate"],
            Struck(elsewhere with { Certificate = CertificateProvisioning.Default }),
            StringComparer.Ordinal
        );
        Assert.EndsWith(
            "→ www.shop.example.edgekey.net, CPS certificate default certificate",
            string.Join(' ', Show(certified).Find("li").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal
        );
    }

    private IEnumerable<string> Struck(HostnameEntry after) => Show(after).FindAll("del").Select(gone => gone.TextContent);

    private IRenderedComponent<HostnameDiff> Show(HostnameEntry after) =>
        Render<HostnameDiff>(p => p.Add(d => d.Changes, HostnameChanges.Between([Before], [after])).Add(d => d.Before, [Before]));
}
