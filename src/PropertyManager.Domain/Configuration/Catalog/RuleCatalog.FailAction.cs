using static PropertyManager.Domain.Configuration.Catalog.Describe;

namespace PropertyManager.Domain.Configuration.Catalog;

public static partial class RuleCatalog
{
    private static CatalogItem FailAction() =>
        Item(
            "failAction",
            "Fail Action",
            "Responses",
            "What end users get when the origin fails: the expired copy, another page, or a redirect. Stands under a criterion that says what failing is.",
            Enabled(),
            Choice(
                    "actionType",
                    "Action",
                    "SERVE_STALE=Serve the expired copy|REDIRECT=Redirect|RECREATED_CO=Page from another server|RECREATED_CEX=Page from another property"
                        + "|RECREATED_NS=Page from NetStorage|DYNAMIC=SaaS dynamic"
                )
                .WhileOn(),
            Choice("saasType", "Origin is told by", "HOSTNAME=Hostname|PATH=Path|QUERY_STRING=Query string|COOKIE=Cookie").Fails("DYNAMIC"),
            Switch("saasCnameEnabled", "Follow CNAME chain").Fails("DYNAMIC").Shown("saasType", "HOSTNAME"),
            Whole("saasCnameLevel", "CNAME level", 1, min: 0).Fails("DYNAMIC").Shown("saasType", "HOSTNAME").Shown("saasCnameEnabled", "true"),
            Text("saasCookie", "Cookie").Must().Like(@"^[a-zA-Z0-9_\-*\.]+$", "a cookie's name").Fails("DYNAMIC").Shown("saasType", "COOKIE"),
            Text("saasQueryString", "Query parameter")
                .Must()
                .Like(@"^[^:/?#\[\]@&]+$", "a parameter's name")
                .Fails("DYNAMIC")
                .Shown("saasType", "QUERY_STRING"),
            Text("saasRegex", "Matched by").Must().Fails("DYNAMIC"),
            Text("saasReplace", "Replaced by").Must().Fails("DYNAMIC"),
            Text("saasSuffix", "Domain suffix").Must().Fails("DYNAMIC"),
            Choice("dynamicMethod", "Method", "SERVE_301=Redirect with 301|SERVE_302=Redirect with 302|SERVE_ALTERNATE=Serve the page")
                .Fails("DYNAMIC"),
            Switch("dynamicCustomPath", "Another path").Fails("DYNAMIC"),
            Text("dynamicPath", "Path").Must().UrlPath().Fails("DYNAMIC").Shown("dynamicCustomPath", "true"),
            Choice("redirectHostnameType", "Redirect to", "ORIGINAL=The same hostname|ALTERNATE=Another hostname").Fails("REDIRECT"),
            Text("redirectHostname", "Hostname").Must().HostName().Fails("REDIRECT").Shown("redirectHostnameType", "ALTERNATE"),
            Switch("redirectCustomPath", "Another path").Fails("REDIRECT"),
            Text("redirectPath", "Path").Must().UrlPath().Fails("REDIRECT").Shown("redirectCustomPath", "true"),
            NumberChoice("redirectMethod", "Response code", "302=302 Found|301=301 Moved permanently").Fails("REDIRECT"),
            Text("contentHostname", "Hostname", help: "The server that has the page; not one of the property's hostnames.")
                .Must()
                .HostName()
                .Fails("RECREATED_CO"),
            Switch("contentCustomPath", "Another path").Fails("RECREATED_CO"),
            Text("contentPath", "Path").Must().UrlPath().Fails("RECREATED_CO").Shown("contentCustomPath", "true"),
            NetStorage("netStorageHostname", "NetStorage group").Fails("RECREATED_NS"),
            Text("netStoragePath", "Path").Must().UrlPath().Fails("RECREATED_NS"),
            Text("cexHostname", "Hostname").Must().HostName().Fails("RECREATED_CEX"),
            Switch("cexCustomPath", "Another path").Fails("RECREATED_CEX"),
            Text("cexPath", "Path").Must().UrlPath().Fails("RECREATED_CEX").Shown("cexCustomPath", "true"),
            CpCode("cpCode", "CP code", "Where the traffic of the page is counted.").Fails("RECREATED_NS"),
            Whole("statusCode", "Status code", 200, 100, 599, "What the page is sent with.").Fails("RECREATED_NS"),
            Switch("preserveQueryString", "Keep the query string").Fails("REDIRECT", "RECREATED_CO", "RECREATED_CEX", "DYNAMIC"),
            Switch("modifyProtocol", "Another protocol").Fails("REDIRECT", "DYNAMIC"),
            Choice("protocol", "Protocol", "HTTP=HTTP|HTTPS=HTTPS").Fails("REDIRECT", "DYNAMIC").Shown("modifyProtocol", "true"),
            Switch("allowFCMParentOverride", "Parent servers may act").Fails("RECREATED_CO", "RECREATED_CEX", "RECREATED_NS")
        ) with
        {
            LastOneWins = true,
        };

    private static CatalogOption Fails(this CatalogOption option, params IReadOnlyList<string> actions) =>
        option.WhileOn().Shown("actionType", actions);
}
