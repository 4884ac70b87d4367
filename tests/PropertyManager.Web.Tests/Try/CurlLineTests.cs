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
    [InlineData("-sI", "HEAD", "-s")]
    [InlineData("-k -s -D - -o /dev/null -H \"Pragma: x-cache-on\"", "GET Pragma=x-cache-on", "-k, -s, -D, -o")]
    [InlineData("-svo /dev/null", "GET", "-s, -v, -o")]
    [InlineData("-o/dev/null -sSLI", "HEAD", "-o, -s, -S, -L")]
    [InlineData("-IXGET", "GET", "")]
    [InlineData("-XPOST -H'Accept: text/html' -Abot", "POST Accept=text/html;User-Agent=bot", "")]
    [InlineData("--connect-to ::www.shop.example.edgekey-staging.net", "GET", "--connect-to")]
    [InlineData("--resolve www.shop.example:443:192.0.2.7 --http2 --compressed", "GET", "--resolve, --http2, --compressed")]
    [InlineData("--no-location -s -s --proxy http://proxy.example:8080 -x p.example", "GET", "--no-location, -s, --proxy, -x")]
    [InlineData("-e 'https://a.example/;auto' -u me:secret", "GET Referer=https://a.example/;Authorization=Basic bWU6c2VjcmV0", "")]
    [InlineData("-b a=1 --cookie 'b=2; c=3' -b jar.txt", "GET Cookie=a=1; b=2; c=3", "-b")]
    [InlineData("-H 'Accept:' -H 'X-Empty;' -H @more.txt", "GET X-Empty=", "-H @more.txt")]
    [InlineData("-T photo.jpg -r 0-99", "PUT Range=bytes=0-99", "")]
    [InlineData("--json '{}'", "POST Content-Type=application/json;Accept=application/json", "")]
    [InlineData("-F a=@b --oauth2-bearer t", "POST Authorization=Bearer t", "")]
    [InlineData("--next-to-nothing", null, "")]
    public void Options_are_taken_skipped_or_refused(string options, string? read, string skipped)
    {
        var reading = CurlLine.Read($"curl {options} https://www.shop.example/", Blank);

        Assert.Equal(skipped, string.Join(", ", reading.Skipped));
        Assert.Equal(
            read,
            reading.Request is { } request
                ? $"{request.Method} {string.Join(';', request.Headers.Select(header => $"{header.Key}={header.Value}"))}".Trim()
                : null
        );
    }

    [Theory]
    [InlineData("curl -G -d a=1 --data-urlencode 'b=c d' https://www.shop.example/x?y=2", "GET https://www.shop.example/x?y=2&a=1&b=c%20d")]
    [InlineData("curl --url https://www.shop.example/ --url-query q=1", "GET https://www.shop.example/?q=1")]
    [InlineData("curl --request-target /a/../b https://www.shop.example/x", "GET https://www.shop.example/a/../b")]
    [InlineData("$ curl -s https://www.shop.example/a | jq .", "GET https://www.shop.example/a")]
    [InlineData("/usr/bin/curl https://www.shop.example/a > page.html 2>&1", "GET https://www.shop.example/a")]
    [InlineData("curl https://www.shop.example/?a=1&b=2", "GET https://www.shop.example/?a=1&b=2")]
    public void The_address_is_put_together(string line, string address)
    {
        var (request, fault) = CurlLine.Read(line, Blank);

        Assert.Null(fault);
        Assert.Equal(address, $"{request!.Method} {CurlLine.Address(request)}");
    }

    /// <summary>As the browsers' "Copy as cURL" writes the same request: a quotation mark, an apostrophe, a percent sign and an exclamation mark in it.</summary>
    public static TheoryData<string, string> Copied =>
        new()
        {
            {
                "Chrome and Edge, bash",
                """
                    curl 'https://www.shop.example/cart?x=50%25&y=a%20b' \
                      -H 'accept: text/html,*/*;q=0.8' \
                      -b 'id=7; seen=yes' \
                      -H $'x-note: it\'s "50%" off\u0021' \
                      -H 'user-agent: Mozilla/5.0 (X11; Linux x86_64)' \
                      --data-raw '{"a":1}' \
                      --compressed ;
                    """
            },
            {
                "Chrome and Edge, cmd",
                """
                    curl ^"https://www.shop.example/cart?x=50^%^25^&y=a^%^20b^" ^
                      -H ^"accept: text/html,*/*;q=0.8^" ^
                      -b ^"id=7; seen=yes^" ^
                      -H ^"x-note: it's ^\^"50^%^\^" off^!^" ^
                      -H ^"user-agent: Mozilla/5.0 (X11; Linux x86_64)^" ^
                      --data-raw ^"^{^\^"a^\^":1^}^" ^
                      --compressed
                    """
            },
            {
                "Firefox, bash",
                """
                    curl 'https://www.shop.example/cart?x=50%25&y=a%20b' --compressed -X POST -H 'accept: text/html,*/*;q=0.8' -H 'Cookie: id=7; seen=yes' -H $'x-note: it\'s "50%" off\x21' -H 'user-agent: Mozilla/5.0 (X11; Linux x86_64)' --data-raw '{"a":1}'
                    """
            },
            {
                "Safari",
                """
                    curl 'https://www.shop.example/cart?x=50%25&y=a%20b' \
                    -X 'POST' \
                    -H 'accept: text/html,*/*;q=0.8' \
                    -H 'Cookie: id=7; seen=yes' \
                    -H $'x-note: it\x27s "50%" off\041' \
                    -H 'user-agent: Mozilla/5.0 (X11; Linux x86_64)' \
                    --data-binary '{"a":1}'
                    """
            },
            {
                "PowerShell, curl.exe",
                """
                    curl.exe 'https://www.shop.example/cart?x=50%25&y=a%20b' `
                      -H 'accept: text/html,*/*;q=0.8' `
                      -b "id=7; seen=yes" `
                      -H 'x-note: it''s "50%" off!' `
                      -A "Mozilla/5.0 (X11; Linux x86_64)" `
                      --data-raw '{"a":1}'
                    """
            },
        };

    [Theory]
    [MemberData(nameof(Copied))]
    public void What_browsers_copy_is_the_request(string browser, string line)
    {
        foreach (var text in new[] { line.ReplaceLineEndings("\n"), line.ReplaceLineEndings("\r\n") })
        {
            var (request, fault) = CurlLine.Read(text, Blank);

            Assert.True(fault is null, $"{browser}: {fault}");
            Assert.Equal("POST https://www.shop.example/cart?x=50%25&y=a%20b", $"{request!.Method} {CurlLine.Address(request)}");
            Assert.Equal(
                ["accept: text/html,*/*;q=0.8", "cookie: id=7; seen=yes", "user-agent: Mozilla/5.0 (X11; Linux x86_64)", "x-note: it's \"50%\" off!"],
                request.Headers.Select(header => $"{header.Key.ToLowerInvariant()}: {header.Value}").Order(StringComparer.Ordinal),
                StringComparer.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("^")]
    [InlineData("curl $'\\")]
    [InlineData("curl $'\\uD83D\\uDE00\\U0001F600\\U99999999\\x' \\")]
    [InlineData("curl.exe `")]
    [InlineData("curl ^\"a^")]
    [InlineData("-")]
    [InlineData("curl -H '' -H : -H ;")]
    public void Whatever_is_pasted_is_read_or_refused(string line)
    {
        var (request, fault) = CurlLine.Read(line, Blank);

        Assert.Equal(request is null, fault is not null);
    }

    [Theory]
    [InlineData("", "There is no address.")]
    [InlineData("curl 'https://a.example", "A quotation mark is not closed.")]
    [InlineData("curl https://a.example https://b.example", "There are two addresses")]
    [InlineData("curl -H nonsense https://a.example", "The header “nonsense” has no colon.")]
    [InlineData("curl --proxi x https://a.example", "The option --proxi is not known here.")]
    [InlineData("curl -sWk https://a.example", "The option -W in -sWk is not known here.")]
    [InlineData("curl -K my.txt https://a.example", "-K names a file")]
    [InlineData("curl https://a.example --next https://b.example", "--next begins another request.")]
    [InlineData("curl $'https://a.example", "A quotation mark is not closed.")]
    [InlineData("curl -so", "-o needs a value after it.")]
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
