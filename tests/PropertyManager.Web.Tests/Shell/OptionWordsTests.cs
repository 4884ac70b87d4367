using System.Text.Json;
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
    [InlineData("cpCode", "Content Provider Code")]
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
}
