using static PropertyManager.Domain.Configuration.Catalog.Describe;

namespace PropertyManager.Domain.Configuration.Catalog;

public static partial class RuleCatalog
{
    private static IEnumerable<CatalogItem> ResponseBehaviors() =>
        [
            Redirect(),
            Item(
                "redirectplus",
                "Redirect Plus",
                "Responses",
                "Sends end users to an address that may be put together from variables.",
                Enabled(),
                Text("destination", "Destination", "/", "A whole URL, or a path on the same host.").Must().WhileOn(),
                NumberChoice("responseCode", "Response code", RedirectCodes).WhileOn()
            ) with
            {
                LastOneWins = true,
            },
            Item(
                "edgeRedirector",
                "Edge Redirector",
                "Responses",
                "Redirects by a policy that is kept outside the property, so that it can change without an activation.",
                Enabled(),
                Switch("isSharedPolicy", "Shared policy").WhileOn(),
                Policy("cloudletPolicy", "Policy").WhileOn().Shown("isSharedPolicy", "false"),
                Whole("cloudletSharedPolicy", "Shared policy's number", null, min: 1).Must().WhileOn().Shown("isSharedPolicy", "true")
            ),
            Item(
                "constructResponse",
                "Construct Response",
                "Responses",
                "Answers at the edge with a text of your own; the origin is not asked.",
                Enabled(),
                LongText("body", "Body", "").WhileOn(),
                NumberChoice(
                        "responseCode",
                        "Response code",
                        "200=200 OK|401=401 Unauthorized|403=403 Forbidden|404=404 Not found|405=405 Method not allowed|417=417 Expectation failed"
                            + "|500=500 Internal server error|501=501 Not implemented|502=502 Bad gateway|503=503 Service unavailable|504=504 Gateway timeout"
                    )
                    .WhileOn(),
                Switch("forceEviction", "Remove from cache", help: "Drops a copy of the object that is there.").WhileOn(),
                Switch("ignorePurge", "Also for purge requests").WhileOn()
            ) with
            {
                LastOneWins = true,
            },
            Item(
                "rewriteUrl",
                "Rewrite URL",
                "Responses",
                "Asks the origin for another path than the end user did. Criteria keep looking at the path as it came.",
                Choice(
                    "behavior",
                    "Action",
                    "REWRITE=Replace the whole path|REPLACE=Replace a part|REMOVE=Remove a part|PREPEND=Put in front|REGEX_REPLACE=Replace by expression"
                ),
                Text("match", "Find", "/").Must().Folder().Shown("behavior", "REPLACE", "REMOVE"),
                Text("matchRegex", "Regular expression", "^/").AsExpression().Must().Shown("behavior", "REGEX_REPLACE"),
                Text("targetRegex", "Replacement", "/", "Groups of the expression are $1, $2 and so on.").Shown("behavior", "REGEX_REPLACE"),
                Text("targetPath", "Replace with", "/").Must().Folder().Shown("behavior", "REPLACE"),
                Text("targetPathPrepend", "Put in front", "/").Must().Folder().Shown("behavior", "PREPEND"),
                Text("targetUrl", "New path", "/").Must().Like(@"^(/\S*)?$", "a path that begins with a slash").Shown("behavior", "REWRITE"),
                Switch("matchMultiple", "Every match", help: "Off: only the first.").Shown("behavior", "REPLACE", "REMOVE", "REGEX_REPLACE"),
                Switch("keepQueryString", "Keep the query string", on: true)
                    .Shown("behavior", "REPLACE", "REMOVE", "REWRITE", "PREPEND", "REGEX_REPLACE")
            ),
            Item(
                "removeQueryParameter",
                "Remove Query Parameter",
                "Responses",
                "Forgets parameters of the query, such as those of campaigns: the origin does not get them, and they tell no objects apart.",
                Texts("parameters", "Parameters", ["utm_source"]).Must()
            ) with
            {
                LastOneWins = true,
            },
            Item(
                "baseDirectory",
                "Base Directory",
                "Responses",
                "Puts a folder in front of every path that is asked of the origin.",
                Text("value", "Folder", "/").Must().Folder()
            ) with
            {
                LastOneWins = true,
            },
        ];

    private static CatalogItem Redirect() =>
        Item(
            "redirect",
            "Redirect",
            "Responses",
            "Sends end users to another address: another protocol, host or path. At least one of them has to differ from the request.",
            Choice("mobileDefaultChoice", "Destination", "DEFAULT=Your choice|MOBILE=Mobile site"),
            Choice("destinationProtocol", "Protocol", "HTTPS=HTTPS|HTTP=HTTP|SAME_AS_REQUEST=Same as request"),
            Choice("destinationHostname", "Hostname", "SAME_AS_REQUEST=Same as request|SUBDOMAIN=Subdomain|SIBLING=Sibling|OTHER=Another"),
            Text("destinationHostnameSubdomain", "Subdomain", help: "Put in front of the request's hostname.")
                .Must()
                .Shown("destinationHostname", "SUBDOMAIN"),
            Text("destinationHostnameSibling", "Sibling", help: "Takes the place of the hostname's first part.")
                .Must()
                .Shown("destinationHostname", "SIBLING"),
            Text("destinationHostnameOther", "Other hostname").Must().HostName().Shown("destinationHostname", "OTHER"),
            Choice("destinationPath", "Path", "SAME_AS_REQUEST=Same as request|PREFIX_REQUEST=Same, with additions|OTHER=Another"),
            Text("destinationPathPrefix", "Path prefix").Must().UrlPath().Shown("destinationPath", "PREFIX_REQUEST"),
            Choice("destinationPathSuffixStatus", "Path suffix", "NO_SUFFIX=None|SUFFIX=Add one").Shown("destinationPath", "PREFIX_REQUEST"),
            Text("destinationPathSuffix", "Suffix")
                .Must()
                .Like(@"^[a-zA-Z0-9\[\]/?#!=&_\-\.]+$", "a piece of a path")
                .Shown("destinationPath", "PREFIX_REQUEST")
                .Shown("destinationPathSuffixStatus", "SUFFIX"),
            Text("destinationPathOther", "Other path").Must().Like("^/.*$", "a path that begins with a slash").Shown("destinationPath", "OTHER"),
            Choice("queryString", "Query string", "APPEND=Keep|IGNORE=Leave out"),
            NumberChoice("responseCode", "Response code", RedirectCodes)
        ) with
        {
            LastOneWins = true,
        };

    private const string RedirectCodes = "302=302 Found, temporary|301=301 Moved permanently|303=303 See other|307=307 Temporary, same method";
}
