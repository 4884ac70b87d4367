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
            Choice("saasType", "SaaS origin is told by", "HOSTNAME=Hostname|PATH=Path|QUERY_STRING=Query string|COOKIE=Cookie").Fails("DYNAMIC"),
            Switch("saasCnameEnabled", "SaaS: follow CNAME chain").Fails("DYNAMIC").Shown("saasType", "HOSTNAME"),
            Whole("saasCnameLevel", "SaaS CNAME level", 1, min: 0).Fails("DYNAMIC").Shown("saasType", "HOSTNAME").Shown("saasCnameEnabled", "true"),
            Text("saasCookie", "SaaS cookie").Must().Like(@"^[a-zA-Z0-9_\-*\.]+$", "a cookie's name").Fails("DYNAMIC").Shown("saasType", "COOKIE"),
            Text("saasQueryString", "SaaS query parameter")
                .Must()
                .Like(@"^[^:/?#\[\]@&]+$", "a parameter's name")
                .Fails("DYNAMIC")
                .Shown("saasType", "QUERY_STRING"),
            Text("saasRegex", "SaaS expression").Must().Fails("DYNAMIC"),
            Text("saasReplace", "SaaS replacement").Must().Fails("DYNAMIC"),
            Text("saasSuffix", "SaaS domain suffix").Must().Fails("DYNAMIC"),
            Choice("dynamicMethod", "SaaS method", "SERVE_301=Redirect with 301|SERVE_302=Redirect with 302|SERVE_ALTERNATE=Serve the page")
                .Fails("DYNAMIC"),
            Switch("dynamicCustomPath", "SaaS: another path").Fails("DYNAMIC"),
            Text("dynamicPath", "SaaS path").Must().UrlPath().Fails("DYNAMIC").Shown("dynamicCustomPath", "true"),
            Choice("redirectHostnameType", "Redirect to", "ORIGINAL=The same hostname|ALTERNATE=Another hostname").Fails("REDIRECT"),
            Text("redirectHostname", "Redirect hostname").Must().HostName().Fails("REDIRECT").Shown("redirectHostnameType", "ALTERNATE"),
            Switch("redirectCustomPath", "Redirect to another path").Fails("REDIRECT"),
            Text("redirectPath", "Redirect path").Must().UrlPath().Fails("REDIRECT").Shown("redirectCustomPath", "true"),
            NumberChoice("redirectMethod", "Redirect response code", "302=302 Found|301=301 Moved permanently").Fails("REDIRECT"),
            Text("contentHostname", "Hostname of the other server", help: "The server that has the page; not one of the property's hostnames.")
                .Must()
                .HostName()
                .Fails("RECREATED_CO"),
            Switch("contentCustomPath", "Another path on the other server").Fails("RECREATED_CO"),
            Text("contentPath", "Path on the other server").Must().UrlPath().Fails("RECREATED_CO").Shown("contentCustomPath", "true"),
            NetStorage("netStorageHostname", "NetStorage group").Fails("RECREATED_NS"),
            Text("netStoragePath", "NetStorage path").Must().UrlPath().Fails("RECREATED_NS"),
            Text("cexHostname", "Hostname of the other property").Must().HostName().Fails("RECREATED_CEX"),
            Switch("cexCustomPath", "Another path in the other property").Fails("RECREATED_CEX"),
            Text("cexPath", "Path in the other property").Must().UrlPath().Fails("RECREATED_CEX").Shown("cexCustomPath", "true"),
            CpCode("cpCode", "CP code", "Where the traffic of the page is counted.").Fails("RECREATED_NS"),
            Whole("statusCode", "Status code", 200, 100, 599, "What the page is sent with.").Fails("RECREATED_NS"),
            Switch("preserveQueryString", "Keep the query string").Fails("REDIRECT", "RECREATED_CO", "RECREATED_CEX", "DYNAMIC"),
            Switch("modifyProtocol", "Change the protocol").Fails("REDIRECT", "DYNAMIC"),
            Choice("protocol", "Protocol", "HTTP=HTTP|HTTPS=HTTPS").Fails("REDIRECT", "DYNAMIC").Shown("modifyProtocol", "true"),
            Switch("allowFCMParentOverride", "Parent servers may act").Fails("RECREATED_CO", "RECREATED_CEX", "RECREATED_NS")
        ) with
        {
            LastOneWins = true,
        };

    private static CatalogOption Fails(this CatalogOption option, params IReadOnlyList<string> actions) =>
        option.WhileOn().Shown("actionType", actions);
}
