using System.Net;
using FsCheck;
using FsCheck.Fluent;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Domain.Tests.Configuration.Evaluation;

/// <summary>Random trees of what the evaluator knows, half of it made sense of and half of it nonsense, and random requests.</summary>
internal static class EdgeGen
{
    private static readonly string[] Names =
    [
        .. "advanced allowOptions allowPost allowPut baseDirectory bucket cacheError cacheId cacheKeyQueryParams cacheRedirect cacheability caching".Split(
            ' '
        ),
        .. "clientIp clientIpVersion constructResponse contentDeliveryNetwork contentType corsSupport cpCode denyAccess downstreamCache".Split(' '),
        .. "edgeRedirector failAction fileExtension filename hostname http2 httpStrictTransportSecurity matchResponseCode matchVariable".Split(' '),
        .. "metadataStage modifyIncomingRequestHeader modifyIncomingResponseHeader modifyOutgoingResponseHeader origin originTimeout path".Split(' '),
        .. "queryStringParameter random redirect redirectplus regularExpression removeVary requestCookie requestHeader requestMethod".Split(' '),
        .. "requestProtocol requestType responseHeader rewriteUrl segmentedContentProtection setVariable somethingNew time".Split(' '),
        .. "tokenAuthorization userAgent userLocation variableError verifyTokenAuthorization".Split(' '),
    ];

    private static readonly string[] Options =
    [
        .. "action actionType allowBehavior behavior body bucket cacheKeyHostname cexHostname continentValues cookieName countryValues".Split(' '),
        .. "customHeaderName defaultTtl destination destinationHostname destinationPath destinationPathOther elements enabled extractLocation".Split(
            ' '
        ),
        .. "field headerName headerValue hostname key locationId lowerBound match matchCaseSensitive matchOperator matchString matchWildcard".Split(
            ' '
        ),
        .. "newHeaderValue network normalize operandOne origins parameterName parameters percentage queryString regex responseCode result rule".Split(
            ' '
        ),
        .. "statusCode statusList targetPath targetUrl transform ttl upperBound value valueSource values variableExpression variableName".Split(' '),
        .. "variableNames variableValue variableValues".Split(' '),
    ];

