using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Web.Features.Try;

namespace PropertyManager.Web.Tests.Try;

public sealed class CurlLineTests
{
    private static readonly EdgeRequest Blank = new("GET", "https", "", "/");

    [Theory]
    [InlineData("www.shop.example", "GET https://www.shop.example/ ")]
    [InlineData("http://WWW.shop.example?x=1", "GET http://www.shop.example/?x=1 ")]
    [InlineData("https://www.shop.example/a%20b/../c?q=%C3%A9#top", "GET https://www.shop.example/a%20b/../c?q=%C3%A9 ")]
    [InlineData("curl -I 'https://www.shop.example/x'", "HEAD https://www.shop.example/x ")]
    [InlineData("curl -X post https://www.shop.example/x", "POST https://www.shop.example/x ")]
    [InlineData("curl https://www.shop.example/x -d 'a=1&b=2' -s --compressed", "POST https://www.shop.example/x ")]
    [InlineData("curl -X PUT -d x https://www.shop.example/x", "PUT https://www.shop.example/x ")]
    [InlineData(
        "curl 'https://www.shop.example/x' \\\n  -H 'Accept: text/html' \\\n  -b \"a=1; b=\\\"2\\\"\"",
        "GET https://www.shop.example/x Accept=text/html;Cookie=a=1; b=\"2\""
    )]
    [InlineData(
        "curl https://1.2.3.4/x -H 'Host: www.shop.example' -A Bot/1.0",
        "GET https://www.shop.example/x Host=www.shop.example;User-Agent=Bot/1.0"
    )]
    public void Reads_addresses_and_lines(string line, string read)
    {
        var (request, fault) = CurlLine.Read(line, Blank);

        Assert.Null(fault);
        Assert.Equal(
            read,
            $"{request!.Method} {CurlLine.Address(request)} {string.Join(';', request.Headers.Select(header => $"{header.Key}={header.Value}"))}"
        );
    }

    [Theory]
    [InlineData("", "There is no address.")]
    [InlineData("curl 'https://a.example", "A quotation mark is not closed.")]
    [InlineData("curl https://a.example https://b.example", "There are two addresses")]
    [InlineData("curl -H nonsense https://a.example", "The header “nonsense” has no colon.")]
    [InlineData("curl --proxy x https://a.example", "The option --proxy is not known here.")]
    [InlineData("curl https://a.example -X", "-X needs a value after it.")]
    [InlineData("ftp://a.example/x", "is no http or https address.")]
    public void Says_what_is_wrong(string line, string fault)
    {
        var (request, said) = CurlLine.Read(line, Blank);

        Assert.Null(request);
        Assert.Contains(fault, said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_reads_back()
    {
        var request = Blank with
        {
            Method = "POST",
            Host = "www.shop.example",
            Path = "/it's",
            Query = "a=b",
            Headers = [KeyValuePair.Create("Accept", "text/html")],
        };

        var read = CurlLine.Read(CurlLine.Write(request), Blank).Request!;

        Assert.Equal((request.Method, request.Path, request.Query, "text/html"), (read.Method, read.Path, read.Query, read.Headers[0].Value));
    }
}
