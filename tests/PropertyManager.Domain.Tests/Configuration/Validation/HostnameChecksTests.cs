using PropertyManager.Domain.Configuration;
using static PropertyManager.Domain.Tests.Configuration.Validation.Validated;

namespace PropertyManager.Domain.Tests.Configuration.Validation;

public sealed class HostnameChecksTests
{
    [Theory]
    [InlineData("www.shop.example.edgekey.net", null)]
    [InlineData("www.shop.example.EdgeSuite.net", null)]
    [InlineData("shop.akamaized.net", null)]
    [InlineData("", "No edge hostname")]
    [InlineData("www.shop.example.cdn.example", "A foreign edge hostname")]
    [InlineData(".edgekey.net", "A foreign edge hostname")]
    [InlineData("edgekey.net", "A foreign edge hostname")]
    public void An_edge_hostname_is_one_of_this_network(string edge, string? title)
    {
        var message = With(new HostnameEntry("www.shop.example", edge)).SingleOrDefault();

        Assert.Equal((title, title is null ? null : "/hostnames/0"), (message?.Title, message?.Pointer));
        Assert.True(message is null or { Severity: Severity.Warning, RulePath: "www.shop.example" });
    }

    [Fact]
    public void A_hostname_stands_once()
    {
        var message = Assert.Single(
            With(new HostnameEntry("www.shop.example", "a.edgekey.net"), new HostnameEntry("WWW.shop.example", "b.edgekey.net"))
        );

        Assert.Equal((Severity.Error, "A hostname stands twice", "/hostnames/1"), (message.Severity, message.Title, message.Pointer));
    }
}
