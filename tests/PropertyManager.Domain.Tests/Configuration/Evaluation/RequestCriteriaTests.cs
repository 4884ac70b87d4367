using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Domain.Tests.Configuration.Evaluation;

public sealed class RequestCriteriaTests
{
    [Theory]
    [InlineData("/img/*", "/img/a/b.png", true)]
    [InlineData("/img/*", "/IMG/a.png", true)]
    [InlineData("/img/*", "/img/", true)]
    [InlineData("/img/*", "/img", false)]
    [InlineData("/img/*", "/x/img/a.png", false)]
    [InlineData("*", "/", true)]
    [InlineData("*/cart", "/de/cart", true)]
    [InlineData("*/cart", "/de/cart/", false)]
    [InlineData("*cart*", "/a/cartoon", true)]
    [InlineData("/a/*/z/*.html", "/a/b/c/z/i.html", true)]
    [InlineData("/a/*/z/*.html", "/a/b/c/y/i.html", false)]
    [InlineData("/a/*/z/*.html", "/b/b/z/i.html", false)]
    [InlineData("/p?.html", "/p1.html", true)]
    [InlineData("/p?.html", "/p.html", false)]
    [InlineData("/p?.html", "/p12.html", false)]
    [InlineData("/a**b", "/ab", true)]
    [InlineData("/*a*ab", "/aab", true)]
    [InlineData("/*?", "/", false)]
    [InlineData("/exact", "/exact", true)]
    [InlineData("/exact", "/exact/", false)]
    [InlineData("", "/", false)]
    public void Path_is_compared_with_wildcards(string pattern, string path, bool holds)
    {
        Assert.Equal(holds, Edge.Matches(Edge.Get(path), "path", $$""" "matchOperator": "MATCHES_ONE_OF", "values": [ "{{pattern}}" ] """));
        Assert.Equal(!holds, Edge.Matches(Edge.Get(path), "path", $$""" "matchOperator": "DOES_NOT_MATCH_ONE_OF", "values": [ "{{pattern}}" ] """));
    }

    [Theory]
    [InlineData(""" "values": [ "/img/*" ], "matchCaseSensitive": true """, "/IMG/a", false)]
    [InlineData(""" "values": [ "/a?c" ], "matchCaseSensitive": true """, "/aBC", false)]
    [InlineData(""" "values": [ "/x", "/y", "/Z*" ] """, "/z1", true)]
    [InlineData(""" "values": [ "/x", "/y", "/Z*" ] """, "/Y", true)]
    [InlineData(""" "values": [ "/x", "/y", "/Z*" ] """, "/w", false)]
    [InlineData(""" "values": [ "/admin/*" ] """, "/x/%2e%2e/admin/a", false)]
    [InlineData(""" "values": [ "/admin/*" ], "normalize": true """, "/x/%2e%2e/admin/a", true)]
    [InlineData(""" "values": [ "/admin/*" ], "normalize": true """, "//admin//./a", true)]
    [InlineData(""" "values": [ "/admin/" ], "normalize": true """, "/admin/b/..", true)]
    [InlineData(""" "values": [ "/" ], "normalize": true """, "/../..", true)]
    [InlineData(""" "values": [ "/{{builtin.AK_METHOD}}/*" ] """, "/get/a", true)]
    [InlineData(""" "values": [ "/{{builtin.AK_METHOD}}/*" ], "matchCaseSensitive": true """, "/get/a", false)]
    public void Path_has_options(string options, string path, bool holds) => Assert.Equal(holds, Edge.Matches(Edge.Get(path), "path", options));

