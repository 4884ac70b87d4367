using System.Text.Json;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Tests.Shell;

public sealed class OptionWordsTests
{
    [Theory]
    [InlineData("modifyOutgoingResponseHeader", "Modify Outgoing Response Header")]
    [InlineData("allowHTTPSCacheKeySharing", "Allow HTTPS Cache Key Sharing")]
    [InlineData("enableTrueClientIp", "Enable True Client IP")]
    [InlineData("http2", "HTTP/2")]
    [InlineData("is_secure", "Is Secure")]
    [InlineData("cpCode", "CP Code")]
    [InlineData("my-own:thing", "my-own:thing")]
    [InlineData("", "")]
    public void Names_are_in_Title_Case(string name, string title) => Assert.Equal(title, OptionWords.Title(name));

    [Theory]
    [InlineData("ttl", "7d", "7 days")]
    [InlineData("ttl", "1h", "1 hour")]
    [InlineData("value", "5s", "5 seconds")]
    [InlineData("behavior", "MAX_AGE", "Max age")]
    [InlineData("destinationHostname", "SAME_AS_REQUEST", "Same as request")]
    [InlineData("minTlsVersion", "TLSV1_2", "TLS 1.2")]
    [InlineData("ipVersion", "IPV4", "IPv4")]
    [InlineData("destinationProtocol", "HTTPS", "HTTPS")]
    [InlineData("standardModifyHeaderName", "CACHE_CONTROL", "Cache-Control")]
    [InlineData("source", "MPULSE", "mPulse")]
    [InlineData("country", "GB", "GB")]
    public void Values_of_the_catalog_are_put_in_words(string option, string value, string words) =>
        Assert.Equal(words, OptionWords.Value(option, value));

    [Theory]
    [InlineData("newHeaderValue", "7d")]
    [InlineData("cookieName", "SESSION_ID")]
    [InlineData("variableName", "PMUSER_MARKET")]
    [InlineData("hostname", "origin.shop.example")]
    [InlineData("path", "/De/At")]
    public void What_people_typed_stays_as_it_is(string option, string value) => Assert.Equal(value, OptionWords.Value(option, value));

    [Fact]
    public void Any_value_is_laid_out()
    {
        var fields = OptionField.Of(
            JsonDocument
                .Parse("""{ "on": true, "none": null, "id": 8443, "list": ["MAX_AGE", 2], "deep": { "text": "a\nb" }, "empty": [] }""")
                .RootElement.EnumerateObject()
                .Select(field => KeyValuePair.Create(field.Name, field.Value))
        );

        Assert.Equal(["On", "None", "ID", "List", "Deep", "Empty"], fields.Select(field => field.Name), StringComparer.Ordinal);
        Assert.True(Assert.IsType<OptionValue.Switch>(fields[0].Value).On);
        Assert.IsType<OptionValue.Nothing>(fields[1].Value);
        Assert.Equal("8443", Assert.IsType<OptionValue.Plain>(fields[2].Value).Text);
        var list = Assert.IsType<OptionValue.Several>(fields[3].Value);
        Assert.True(list.IsSimple);
        Assert.Equal("MAX_AGE", Assert.IsType<OptionValue.Plain>(list.Items[0]).Hint);
        Assert.Equal("a\nb", Assert.IsType<OptionValue.Passage>(Assert.IsType<OptionValue.Group>(fields[4].Value).Fields[0].Value).Text);
        Assert.IsType<OptionValue.Nothing>(fields[5].Value);
    }

    [Fact]
    public void Options_and_choices_of_the_catalog_have_their_labels()
    {
        var fields = Described("adaptiveAcceleration", """{ "source": "mPulse", "abLogic": "CLOUDLETS", "somethingNew": 1 }""");

        Assert.Equal(["Data source", "AB test logic", "Something new"], fields.Select(field => field.Name), StringComparer.Ordinal);
        Assert.Equal(
            [new OptionValue.Plain("mPulse", "mPulse"), new OptionValue.Plain("By a policy", "CLOUDLETS"), new OptionValue.Plain("1", "1")],
            fields.Select(field => field.Value)
        );
    }

    [Theory]
    [InlineData("http2", """{ "enabled": "" }""", "default (on)")] // a switch that is on by standing there
    [InlineData("somethingNew", """{ "enabled": "" }""", "default (on)")]
    [InlineData("sureRoute", """{ "raceStatTtl": "" }""", "default (30 minutes)")]
    [InlineData("sureRoute", """{ "raceStatTtl": null }""", "default (30 minutes)")]
    [InlineData("redirect", """{ "queryString": "" }""", "default (Keep)")]
    [InlineData("adaptiveAcceleration", """{ "enableRo": null }""", "default (off)")]
    [InlineData("adaptiveAcceleration", """{ "titlePreload": "" }""", "a heading")]
    [InlineData("setVariable", """{ "replacement": "" }""", "empty")]
    [InlineData("caching", """{ "ttl": "" }""", "empty")] // it has to be set
    [InlineData("caching", """{ "ttl": null }""", "none")]
    public void What_is_not_set_is_its_default_and_only_an_empty_text_is_empty(string behavior, string options, string shown)
    {
        var value = Assert.Single(Described(behavior, options)).Value;

        Assert.Equal(shown, value is OptionValue.Default unset ? $"default ({unset.Words})" : Assert.IsType<OptionValue.Nothing>(value).How);
    }

    private static IReadOnlyList<OptionField> Described(string behavior, string options) =>
        OptionField.Of(OptionSet.Parse(options), RuleCatalog.Behaviors.GetValueOrDefault(behavior));
}
