using static PropertyManager.Domain.Configuration.Catalog.Describe;

namespace PropertyManager.Domain.Configuration.Catalog;

public static partial class RuleCatalog
{
    private static IEnumerable<CatalogItem> CachingBehaviors() =>
        [
            Caching(),
            DownstreamCache(),
            Item(
                "cacheError",
                "Cache Error",
                "Caching",
                "Keeps error answers of the origin for a short time, so that a broken page does not send every request to it.",
                Enabled(),
                Duration("ttl", "Maximum age", "10s").Must().WhileOn(),
                Switch("preserveStale", "Keep the stale object", on: true, "A copy that is still there is served rather than the error.").WhileOn()
            ),
            Item(
                "prefreshCache",
                "Prefresh Cache",
                "Caching",
                "Fetches a popular object anew before it expires, so that nobody waits for the origin.",
                Enabled(),
                Whole("prefreshval", "Percentage of the maximum age", 90, 0, 99, "From this part of its life on the object is refreshed.").WhileOn()
            ),
            Item(
                "cachePost",
                "Cache POST",
                "Caching",
                "Caches answers to POST requests, which are otherwise always forwarded. Only for requests that change nothing.",
                Enabled(),
                Choice("useBody", "Body in the cache key", "IGNORE=Leave out|MD5=As an MD5 digest|QUERY=As a query string").WhileOn()
            ),
            Item(
                "cacheRedirect",
                "Cache Redirect",
                "Caching",
                "Caches redirects of the origin (302) under the same rules as pages.",
                Choice("enabled", "Enable", "true=On|false=Off")
            ),
            Item(
                "validateEntityTag",
                "Validate Entity Tag",
                "Caching",
                "Compares ETags with the origin when an object is revalidated, beside the time it was last modified.",
                Enabled(),
                Switch("nonStrictEnabled", "Accept without quotes").WhileOn(),
                Switch("weakEnabled", "Accept weak tags").WhileOn()
            ),
            OnOff("removeVary", "Remove Vary", "Caching", "Drops the Vary header of the origin, which keeps most answers from being cached."),
            CacheKeyQueryParams(),
            OnOff(
                "cacheKeyIgnoreCase",
                "Cache Key Ignore Case",
                "Cache key",
                "Takes /Logo.png and /logo.png for the same object. Right only where the origin does so too."
            ),
            OnOff(
                "allowHTTPSCacheKeySharing",
                "Allow HTTPS Cache Key Sharing",
                "Cache key",
                "Lets HTTPS requests be answered with objects that came over HTTP, and the other way round."
            ),
            CacheId(),
        ];

    private static CatalogItem Caching() =>
        Item(
            "caching",
            "Caching",
            "Caching",
            "Whether the edge keeps answers, and for how long. A later rule's caching takes the place of an earlier one's.",
            Choice(
                "behavior",
                "Caching option",
                "MAX_AGE=Cache|NO_STORE=No store|BYPASS_CACHE=Bypass cache|CACHE_CONTROL=Honor Cache-Control|EXPIRES=Honor Expires"
                    + "|CACHE_CONTROL_AND_EXPIRES=Honor Cache-Control and Expires",
                "No store also removes a copy that is there; bypass leaves it for later."
            ),
            Duration("ttl", "Maximum age", "1d").Must().Shown("behavior", "MAX_AGE"),
            Duration("defaultTtl", "Default maximum age", "10m", "Where the origin does not say.").Must().Shown("behavior", Honoring),
            Switch("mustRevalidate", "Force revalidation of stale objects", help: "Never serves an expired copy, even while the origin is down.")
                .Shown("behavior", ["MAX_AGE", .. Honoring]),
            Switch("enhancedRfcSupport", "Choose directives one by one").Shown("behavior", ByDirectives),
            Switch("honorNoStore", "Honor no-store", on: true).Directive(),
            Switch("honorPrivate", "Honor private").Shown("behavior", ByDirectives),
            Switch("honorNoCache", "Honor no-cache", on: true).Directive(),
            Switch("honorMaxAge", "Honor max-age", on: true).Directive(),
            Switch("honorSMaxage", "Honor s-maxage", help: "It stands above max-age, and is meant for shared caches.").Directive(),
            Switch("honorMustRevalidate", "Honor must-revalidate").Shown("behavior", ByDirectives),
            Switch("honorProxyRevalidate", "Honor proxy-revalidate").Directive()
        ) with
        {
            LastOneWins = true,
            Kept = ["cacheControlDirectives", "cacheabilitySettings", "expirationSettings", "revalidationSettings"],
        };

