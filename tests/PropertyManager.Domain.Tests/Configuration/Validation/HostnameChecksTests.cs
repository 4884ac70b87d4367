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
    public void An_underscore_stands_in_the_way_of_an_activation()
    {
        var message = Assert.Single(With(new("www.shop.example", "a.edgekey.net"), new("my_app.shop.example", "a.edgekey.net")));

        Assert.Equal((Severity.Error, "An underscore in a hostname", "/hostnames/1"), (message.Severity, message.Title, message.Pointer));
    }

    [Fact]
    public void A_wildcard_and_its_name_are_two_hostnames() =>
        Assert.Empty(With(new("*.app.shop.example", "app.shop.example.edgesuite.net"), new("app.shop.example", "app.shop.example.edgesuite.net")));

    [Fact]
    public void Rules_may_ask_for_a_host_that_a_wildcard_stands_for_and_a_redirect_to_it_can_go_in_circles()
    {
        string[] Titles(string asked, string to) =>
            [
                .. RuleTreeValidator
                    .Validate(
                        Trees.Parse(
                            $$"""
                            { "name": "default", "children": [ {{Rule(
                                "A",
                                $"{Of("hostname", $$"""{ "matchOperator": "IS_ONE_OF", "values": [ "{{asked}}" ] }""")}, {Path("/a/*")}",
                                Of("redirect", $$"""{ "destinationHostname": "OTHER", "destinationHostnameOther": "{{to}}" }""")
                            )}} ] }
                            """
                        ),
                        [new("*.app.shop.example", "app.edgekey.net")]
                    )
                    .Where(m => m.Severity == Severity.Warning)
                    .Select(m => m.Title),
            ];

        Assert.Equal<string>([], Titles("berlin.app.shop.example", "rome.app.shop.example"));
        Assert.Equal<string>(["The redirect can go in circles"], Titles("*.app.shop.example", "rome.app.shop.example"));
        Assert.Equal<string>([], Titles("*.app.shop.example", "rome.shop.example"));
        Assert.Equal<string>(["The rule can never match"], Titles("app.shop.example", "rome.shop.example"));
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