    [Theory]
    [InlineData("fileExtension", """ "values": [ "jpg", "png" ] """, "/a.b/c.PNG", true)]
    [InlineData("fileExtension", """ "values": [ "jpg", "png" ], "matchCaseSensitive": true """, "/c.PNG", false)]
    [InlineData("fileExtension", """ "values": [ "b/c" ] """, "/a.b/c", false)]
    [InlineData("fileExtension", """ "values": [ "gz" ] """, "/a.tar.gz", true)]
    [InlineData("fileExtension", """ "values": [ "tar" ] """, "/a.tar.gz", false)]
    [InlineData("fileExtension", """ "matchOperator": "IS_NOT_ONE_OF", "values": [ "gz" ] """, "/a", true)]
    [InlineData("fileExtension", """ "matchOperator": "IS_NOT_ONE_OF", "values": [ "gz" ] """, "/a.gz", false)]
    [InlineData("filename", """ "values": [ "index.*" ] """, "/a/INDEX.html", true)]
    [InlineData("filename", """ "values": [ "index.*" ], "matchCaseSensitive": true """, "/a/INDEX.html", false)]
    [InlineData("filename", """ "values": [ "a" ] """, "/a/b", false)]
    [InlineData("filename", """ "matchOperator": "IS_NOT_ONE_OF", "values": [ "a" ] """, "/a/b", true)]
    [InlineData("filename", """ "matchOperator": "IS_EMPTY" """, "/a/", true)]
    [InlineData("filename", """ "matchOperator": "IS_EMPTY" """, "/a", false)]
    [InlineData("filename", """ "matchOperator": "IS_NOT_EMPTY" """, "/a", true)]
    [InlineData("hostname", """ "values": [ "WWW.shop.example" ] """, "/", true)]
    [InlineData("hostname", """ "values": [ "*.shop.example", "shop.example" ] """, "/", true)]
    [InlineData("hostname", """ "values": [ "shop.example" ] """, "/", false)]
    [InlineData("hostname", """ "matchOperator": "IS_NOT_ONE_OF", "values": [ "shop.example" ] """, "/", true)]
    [InlineData("requestMethod", """ "matchOperator": "IS", "value": "GET" """, "/", true)]
    [InlineData("requestMethod", """ "matchOperator": "IS", "value": "POST" """, "/", false)]
    [InlineData("requestMethod", """ "matchOperator": "IS_NOT", "value": "POST" """, "/", true)]
    [InlineData("requestProtocol", """ "value": "HTTPS" """, "/", true)]
    [InlineData("requestProtocol", """ "value": "HTTP" """, "/", false)]
    [InlineData("requestType", """ "matchOperator": "IS", "value": "CLIENT_REQ" """, "/", true)]
    [InlineData("requestType", """ "matchOperator": "IS", "value": "ESI_FRAGMENT" """, "/", false)]
    [InlineData("requestType", """ "matchOperator": "IS_NOT", "value": "ESI_FRAGMENT" """, "/", true)]
    [InlineData("contentDeliveryNetwork", """ "matchOperator": "IS", "network": "PRODUCTION" """, "/", true)]
    [InlineData("contentDeliveryNetwork", """ "matchOperator": "IS", "network": "STAGING" """, "/", false)]
    [InlineData("contentDeliveryNetwork", """ "matchOperator": "IS_NOT", "network": "STAGING" """, "/", true)]
    [InlineData("bucket", """ "percentage": 26 """, "/", true)]
    [InlineData("bucket", """ "percentage": 25 """, "/", false)]
    [InlineData("random", """ "bucket": 100 """, "/", true)]
    [InlineData("random", """ "bucket": "0" """, "/", false)]
    [InlineData("regularExpression", """ "matchString": "{{builtin.AK_PATH}}", "regex": "^/[a-z]{2}/" """, "/de/x", true)]
    [InlineData("regularExpression", """ "matchString": "{{builtin.AK_PATH}}", "regex": "^/[a-z]{2}/" """, "/DE/x", false)]
    [InlineData("regularExpression", """ "matchString": "{{builtin.AK_PATH}}", "regex": "^/[a-z]{2}/", "caseSensitive": false """, "/DE/x", true)]
    [InlineData("regularExpression", """ "matchString": "{{builtin.AK_PATH}}", "regex": "^(?!/a)" """, "/b", true)]
    public void Request_line(string name, string options, string url, bool holds) => Assert.Equal(holds, Edge.Matches(Edge.Get(url), name, options));

