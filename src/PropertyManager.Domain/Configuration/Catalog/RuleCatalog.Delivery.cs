using static PropertyManager.Domain.Configuration.Catalog.Describe;

namespace PropertyManager.Domain.Configuration.Catalog;

public static partial class RuleCatalog
{
    private static IEnumerable<CatalogItem> ReportingBehaviors() =>
        [
            Item(
                "cpCode",
                "Content Provider Code",
                "Reporting",
                "Under which number traffic is counted in reports and invoices. A later rule's number takes the place of an earlier one's.",
                CpCode("value", "CP code", "One of the contract's."),
                Switch("enableDefaultContentProviderCode", "Use the contract's default")
            ) with
            {
                LastOneWins = true,
            },
            Item(
                "report",
                "Report",
                "Reporting",
                "Which details of a request are written to the logs.",
                Switch("logHost", "Host", on: true),
                Switch("logReferer", "Referer", on: true),
                Switch("logUserAgent", "User-Agent", on: true),
                Switch("logAcceptLanguage", "Accept-Language"),
                Choice("logCookies", "Cookies", "OFF=None|ALL=All|SOME=Some"),
                Texts("cookies", "Which cookies").Must().Shown("logCookies", "SOME"),
                Switch("logCustomLogField", "Custom field"),
                Text("customLogField", "Text of the custom field", help: "May be put together from variables.")
                    .Must()
                    .Shown("logCustomLogField", "true"),
                Switch("logEdgeIP", "Address of the edge server"),
                Switch("logXForwardedFor", "X-Forwarded-For")
            ) with
            {
                LastOneWins = true,
            },
            Item(
                "realUserMonitoring",
                "Real User Monitoring",
                "Reporting",
                "Measured how fast pages are for end users. It has had its day.",
                Enabled()
            ),
            OnOff("edgeScape", "EdgeScape", "Reporting", "Tells the origin in a header where the end user is."),
            Item(
                "advanced",
                "Advanced",
                "Advanced",
                "Metadata written by hand, for what no behavior can say. It makes an activation an exception.",
                Text("description", "Description", ""),
                LongText("xml", "Metadata", "")
            ),
        ];

    private static IEnumerable<CatalogItem> DeliveryBehaviors() =>
        [
            Item(
                "gzipResponse",
                "GZIP Response",
                "Performance",
                "Whether answers go to browsers compressed. Text gets smaller by far, images do not.",
                Choice("behavior", "Compression", "ORIGIN_RESPONSE=As the origin did|ALWAYS=Always|NEVER=Never")
            ) with
            {
                LastOneWins = true,
            },
            OnOff("brotli", "Brotli", "Performance", "Sends answers compressed with Brotli to browsers that know it, where the origin made them so."),
            Item(
                "tieredDistribution",
                "Tiered Distribution",
                "Performance",
                "Puts a second tier of caches between the edge and the origin, so that far fewer requests reach the origin.",
                Enabled(),
                Choice(
                        "tieredDistributionMap",
                        "Map of parent servers",
                        "CH2=Everywhere|CHAPAC=Asia and the Pacific|CHEU2=Europe|CHEUS2=US east|CHCUS2=US centre|CHWUS2=US west|CHAUS=Australia"
                            + "|CH=Everywhere, the older map"
                    )
                    .WhileOn()
            ) with
            {
                LastOneWins = true,
            },
            SureRoute(),
            OnOff(
                "allHttpInCacheHierarchy",
                "All HTTP In Cache Hierarchy",
                "Performance",
                "Lets parent caches take requests other than GET and HEAD."
            ),
            Item("http2", "HTTP/2", "Protocols", "Speaks HTTP/2 with browsers that can: many requests over one connection.") with
            {
                Kept = ["enabled"],
            },
            Item(
                "http3",
                "HTTP/3",
                "Protocols",
                "Speaks HTTP/3 (QUIC) with browsers that can: faster to begin with, steadier on bad networks. Needs HTTPS.",
                Switch("enable", "Enable", on: true)
            ),
            Item("enhancedAkamaiProtocol", "Enhanced Akamai Protocol", "Protocols", "A faster transport between edge and parent servers.") with
            {
                Kept = ["display", "enabled"],
            },
            OnOff("webSockets", "Web Sockets", "Protocols", "Lets browsers keep a two-way connection to the origin open."),
            OnOff("prefetch", "Prefetch", "Performance", "Fetches what a page will need while the page is still being sent."),
            OnOff("prefetchable", "Prefetchable", "Performance", "Marks objects that may be fetched ahead, which files of usual types are anyway."),
            Item(
                "timeout",
                "Timeout",
                "Origin connection",
                "How long to wait for the origin to take a connection.",
                Duration("value", "Connect timeout", "5s").Must()
            ) with
            {
                LastOneWins = true,
            },
            Item(
                "readTimeout",
                "Read Timeout",
                "Origin connection",
                "How long to wait for the origin to answer, and between the parts of its answer.",
                Duration("value", "Read timeout", "120s").Must(),
                Duration("firstByteTimeout", "First-byte timeout", "120s")
            ) with
            {
                LastOneWins = true,
            },
            Item(
                "healthDetection",
                "Health Detection",
                "Origin connection",
                "How often an address of the origin may fail before the edge leaves it alone for a while.",
                Whole("retryCount", "Failed attempts", 3, min: 0),
                Duration("retryInterval", "Retry interval", "10s").Must(),
                Whole("maximumReconnects", "Maximum reconnects", 3, min: 0)
            ),
        ];

    private static CatalogItem SureRoute() =>
        Item(
            "sureRoute",
            "SureRoute",
            "Performance",
            "Finds the fastest of several ways to the origin by racing for a small test object. For pages that cannot be cached.",
            Enabled(),
            Choice("type", "Map", "PERFORMANCE=Performance|CUSTOM_MAP=Your own map").WhileOn(),
            Text("customMap", "Name of the map").Must().WhileOn().Shown("type", "CUSTOM_MAP"),
            Text("testObjectUrl", "Test object", "/akamai/testobject.html", "A path that the origin answers with 200.").Must().UrlPath().WhileOn(),
            Choice("toHostStatus", "Test host", "INCOMING_HH=Incoming Host header|OTHER=Another").WhileOn(),
            Text("toHost", "Other test host").Must().WhileOn().Shown("toHostStatus", "OTHER"),
            Duration("raceStatTtl", "Race again after", "30m").WhileOn(),
            Switch("forceSslForward", "Race over HTTPS").WhileOn(),
            Switch("allowFCMParentOverride", "Parent servers may race").WhileOn(),
            Switch("enableCustomKey", "Share results under a key").WhileOn(),
            Text("customStatKey", "Key of results").Must().HostName().WhileOn().Shown("enableCustomKey", "true")
        ) with
        {
            Kept = ["srDownloadLinkTitle"],
        };
}
