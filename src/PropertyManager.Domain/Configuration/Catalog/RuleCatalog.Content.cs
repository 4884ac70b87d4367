using static PropertyManager.Domain.Configuration.Catalog.Describe;

namespace PropertyManager.Domain.Configuration.Catalog;

public static partial class RuleCatalog
{
    private static IEnumerable<CatalogItem> ContentBehaviors() =>
        [
            Item(
                "largeFileOptimization",
                "Large File Optimization",
                "Content",
                "Fetches large files piece by piece, so that they can begin before they are whole. The origin has to serve byte ranges.",
                Enabled(),
                Choice(
                        "enablePartialObjectCaching",
                        "Partial object caching",
                        "PARTIAL_OBJECT_CACHING=Keep them in cache|NON_PARTIAL_OBJECT_CACHING=Do not keep them"
                    )
                    .WhileOn(),
                Text("minimumSize", "Smallest size", "100MB").Must().Size().WhileOn().Shown("enablePartialObjectCaching", "PARTIAL_OBJECT_CACHING"),
                Text("maximumSize", "Largest size", "16GB").Must().Size().WhileOn().Shown("enablePartialObjectCaching", "PARTIAL_OBJECT_CACHING"),
                Switch("useVersioning", "Tell versions apart", help: "The file's version stands in its URL.")
                    .WhileOn()
                    .Shown("enablePartialObjectCaching", "PARTIAL_OBJECT_CACHING")
            ),
            Item(
                "imageManager",
                "Image & Video Manager",
                "Content",
                "Makes images smaller and fits them to the end user's device, by policies that are kept outside the property.",
                Enabled(),
                Switch("resize", "Resize", on: true).WhileOn(),
                Switch("applyBestFileType", "Best file type", on: true, "Such as WebP for browsers that know it.").WhileOn(),
                Choice(
                        "superCacheRegion",
                        "Where images are kept",
                        "US=United States|ASIA=Asia|AUSTRALIA|EMEA=Europe, the Middle East and Africa|JAPAN=Japan|CHINA=China"
                    )
                    .WhileOn(),
                Switch("cloudWrapperEnabled", "Cloud Wrapper").WhileOn(),
                Switch("cloudWrapperRolloutStart", "Start the Cloud Wrapper rollout").WhileOn().Shown("cloudWrapperEnabled", "true"),
                Text("cloudWrapperUrlPath", "Cloud Wrapper URL path", "").WhileOn().Shown("cloudWrapperEnabled", "true"),
                CpCode("cpCodeOriginal", "CP code of originals", "Where traffic to the origin is counted.").WhileOn(),
                CpCode("cpCodeTransformed", "CP code of images", "Where traffic to end users is counted.").WhileOn(),
                Switch("useExistingPolicySet", "Use an existing policy set").WhileOn(),
                Text("policySet", "Policy set")
                    .Must()
                    .Like("^[a-zA-Z0-9_-]+$", "a policy set's name")
                    .WhileOn()
                    .Shown("useExistingPolicySet", "true"),
                Switch("advanced", "Advanced options").WhileOn(),
                Text("policyToken", "Policy", "").Like("^[a-zA-Z0-9_-]{1,64}$", "a policy's name").WhileOn(),
                Text("policyTokenDefault", "Default policy", "").WhileOn().Shown("advanced", "true")
            ) with
            {
                LastOneWins = true,
                Kept = ["settingsTitle", "trafficTitle", "apiReferenceTitle"],
            },
            Item(
                "segmentedMediaOptimization",
                "Segmented Media Optimization",
                "Content",
                "Tells the edge that this is video in segments, live or on demand, so that it fetches and keeps them fittingly.",
                Choice("behavior", "Content", "ON_DEMAND=On demand|LIVE=Live"),
                Switch("enableUllStreaming", "Ultra-low latency").Shown("behavior", "LIVE"),
                Switch("showAdvanced", "Advanced options").Shown("behavior", "LIVE"),
                Choice("liveType", "Broadcast", "CONTINUOUS=Round the clock|EVENT=One event").Live(),
                Text("startTime", "Start time").Must().Like("^[0-9]+$", "a time in seconds since 1970").Live().Shown("liveType", "EVENT"),
                Text("endTime", "End time").Must().Like("^[0-9]+$", "a time in seconds since 1970").Live().Shown("liveType", "EVENT"),
                Choice("dvrType", "DVR", "CONFIGURABLE=For a time|UNKNOWN=Not known").Live(),
                Duration("dvrWindow", "DVR window", "1h").Live().Shown("dvrType", "CONFIGURABLE")
            ) with
            {
                LastOneWins = true,
            },
            Item(
                "contentCharacteristics",
                "Content Characteristics",
                "Content",
                "Tells the edge what kind of content this is; caches are tuned by it.",
                Choice(
                    "objectSize",
                    "Size of objects",
                    "UNKNOWN=Not known|LESS_THAN_1MB=Below 1 MB|ONE_MB_TO_TEN_MB=1 to 10 MB|TEN_MB_TO_100_MB=10 to 100 MB|OTHER=Another"
                ),
                Choice(
                    "popularityDistribution",
                    "Popularity",
                    "UNKNOWN=Not known|LONG_TAIL=Few are popular|ALL_POPULAR=All are popular|OTHER=Another"
                ),
                Choice(
                    "catalogSize",
                    "Size of all together",
                    "UNKNOWN=Not known|SMALL=Below 100 GB|MEDIUM=100 GB to 1 TB|LARGE=1 to 100 TB|EXTRA_LARGE=Over 100 TB|OTHER=Another"
                ),
                Choice(
                    "contentType",
                    "Kind of content",
                    "UNKNOWN=Not known|WEB_OBJECTS=Web pages|IMAGES=Images|SOFTWARE=Software|USER_GENERATED=Made by users|OTHER_OBJECTS=Another"
                )
            ) with
            {
                LastOneWins = true,
            },
            Item(
                "adaptiveAcceleration",
                "Adaptive Acceleration",
                "Performance",
                "Learns from real visits what a page needs, and has browsers fetch it early.",
                Choice("source", "Data source", "MPULSE=mPulse|REAL_USER_MONITORING=Real User Monitoring"),
                Switch("enablePush", "HTTP/2 server push"),
                Switch("enablePreconnect", "Preconnect", on: true),
                Switch("preloadEnable", "Preload fonts", on: true),
                Choice("abLogic", "AB test logic", "DISABLED=No|CLOUDLETS=By a policy|MANUAL=By a cookie"),
                Text("cookieName", "AB test cookie").Must().Shown("abLogic", "MANUAL"),
                Switch("intelligentEarlyHints", "Early hints"),
                Switch("enableRo", "Resource optimizer"),
                Switch("enableBrotliCompression", "Brotli compression"),
                Switch("enableForNoncacheable", "Brotli for what is not cached").Shown("enableBrotliCompression", "true")
            ) with
            {
                Kept =
                [
                    "titleHttp2ServerPush",
                    "titlePreconnect",
                    "titlePreload",
                    "abTesting",
                    "intelligentEarlyHintsTitle",
                    "compression",
                    "titleRo",
                    "titleBrotli",
                ],
            },
        ];

    private static CatalogOption Size(this CatalogOption option) =>
        option.Like("^[0-9]+[KMGT]B$", "a whole number and KB, MB, GB or TB, such as 100MB");

    private static CatalogOption Live(this CatalogOption option) => option.Shown("behavior", "LIVE").Shown("showAdvanced", "true");
}