    [Fact]
    public void Delete_is_written_with_a_prefix() =>
        Assert.True(Edge.Matches(Edge.Send("DELETE", "/"), "requestMethod", """ "value": "HTTP_DELETE" """));

    [Theory]
    [InlineData("requestHeader", """ "headerName": "x-Staff", "matchOperator": "EXISTS" """, true)]
    [InlineData("requestHeader", """ "headerName": "X-Staff", "matchOperator": "DOES_NOT_EXIST" """, false)]
    [InlineData("requestHeader", """ "headerName": "X-None", "matchOperator": "DOES_NOT_EXIST" """, true)]
    [InlineData("requestHeader", """ "headerName": "X-St*", "matchOperator": "EXISTS", "matchWildcardName": true """, true)]
    [InlineData("requestHeader", """ "headerName": "X-St*", "matchOperator": "EXISTS" """, false)]
    [InlineData("requestHeader", """ "headerName": "X-Staff", "values": [ "yes" ] """, true)]
    [InlineData("requestHeader", """ "headerName": "X-Staff", "values": [ "yes" ], "matchCaseSensitiveValue": true """, false)]
    [InlineData("requestHeader", """ "headerName": "X-Staff", "values": [ "Y*" ] """, false)]
    [InlineData("requestHeader", """ "headerName": "X-Staff", "values": [ "Y*" ], "matchWildcardValue": true """, true)]
    [InlineData("requestHeader", """ "headerName": "X-Staff", "matchOperator": "IS_NOT_ONE_OF", "values": [ "no" ] """, true)]
    [InlineData("requestHeader", """ "headerName": "X-None", "matchOperator": "IS_NOT_ONE_OF", "values": [ "no" ] """, true)]
    [InlineData("requestHeader", """ "headerName": "X-Twice", "values": [ "two" ] """, true)]
    [InlineData("requestCookie", """ "cookieName": "sid", "matchOperator": "EXISTS" """, true)]
    [InlineData("requestCookie", """ "cookieName": "SID", "matchOperator": "EXISTS" """, false)]
    [InlineData("requestCookie", """ "cookieName": "SID", "matchOperator": "EXISTS", "matchCaseSensitiveName": false """, true)]
    [InlineData("requestCookie", """ "cookieName": "s*", "matchOperator": "EXISTS", "matchWildcardName": true """, true)]
    [InlineData("requestCookie", """ "cookieName": "gone", "matchOperator": "DOES_NOT_EXIST" """, true)]
    [InlineData("requestCookie", """ "cookieName": "sid", "matchOperator": "IS", "value": "a=b" """, true)]
    [InlineData("requestCookie", """ "cookieName": "sid", "matchOperator": "IS", "value": "A=b" """, false)]
    [InlineData("requestCookie", """ "cookieName": "sid", "matchOperator": "IS_NOT", "value": "x" """, true)]
    [InlineData("requestCookie", """ "cookieName": "n", "matchOperator": "IS_BETWEEN", "lowerBound": 1, "upperBound": 5 """, true)]
    [InlineData("requestCookie", """ "cookieName": "n", "matchOperator": "IS_BETWEEN", "lowerBound": 6, "upperBound": 9 """, false)]
    [InlineData("queryStringParameter", """ "parameterName": "q", "values": [ "a" ] """, true)]
    [InlineData("queryStringParameter", """ "parameterName": "q", "values": [ "A" ] """, false)]
    [InlineData("queryStringParameter", """ "parameterName": "q", "values": [ "A" ], "matchCaseSensitiveValue": false """, true)]
    [InlineData("queryStringParameter", """ "parameterName": "Q", "matchOperator": "EXISTS" """, false)]
    [InlineData("queryStringParameter", """ "parameterName": "Q", "matchOperator": "EXISTS", "matchCaseSensitiveName": false """, true)]
    [InlineData("queryStringParameter", """ "parameterName": "flag", "matchOperator": "EXISTS" """, true)]
    [InlineData("queryStringParameter", """ "parameterName": "p", "values": [ "a b" ] """, false)]
    [InlineData("queryStringParameter", """ "parameterName": "p", "values": [ "a b" ], "escapeValue": true """, true)]
    [InlineData("queryStringParameter", """ "parameterName": "n", "matchOperator": "IS_LESS_THAN", "upperBound": 8 """, true)]
    [InlineData("queryStringParameter", """ "parameterName": "n", "matchOperator": "IS_LESS_THAN", "upperBound": 7 """, false)]
    [InlineData("queryStringParameter", """ "parameterName": "n", "matchOperator": "IS_MORE_THAN", "lowerBound": 6 """, true)]
    [InlineData("queryStringParameter", """ "parameterName": "n", "matchOperator": "IS_BETWEEN", "lowerBound": 7, "upperBound": 7 """, true)]
    [InlineData("queryStringParameter", """ "parameterName": "q", "matchOperator": "IS_NOT_ONE_OF", "values": [ "a" ] """, false)]
    [InlineData("queryStringParameter", """ "parameterName": "z", "matchOperator": "IS_NOT_ONE_OF", "values": [ "a" ] """, true)]
    [InlineData("userAgent", """ "values": [ "*Bot*" ], "matchWildcard": true """, true)]
    [InlineData("userAgent", """ "values": [ "*Bot*" ] """, false)]
    [InlineData("userAgent", """ "values": [ "*bot*" ], "matchWildcard": true, "matchCaseSensitive": true """, false)]
    [InlineData("userAgent", """ "matchOperator": "IS_NOT_ONE_OF", "values": [ "curl/*" ], "matchWildcard": true """, true)]
    public void Named_values(string name, string options, bool holds)
    {
        var request = Edge.Get(
            "/?q=a&flag&p=a%20b&n=7",
            ("X-Staff", "Yes"),
            ("X-Twice", "one"),
            ("x-twice", "two"),
            ("Cookie", "sid=a=b; n=5"),
            ("User-Agent", "ExampleBot/1.0")
        );

        Assert.Equal(holds, Edge.Matches(request, name, options));
    }

