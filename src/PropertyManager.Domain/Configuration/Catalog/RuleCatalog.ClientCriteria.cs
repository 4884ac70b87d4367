using static PropertyManager.Domain.Configuration.Catalog.Describe;

namespace PropertyManager.Domain.Configuration.Catalog;

public static partial class RuleCatalog
{
    private static IEnumerable<CatalogItem> ClientCriteria() =>
        [
            Item(
                "userLocation",
                "User Location",
                "Client",
                "Where the end user is, as far as the address tells.",
                Choice("field", "Field", "COUNTRY=Country|CONTINENT=Continent|REGION=Region"),
                Choice("matchOperator", "Comparison", OneOf),
                Texts("countryValues", "Countries", ["DE"])
                    .Must()
                    .Like("^[A-Z]{2}$", "a country of two capital letters, such as DE")
                    .Shown("field", "COUNTRY"),
                Several(
                        "continentValues",
                        "Continents",
                        "AF=Africa|AS=Asia|EU=Europe|NA=North America|OC=Oceania|SA=South America|OT=Elsewhere",
                        ["EU"]
                    )
                    .Must()
                    .Shown("field", "CONTINENT"),
                Texts("regionValues", "Regions", ["US:CA"], "Country and region, such as US:CA.").Must().Shown("field", "REGION"),
                Choice("checkIps", "Addresses", "BOTH=Both|CONNECTING=The connection's|HEADERS=In X-Forwarded-For"),
                Switch("useOnlyFirstXForwardedForIp", "Only the first of X-Forwarded-For").Shown("checkIps", "BOTH", "HEADERS")
            ),
            Item(
                "clientIp",
                "Client IP",
                "Client",
                "The end user's address.",
                Choice("matchOperator", "Comparison", OneOf),
                Texts("values", "Addresses", help: "Single ones, or blocks such as 192.0.2.0/24.")
                    .Must()
                    .Like(@"^[0-9A-Fa-f:.]+(/[0-9]{1,3})?$", "an IP address or a block such as 192.0.2.0/24"),
                Switch("useHeaders", "X-Forwarded-For too")
            ),
            Item(
                "userAgent",
                "User Agent",
                "Client",
                "What the browser or program says it is.",
                Choice("matchOperator", "Comparison", OneOf),
                Texts("values", "Values", ["*bot*"]).Must(),
                WildcardValue("matchWildcard"),
                CaseMatters()
            ),
            Item(
                "bucket",
                "Bucket",
                "Client",
                "A share of the end users: the same ones each time, told by their address and browser.",
                Whole("percentage", "Percentage", 10, 0, 100)
            ),
            Item("random", "Random", "Client", "A share of the requests, by chance.", Whole("bucket", "Percentage", 10, 0, 100)),
            Item(
                "tokenAuthorization",
                "Token Authorization",
                "Client",
                "How the check of the request's token ended. Stands after the behavior that checks it.",
                Choice("matchOperator", "Outcome", "IS_SUCCESS=succeeded|IS_CUSTOM_FAILURE=failed for one of|IS_ANY_FAILURE=failed"),
                Texts("statusList", "Reasons", ["EXPIRED_TOKEN"])
                    .Must()
                    .Like("^[A-Z0-9_]+$", "a reason in capital letters, such as EXPIRED_TOKEN")
                    .Shown("matchOperator", "IS_CUSTOM_FAILURE")
            ),
            Item(
                "contentDeliveryNetwork",
                "Content Delivery Network",
                "Client",
                "Whether the request came to the staging or to the production network.",
                Choice("matchOperator", "Comparison", ValueIs),
                Choice("network", "Network", "STAGING=Staging|PRODUCTION=Production")
            ),
            Time(),
        ];

    private static CatalogItem Time() =>
        Item(
            "time",
            "Time",
            "Client",
            "When the request comes.",
            Choice("matchOperator", "Period", "BEGINNING=from|BETWEEN=between|LASTING=for a while from|REPEATING=again and again from"),
            Moment("beginDate", "Begins", FirstDay).Must().Shown("matchOperator", "BEGINNING", "BETWEEN"),
            Moment("endDate", "Ends", LastDay).Must().Shown("matchOperator", "BETWEEN"),
            Moment("lastingDate", "Lasts from", FirstDay).Must().Shown("matchOperator", "LASTING"),
            Duration("lastingDuration", "Lasts", "1d").Must().Shown("matchOperator", "LASTING"),
            Moment("repeatBeginDate", "Repeats from", FirstDay).Must().Shown("matchOperator", "REPEATING"),
            Duration("repeatInterval", "Repeats every", "1d").Must().Shown("matchOperator", "REPEATING"),
            Duration("repeatDuration", "Lasts each time", "1h").Must().Shown("matchOperator", "REPEATING"),
            Switch("applyDaylightSavingsTime", "Follow daylight saving time", on: true).Shown("matchOperator", "REPEATING")
        );

    private const string FirstDay = "2026-01-01T00:00:00Z";
    private const string LastDay = "2027-01-01T00:00:00Z";
}