    private static readonly string[] Values =
    [
        .. """
            true false null 7 -1 1e400 99999999999999999999 {} [] [{}] [["a"]] [null] "" "\ud800" "*" "?" "/a*" "/a" "b" "7d" "0s" "99999999999d" "IS" "IS_NOT"
            "IS_ONE_OF" "IS_NOT_ONE_OF" "EXISTS" "DOES_NOT_EXIST" "IS_EMPTY" "IS_BETWEEN" "IS_LESS_THAN" "NO_STORE" "CACHE_CONTROL" "OTHER" "MODIFY" "DELETE"
            "REGEX" "(" "(a*)*$" "(?=a)" "$9" "{{user.V}}" "{{builtin.AK_PATH}}" "{{user." "{{user.}}{{" "{{x}}" "198.51.100.0/24" "::/0" "2025-01-01" "GET" "POST"
            "HTTP" "HTTPS" "200" "404" 200 301 503 100 ["a","*"] ["404",200] ["{{user.V}}"] ["/a*","/b"] {"id":5} {"downloadDomainName":"n.example"} "V" ["V"]
            "DE" "aabb" "EXTRACT" "GENERATE" "COOKIE" "DIVIDE" "SUBSTITUTE" "BASE_64_DECODE" "client-request" "forward-start" "REDIRECT" "RECREATED_NS"
            "REPEATING" "REWRITE" "REGEX_REPLACE" "ALLOW" "BUST" "MAX_AGE" "a" "X-A" "IS_ANY_FAILURE"
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    private static readonly string[] Sensible =
    [
        Edge.Item("path", """ "values": [ "/a*" ] """),
        Edge.Item("path", """ "values": [ "*b", "/c/*/d" ], "normalize": true """),
        Edge.Item("fileExtension", """ "values": [ "png" ] """),
        Edge.Item("requestMethod", """ "value": "GET" """),
        Edge.Item("requestProtocol", """ "value": "HTTP" """),
        Edge.Item("requestHeader", """ "headerName": "X-A", "matchOperator": "EXISTS" """),
        Edge.Item("matchResponseCode", """ "values": [ "200", "403" ] """),
        Edge.Item("cacheability", """ "value": "CACHEABLE" """),
        Edge.Item("matchVariable", """ "variableName": "V", "variableExpression": "/a" """),
        Edge.Item("variableError", """ "variableNames": [ "V" ] """),
        Edge.Item("denyAccess"),
        Edge.Item("denyAccess", """ "enabled": false """),
        Edge.Item("redirect", """ "destinationProtocol": "HTTPS" """),
        Edge.Item("constructResponse", """ "responseCode": 404, "body": "{{user.V}}" """),
        Edge.Item("failAction"),
        Edge.Item("allowPost"),
        Edge.Item("caching", """ "behavior": "CACHE_CONTROL", "defaultTtl": "1d" """),
        Edge.Item("caching", """ "behavior": "NO_STORE" """),
        Edge.Item("modifyIncomingResponseHeader", """ "action": "MODIFY", "customHeaderName": "Cache-Control", "newHeaderValue": "no-store" """),
        Edge.Item("setVariable", """ "variableName": "V", "variableValue": "{{builtin.AK_PATH}}" """),
        Edge.Item("setVariable", """ "variableName": "V", "variableValue": "{{user.V}}{{user.V}}+" """),
        Edge.Item("setVariable", """ "variableName": "V", "variableValue": "a", "transform": "ADD", "operandOne": 1 """),
        Edge.Item("setVariable", """ "variableName": "V", "variableValue": "{{builtin.AKA_PM_CACHEABLE_OBJECT}}" """),
        Edge.Item("verifyTokenAuthorization", """ "location": "QUERY_STRING", "key": "aabb" """),
    ];

    /// <summary>Random trees of up to four levels.</summary>
    public static Gen<RuleTree> Tree =>
        from rule in RuleOf(4)
        select new RuleTree(rule with { Variables = [OptionSet.Parse("""{ "name": "V", "value": "v" }"""), OptionSet.Parse("""{ "name": 5 }""")] });

    /// <summary>Random requests that the trees' criteria are about.</summary>
    public static Gen<EdgeRequest> Request =>
        from method in Gen.Elements("GET", "HEAD", "POST", "PUT", "OPTIONS", "")
        from scheme in Gen.Elements("http", "https")
        from host in Gen.Elements("www.shop.example", "a", "")
        from path in Gen.Elements("/", "/a", "/a/b.png", "/b", "/c/x/y/d", "//a/../b", "/%zz%", "", "/😀.é", "/a\ud800")
        from query in Gen.Elements("", "a=b&a=c", "&&=&", "X-A", "hdnts=exp=1~hmac=aa", "a=%")
        from name in Gen.Elements("X-A", "Cookie", "Origin", "X-Forwarded-For", "User-Agent", "")
        from value in Gen.Elements("", "a", "a=b; X-A=7", "198.51.100.1", ";=;", "999999999999999999999")
        from status in Gen.Elements(200, 302, 404, 503, 0, -1)
        from header in Gen.Elements("Cache-Control", "Expires", "Vary", "Content-Type", "X-A")
        from answered in Gen.Elements("", "max-age=99999999999", "no-store", "0", "a", "text/html;", "Mon, 02 Jun 2025 13:00:00 GMT")
        from late in Gen.Elements(true, false)
        from draw in Gen.Elements(0, 0.25, 0.999, double.NaN, -1)
        from time in Gen.Elements(Edge.Now, DateTimeOffset.MinValue, DateTimeOffset.MaxValue)
        from address in Gen.Elements(IPAddress.None, IPAddress.Parse("198.51.100.7"), IPAddress.IPv6Loopback)
        select new EdgeRequest(method, scheme, host, path, query)
        {
            Headers = [KeyValuePair.Create(name, value)],
            Client = new EdgeClient(address, "DE", "EU", "BAVARIA-IN-FULL-LENGTH"),
            Time = time,
            Draw = draw,
            Origin = new OriginAnswer(status, [KeyValuePair.Create(header, answered)], late),
        };

    private static Gen<(string Name, OptionSet Options)> Item =>
        Gen.OneOf(
            from name in Gen.Elements(Names)
            from options in Gen.Elements(Options).Zip(Gen.Elements(Values)).ListOf()
            select (name, Parse(options)),
            from text in Gen.Elements(Sensible)
            let item = System.Text.Json.JsonElement.Parse(text)
            select (item.GetProperty("name").GetString()!, OptionSet.Parse(item.GetProperty("options").GetRawText()))
        );

    private static Gen<Rule> RuleOf(int levels) =>
        from any in Gen.Elements(CriteriaMustSatisfy.All, CriteriaMustSatisfy.Any)
        from criteria in Item.ListOf(2)
        from behaviors in Item.ListOf(3)
        from children in levels == 1 ? Gen.Constant(new List<Rule>()) : RuleOf(levels - 1).ListOf(2)
        select new Rule("r")
        {
            CriteriaMustSatisfy = any,
            Criteria = [.. criteria.Select(item => new Criterion(item.Name, item.Options))],
            Behaviors = [.. behaviors.Select(item => new Behavior(item.Name, item.Options))],
            Children = children,
        };

    private static OptionSet Parse(IEnumerable<(string Name, string Value)> fields) =>
        OptionSet.Parse($"{{{string.Join(',', fields.DistinctBy(f => f.Name, StringComparer.Ordinal).Select(f => $"\"{f.Name}\":{f.Value}"))}}}");
}
