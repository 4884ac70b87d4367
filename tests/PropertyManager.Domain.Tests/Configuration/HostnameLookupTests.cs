using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Tests.Configuration;

public sealed class HostnameLookupTests
{
    private static readonly HostnameLookup Hostnames = new(["app.shop.example", "*.app.shop.example", "www.app.shop.example"]);

    [Theory]
    [InlineData("app.shop.example", "app.shop.example")]
    [InlineData("APP.Shop.example", "app.shop.example")]
    [InlineData("www.app.shop.example", "www.app.shop.example")]
    [InlineData("Berlin.App.shop.example", "*.app.shop.example")]
    [InlineData("a.berlin.app.shop.example", null)]
    [InlineData(".app.shop.example", null)]
    [InlineData("berlinapp.shop.example", null)]
    [InlineData("shop.example", null)]
    [InlineData("", null)]
    public void The_most_specific_hostname_wins_and_a_wildcard_stands_for_one_label(string host, string? hostname) =>
        Assert.Equal(hostname, Hostnames.Find(host));

    [Fact]
    public void An_example_of_a_wildcard_is_no_other_hostname()
    {
        Assert.Equal("www1.app.shop.example", Hostnames.Example("*.app.shop.example"));
        Assert.Equal("*.app.shop.example", Hostnames.Find(Hostnames.Example("*.app.shop.example")));
        Assert.Equal("app.shop.example", Hostnames.Example("app.shop.example"));
        Assert.Equal("www.shop.example", new HostnameLookup([]).Example("*.shop.example"));
    }

    [Fact]
    public void Without_hostnames_it_is_empty()
    {
        Assert.True(new HostnameLookup([]).IsEmpty);
        Assert.False(new HostnameLookup(["*.shop.example"]).IsEmpty);
    }

    [Theory]
    [InlineData("*.shop.example", null)]
    [InlineData("*.App.shop.example", null)]
    [InlineData("my_app.shop.example", null)]
    [InlineData("_dmarc.shop.example", null)]
    [InlineData("*.example", "at least two labels")]
    [InlineData("*", "not the whole of its first label")]
    [InlineData("*.", "at least two labels")]
    [InlineData("a*.shop.example", "not the whole of its first label")]
    [InlineData("www.*.example", "not the whole of its first label")]
    [InlineData("*.*.shop.example", "not the whole of its first label")]
    [InlineData("*..example", "not a host name")]
    [InlineData("*.-a.example", "not a host name")]
    [InlineData("*.0.2.1", "address")]
    public void A_wildcard_is_a_star_before_two_labels_at_least(string name, string? fault)
    {
        var found = HostnameSyntax.Fault(name);

        Assert.Equal(fault is null, found is null);
        Assert.Contains(fault ?? "", found ?? "", StringComparison.Ordinal);
        Assert.True(fault is not null || name.StartsWith('*') == (HostnameSyntax.EdgeFault(name) is not null));
    }

    [Fact]
    public void The_challenge_of_a_wildcard_is_that_of_the_name_it_stands_below()
    {
        var challenge = CertificateChallenge.Of(1, "*.App.shop.example");

        Assert.Equal("_acme-challenge.app.shop.example", challenge.Hostname);
        Assert.Equal(CertificateChallenge.Of(1, "app.shop.example"), challenge);
    }
}