    [Theory]
    [InlineData(""" "field": "COUNTRY", "countryValues": [ "FR", "DE" ] """, true)]
    [InlineData(""" "field": "COUNTRY", "countryValues": [ "FR" ] """, false)]
    [InlineData(""" "field": "COUNTRY", "matchOperator": "IS_NOT_ONE_OF", "countryValues": [ "FR" ] """, true)]
    [InlineData(""" "field": "CONTINENT", "continentValues": [ "EU" ] """, true)]
    [InlineData(""" "field": "CONTINENT", "continentValues": [ "NA" ] """, false)]
    [InlineData(""" "field": "REGION", "regionValues": [ "DE-BY" ] """, true)]
    [InlineData(""" "field": "REGION", "regionValues": [ "BY" ] """, true)]
    [InlineData(""" "field": "REGION", "regionValues": [ "US-CA" ] """, false)]
    public void User_location(string options, bool holds) => Assert.Equal(holds, Edge.Matches(Edge.Get("/"), "userLocation", options));

    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7", true)]
    [InlineData("198.51.100.0/24", "198.51.100.7", true)]
    [InlineData("198.51.100.8/29", "198.51.100.7", false)]
    [InlineData("0.0.0.0/0", "198.51.100.7", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("2001:db8::/32", "2001:db8:1::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("198.51.100.0/24", "::ffff:198.51.100.7", true)]
    public void Client_address(string block, string address, bool holds)
    {
        var request = Edge.Get("/") with { Client = new EdgeClient(System.Net.IPAddress.Parse(address)) };

        Assert.Equal(holds, Edge.Matches(request, "clientIp", $$""" "values": [ "192.0.2.1", "{{block}}" ] """));
        Assert.Equal(!holds, Edge.Matches(request, "clientIp", $$""" "matchOperator": "IS_NOT_ONE_OF", "values": [ "192.0.2.1", "{{block}}" ] """));
    }

    [Theory]
    [InlineData("203.0.113.5, 10.0.0.1", true, true)]
    [InlineData("203.0.113.5, 10.0.0.1", false, false)]
    [InlineData("nonsense", true, false)]
    public void Client_address_from_headers(string forwarded, bool useHeaders, bool holds) =>
        Assert.Equal(
            holds,
            Edge.Matches(
                Edge.Get("/", ("X-Forwarded-For", forwarded)),
                "clientIp",
                $$""" "values": [ "203.0.113.0/24" ], "useHeaders": {{(useHeaders ? "true" : "false")}} """
            )
        );

    [Theory]
    [InlineData("198.51.100.7", "IPV4", true)]
    [InlineData("2001:db8::1", "IPV4", false)]
    [InlineData("2001:db8::1", "IPV6", true)]
    [InlineData("::ffff:198.51.100.7", "IPV6", false)]
    public void Client_address_version(string address, string version, bool holds) =>
        Assert.Equal(
            holds,
            Edge.Matches(
                Edge.Get("/") with
                {
                    Client = new EdgeClient(System.Net.IPAddress.Parse(address)),
                },
                "clientIpVersion",
                $$""" "value": "{{version}}" """
            )
        );

    [Theory]
    [InlineData(""" "matchOperator": "BEGINNING", "beginDate": "2025-06-02T12:00:00Z" """, true)]
    [InlineData(""" "matchOperator": "BEGINNING", "beginDate": "2025-06-02T12:00:01Z" """, false)]
    [InlineData(""" "matchOperator": "BEGINNING", "beginDate": "2025-06-02T14:00:00+02:00" """, true)]
    [InlineData(""" "matchOperator": "BETWEEN", "beginDate": "2025-06-01", "endDate": "2025-06-03" """, true)]
    [InlineData(""" "matchOperator": "BETWEEN", "beginDate": "2025-06-01", "endDate": "2025-06-02T12:00:00Z" """, false)]
    [InlineData(""" "matchOperator": "LASTING", "lastingDate": "2025-06-02T11:00:00Z", "lastingDuration": "61m" """, true)]
    [InlineData(""" "matchOperator": "LASTING", "lastingDate": "2025-06-02T11:00:00Z", "lastingDuration": "60m" """, false)]
    [InlineData(""" "matchOperator": "LASTING", "lastingDate": "2025-06-02T13:00:00Z", "lastingDuration": "9d" """, false)]
    [InlineData(
        """ "matchOperator": "REPEATING", "repeatBeginDate": "2025-01-01T11:30:00Z", "repeatInterval": "1d", "repeatDuration": "1h" """,
        true
    )]
    [InlineData(
        """ "matchOperator": "REPEATING", "repeatBeginDate": "2025-01-01T11:30:00Z", "repeatInterval": "1d", "repeatDuration": "30m" """,
        false
    )]
    [InlineData(
        """ "matchOperator": "REPEATING", "repeatBeginDate": "2025-07-01T11:30:00Z", "repeatInterval": "1d", "repeatDuration": "1h" """,
        false
    )]
    [InlineData(
        """ "matchOperator": "REPEATING", "repeatBeginDate": "2025-01-01T11:30:00Z", "repeatInterval": "0s", "repeatDuration": "1h" """,
        false
    )]
    public void Time(string options, bool holds) => Assert.Equal(holds, Edge.Matches(Edge.Get("/"), "time", options));
}