    private static CatalogItem DownstreamCache() =>
        Item(
            "downstreamCache",
            "Downstream Cache",
            "Caching",
            "What browsers and proxies are told about keeping the answer. It need not be what the edge itself does.",
            Choice(
                "behavior",
                "Caching option",
                "ALLOW=Allow caching|MUST_REVALIDATE=Allow, with revalidation|BUST=Do not cache|TUNNEL_ORIGIN=Pass the origin's headers"
                    + "|NONE=Send no headers"
            ),
            Choice(
                    "allowBehavior",
                    "Lifetime",
                    "LESSER=The shorter of origin's and edge's|GREATER=The longer of origin's and edge's|REMAINING_LIFETIME=What is left at the edge"
                        + "|FROM_MAX_AGE=The edge's maximum age|FROM_VALUE=A fixed time|PASS_ORIGIN=The origin's"
                )
                .Shown("behavior", "ALLOW"),
            Duration("ttl", "Maximum age", "1h").Must().Shown("behavior", "ALLOW").Shown("allowBehavior", "FROM_VALUE"),
            Choice(
                    "sendHeaders",
                    "Headers",
                    "CACHE_CONTROL_AND_EXPIRES=Cache-Control and Expires|CACHE_CONTROL=Cache-Control|EXPIRES=Expires|PASS_ORIGIN=The origin's"
                )
                .Shown("behavior", "ALLOW"),
            Switch("sendPrivate", "Mark as private", help: "Only the end user's own browser may keep it.")
                .Shown("behavior", "ALLOW", "MUST_REVALIDATE")
        ) with
        {
            LastOneWins = true,
        };

    private static CatalogItem CacheKeyQueryParams() =>
        Item(
            "cacheKeyQueryParams",
            "Cache Key Query Params",
            "Cache key",
            "Which query parameters tell objects apart. Fewer of them mean more hits; one too few mixes pages up.",
            Choice(
                "behavior",
                "Parameters",
                "INCLUDE_ALL_PRESERVE_ORDER=All, in the request's order|INCLUDE_ALL_ALPHABETIZE_ORDER=All, sorted|IGNORE_ALL=None|INCLUDE=Only these"
                    + "|IGNORE=All but these"
            ),
            Texts("parameters", "Parameter names").Must().Shown("behavior", "INCLUDE", "IGNORE"),
            Switch("exactMatch", "Compare whole names", on: true, "Off: a name is enough that begins alike.").Shown("behavior", "INCLUDE", "IGNORE")
        ) with
        {
            LastOneWins = true,
        };

    private static CatalogItem CacheId() =>
        Item(
            "cacheId",
            "Cache ID",
            "Cache key",
            "Adds cookies, headers, parameters or a variable to the cache key, where the answer depends on them.",
            Choice(
                "rule",
                "Part of the cache key",
                "INCLUDE_ALL_QUERY_PARAMS=All query parameters|INCLUDE_QUERY_PARAMS=Only these query parameters|EXCLUDE_QUERY_PARAMS=No query parameters"
                    + "|INCLUDE_COOKIES=Cookies|INCLUDE_HEADERS=Request headers|INCLUDE_VARIABLE=A variable|INCLUDE_URL=The whole URL"
            ),
            Switch("includeValue", "Include values", on: true, "Off: only whether they are there.")
                .Shown("rule", "INCLUDE_QUERY_PARAMS", "INCLUDE_COOKIES", "INCLUDE_HEADERS"),
            Switch("optional", "May be missing", on: true, "Off: without them nothing is cached.")
                .Shown("rule", "INCLUDE_QUERY_PARAMS", "INCLUDE_COOKIES", "INCLUDE_HEADERS", "EXCLUDE_QUERY_PARAMS"),
            Texts("elements", "Names of elements")
                .Must()
                .Shown("rule", "INCLUDE_QUERY_PARAMS", "INCLUDE_COOKIES", "INCLUDE_HEADERS", "EXCLUDE_QUERY_PARAMS"),
            Text("variableName", "Variable").Must().Shown("rule", "INCLUDE_VARIABLE")
        );

    private static string[] Honoring => ["CACHE_CONTROL", "EXPIRES", "CACHE_CONTROL_AND_EXPIRES"];

    private static string[] ByDirectives => ["CACHE_CONTROL", "CACHE_CONTROL_AND_EXPIRES"];

    private static CatalogOption Directive(this CatalogOption option) => option.Shown("behavior", ByDirectives).Shown("enhancedRfcSupport", "true");
}
