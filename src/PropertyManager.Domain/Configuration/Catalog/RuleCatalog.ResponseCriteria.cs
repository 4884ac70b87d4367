using static PropertyManager.Domain.Configuration.Catalog.Describe;

namespace PropertyManager.Domain.Configuration.Catalog;

public static partial class RuleCatalog
{
    private static IEnumerable<CatalogItem> ResponseCriteria() =>
        [
            Item(
                "contentType",
                "Content Type",
                "Response",
                "The Content-Type of the answer.",
                Choice("matchOperator", "Comparison", OneOf),
                Texts("values", "Types", ["text/html*"]).Must(),
                WildcardValue("matchWildcard"),
                CaseMatters()
            ),
            Item(
                "matchResponseCode",
                "Response Status",
                "Response",
                "The status of the origin's answer.",
                Choice("matchOperator", "Comparison", $"{OneOf}|IS_BETWEEN=is between|IS_NOT_BETWEEN=is not between"),
                Texts("values", "Codes", ["404"]).Must().Like("^[1-9][0-9]{2}$", "a status of three digits").Comparing(),
                Whole("lowerBound", "From", 500, 100, 999).Variable().Shown("matchOperator", "IS_BETWEEN", "IS_NOT_BETWEEN"),
                Whole("upperBound", "To", 504, 100, 999).Variable().Shown("matchOperator", "IS_BETWEEN", "IS_NOT_BETWEEN")
            ),
            Item(
                "responseHeader",
                "Response Header",
                "Response",
                "A header of the origin's answer.",
                Text("headerName", "Header", "Cache-Control").Must().HeaderName(),
                Choice("matchOperator", "Comparison", ValuesAndBounds),
                Texts("values", "Values", ["*"]).Must().Comparing(),
                Bound("lowerBound", "Above", 0).Shown("matchOperator", "IS_MORE_THAN", "IS_BETWEEN"),
                Bound("upperBound", "Below", 10).Shown("matchOperator", "IS_LESS_THAN", "IS_BETWEEN"),
                WildcardName(),
                WildcardValue().Comparing(),
                CaseMatters("matchCaseSensitiveValue").Comparing()
            ),
            Item(
                "cacheability",
                "Cacheability",
                "Response",
                "What the rules so far say about caching.",
                Choice("matchOperator", "Comparison", ValueIs),
                Choice("value", "Value", "CACHEABLE|NO_STORE|BYPASS_CACHE")
            ),
            Item(
                "originTimeout",
                "Origin Timeout",
                "Response",
                "The origin did not answer in time. For a rule that says what end users get then.",
                Choice("matchOperator", "Outcome", "ORIGIN_TIMED_OUT=timed out")
            ),
            Item(
                "metadataStage",
                "Metadata Stage",
                "Response",
                "At which stage of handling the request the edge is.",
                Choice("matchOperator", "Comparison", ValueIs),
                Choice(
                    "value",
                    "Stage",
                    "client-request=Request has come|client-request-body=Its body has come|content-policy=Content policy|cache-hit=Found in cache"
                        + "|forward-start=Going to the origin|forward-request=Asking the origin|forward-response=Origin has answered"
                        + "|client-response=Answering|client-done=Done|ipa-response=Image policy's answer"
                )
            ),
            Item(
                "matchVariable",
                "Match Variable",
                "Variables",
                "The value of a variable that rules before this one may have set.",
                Text("variableName", "Variable").Must().Like("^[a-zA-Z_][a-zA-Z0-9_]{0,31}$", "a variable's name"),
                Choice(
                    "matchOperator",
                    "Comparison",
                    $"{ValueIs}|{OneOf}|IS_EMPTY=is empty|IS_NOT_EMPTY=is not empty|IS_BETWEEN=is between|IS_NOT_BETWEEN=is not between"
                        + "|IS_GREATER_THAN=is greater than|IS_GREATER_THAN_OR_EQUAL_TO=is at least|IS_LESS_THAN=is less than"
                        + "|IS_LESS_THAN_OR_EQUAL_TO=is at most"
                ),
                Texts("variableValues", "Values", ["1"]).Must().Comparing(),
                Text("variableExpression", "Value", "").Shown("matchOperator", Single),
                Text("lowerBound", "From", "1").Must().Like("^[0-9]+$", "a whole number").Shown("matchOperator", "IS_BETWEEN", "IS_NOT_BETWEEN"),
                Text("upperBound", "To", "10").Must().Like("^[0-9]+$", "a whole number").Shown("matchOperator", "IS_BETWEEN", "IS_NOT_BETWEEN"),
                WildcardValue("matchWildcard").Shown("matchOperator", "IS", "IS_NOT", "IS_ONE_OF", "IS_NOT_ONE_OF"),
                CaseMatters().Shown("matchOperator", "IS", "IS_NOT", "IS_ONE_OF", "IS_NOT_ONE_OF")
            ),
            Item(
                "variableError",
                "Variable Error",
                "Variables",
                "Whether a variable could not be given its value.",
                Switch("result", "Has failed", on: true),
                Texts("variableNames", "Variables").Must()
            ),
        ];

    private static string[] Single => ["IS", "IS_NOT", "IS_GREATER_THAN", "IS_GREATER_THAN_OR_EQUAL_TO", "IS_LESS_THAN", "IS_LESS_THAN_OR_EQUAL_TO"];
}
