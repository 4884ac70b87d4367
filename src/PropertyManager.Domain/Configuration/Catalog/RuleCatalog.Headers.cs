using static PropertyManager.Domain.Configuration.Catalog.Describe;

namespace PropertyManager.Domain.Configuration.Catalog;

public static partial class RuleCatalog
{
    private static IEnumerable<CatalogItem> HeaderBehaviors() =>
        [
            Item(
                "modifyIncomingRequestHeader",
                "Modify Incoming Request Header",
                "Headers",
                "Changes a header of the end user's request before it is looked at: the cache key and later rules see the new value.",
                Choice("action", "Action", "ADD=Add|DELETE=Remove|MODIFY=Change|PASS=Pass on"),
                Standard("Add", "ADD", $"OTHER=Another|{Accepting}"),
                Standard("Delete", "DELETE", "OTHER=Another|IF_MODIFIED_SINCE=If-Modified-Since|VIA=Via"),
                Standard("Modify", "MODIFY", $"OTHER=Another|{Accepting}"),
                Standard("Pass", "PASS", $"OTHER=Another|{Accepting}"),
                CustomHeader("X-Edge-Request", byExpression: false),
                AddedValue("1"),
                NewValue(),
                NoDuplicates()
            ),
            Item(
                "modifyOutgoingRequestHeader",
                "Modify Outgoing Request Header",
                "Headers",
                "Changes a header of the request that the edge sends to the origin; only requests that are forwarded are touched.",
                Choice("action", "Action", "ADD=Add|DELETE=Remove|MODIFY=Change|REGEX=Change by expression"),
                Standard("Add", "ADD", "OTHER=Another|USER_AGENT=User-Agent"),
                Standard("Delete", "DELETE", "OTHER=Another|PRAGMA=Pragma|USER_AGENT=User-Agent|VIA=Via"),
                Standard("Modify", "MODIFY", "OTHER=Another|USER_AGENT=User-Agent", "REGEX"),
                CustomHeader("X-Edge-Request", byExpression: true),
                AddedValue("1"),
                NewValue(),
                Expression(),
                Replacement(),
                EveryMatch(),
                NoDuplicates()
            ),
            Item(
                "modifyIncomingResponseHeader",
                "Modify Incoming Response Header",
                "Headers",
                "Changes a header of the origin's answer before it is cached: the cached copy has the new value.",
                Choice("action", "Action", "ADD=Add|DELETE=Remove|MODIFY=Change|PASS=Pass on"),
                Standard(
                    "Add",
                    "ADD",
                    $"OTHER=Another|{CacheControl}|{ContentType}|EDGE_CONTROL=Edge-Control|EXPIRES=Expires|LAST_MODIFIED=Last-Modified"
                ),
                Standard("Delete", "DELETE", $"OTHER=Another|{CacheControl}|{ContentType}|VARY=Vary"),
                Standard("Modify", "MODIFY", $"OTHER=Another|{CacheControl}|{ContentType}|EDGE_CONTROL=Edge-Control"),
                Standard("Pass", "PASS", $"OTHER=Another|{CacheControl}|EXPIRES=Expires|PRAGMA=Pragma"),
                CustomHeader("X-Origin-Response", byExpression: false),
                AddedValue("1"),
                NewValue(),
                NoDuplicates()
            ),
            Item(
                "modifyOutgoingResponseHeader",
                "Modify Outgoing Response Header",
                "Headers",
                "Changes a header of what the end user gets, whether it came from the cache or from the origin.",
                Choice("action", "Action", "ADD=Add|DELETE=Remove|MODIFY=Change|REGEX=Change by expression"),
                Standard(
                    "Add",
                    "ADD",
                    $"OTHER=Another|{CacheControl}|{Disposition}|{ContentType}|EDGE_CONTROL=Edge-Control|P3P=P3P|PRAGMA=Pragma|{CrossOrigin}"
                ),
                Standard(
                    "Delete",
                    "DELETE",
                    $"OTHER=Another|{CacheControl}|{Disposition}|{ContentType}|EXPIRES=Expires|P3P=P3P|PRAGMA=Pragma|{CrossOrigin}"
                ),
                Standard(
                    "Modify",
                    "MODIFY",
                    $"OTHER=Another|{CacheControl}|{Disposition}|{ContentType}|P3P=P3P|PRAGMA=Pragma|{CrossOrigin}",
                    "REGEX"
                ),
                CustomHeader("X-Content-Type-Options", byExpression: true),
                AddedValue("nosniff"),
                NewValue(),
                Expression(),
                Replacement(),
                EveryMatch(),
                NoDuplicates()
            ),
        ];

    private const string Accepting = "ACCEPT_ENCODING=Accept-Encoding|ACCEPT_LANGUAGE=Accept-Language";
    private const string CacheControl = "CACHE_CONTROL=Cache-Control";
    private const string ContentType = "CONTENT_TYPE=Content-Type";
    private const string Disposition = "CONTENT_DISPOSITION=Content-Disposition";

    private const string CrossOrigin =
        "ACCESS_CONTROL_ALLOW_ORIGIN=Access-Control-Allow-Origin|ACCESS_CONTROL_ALLOW_METHODS=Access-Control-Allow-Methods"
        + "|ACCESS_CONTROL_ALLOW_HEADERS=Access-Control-Allow-Headers|ACCESS_CONTROL_EXPOSE_HEADERS=Access-Control-Expose-Headers"
        + "|ACCESS_CONTROL_ALLOW_CREDENTIALS=Access-Control-Allow-Credentials|ACCESS_CONTROL_MAX_AGE=Access-Control-Max-Age";

    private static CatalogOption Standard(string kind, string action, string headers, params IReadOnlyList<string> further) =>
        Choice(
                $"standard{kind}HeaderName",
                kind switch
                {
                    "Add" => "Header to add",
                    "Delete" => "Header to remove",
                    "Modify" => "Header to change",
                    _ => "Header to pass on",
                },
                headers
            )
            .Shown("action", [action, .. further]);

    /// <summary>On the form where the action's own list says that it is another header.</summary>
    private static CatalogOption CustomHeader(string name, bool byExpression)
    {
        var option = Text("customHeaderName", "Other header", name, "Its name.")
            .Must()
            .HeaderName()
            .Shown("action", "ADD")
            .Shown("standardAddHeaderName", "OTHER")
            .OrShown("action", "DELETE", "standardDeleteHeaderName", "OTHER")
            .OrShown("action", "MODIFY", "standardModifyHeaderName", "OTHER");
        return byExpression
            ? option.OrShown("action", "REGEX", "standardModifyHeaderName", "OTHER")
            : option.OrShown("action", "PASS", "standardPassHeaderName", "OTHER");
    }

    private static CatalogOption AddedValue(string value) => Text("headerValue", "Value", value).Shown("action", "ADD");

    private static CatalogOption NewValue() => Text("newHeaderValue", "New value", "").Shown("action", "MODIFY");

    private static CatalogOption Expression() =>
        Text("regexHeaderMatch", "Find", ".*", "An expression.").AsExpression().Must().Shown("action", "REGEX");

    private static CatalogOption Replacement() => Text("regexHeaderReplace", "Replace with", "").Shown("action", "REGEX");

    private static CatalogOption EveryMatch() => Switch("matchMultiple", "Every match", help: "Off: only the first.").Shown("action", "REGEX");

    private static CatalogOption NoDuplicates() =>
        Switch("avoidDuplicateHeaders", "Avoid duplicates", help: "Leaves one header where there would be several.").Shown("action", "ADD", "MODIFY");
}
