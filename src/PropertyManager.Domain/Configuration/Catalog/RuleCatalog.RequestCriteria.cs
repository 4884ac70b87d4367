using static PropertyManager.Domain.Configuration.Catalog.Describe;

namespace PropertyManager.Domain.Configuration.Catalog;

public static partial class RuleCatalog
{
    private const string OneOf = "IS_ONE_OF=is one of|IS_NOT_ONE_OF=is none of";
    private const string ValueIs = "IS=is|IS_NOT=is not";

    private static IEnumerable<CatalogItem> RequestCriteria() =>
        [
            Item(
                "path",
                "Path",
                "Request",
                "The path as the end user asked for it, without the query string. * stands for any characters, ? for one.",
                Choice("matchOperator", "Comparison", "MATCHES_ONE_OF=matches one of|DOES_NOT_MATCH_ONE_OF=matches none of"),
                Texts("values", "Paths", ["/images/*"]).Must().Like(@"^[/*?].*$", "a path that begins with a slash, or with * or ?"),
                CaseMatters(),
                Switch("normalize", "Normalize", help: "Compares after resolving .. and double slashes.")
            ),
            Item(
                "fileExtension",
                "File Extension",
                "Request",
                "What stands behind the last dot of the path.",
                Choice("matchOperator", "Comparison", OneOf),
                Texts("values", "Extensions", ["css", "js"]).Must().Like(@"^([^.\s/][^\s/]*)?$", "an extension without its dot, such as css"),
                CaseMatters()
            ),
            Item(
                "filename",
                "Filename",
                "Request",
                "The last part of the path, without its folder.",
                Choice("matchOperator", "Comparison", $"{OneOf}|IS_EMPTY=is empty|IS_NOT_EMPTY=is not empty"),
                Texts("values", "Names", ["index.html"]).Must().Like("^[^/]+$", "a file's name without slashes").Comparing(),
                CaseMatters().Comparing()
            ),
            Item(
                "hostname",
                "Hostname",
                "Request",
                "The Host header of the request: one of the property's hostnames.",
                Choice("matchOperator", "Comparison", OneOf),
                Texts("values", "Hostnames").Must().Like(@"^[A-Za-z0-9*?._-]+$", "a host name without protocol, port or path")
            ),
            Item(
                "requestMethod",
                "Request Method",
                "Request",
                "The method of the request.",
                Choice("matchOperator", "Comparison", ValueIs),
                Choice("value", "Method", Methods)
            ),
            Item(
                "requestProtocol",
                "Request Protocol",
                "Request",
                "Whether the end user came over HTTP or HTTPS.",
                Choice("value", "Protocol", "HTTPS=HTTPS|HTTP=HTTP")
            ),
            Item(
                "requestHeader",
                "Request Header",
                "Request",
                "A header of the request, as the end user sent it.",
                Text("headerName", "Header", "Authorization").Must().HeaderName(),
                Choice("matchOperator", "Comparison", $"EXISTS=exists|DOES_NOT_EXIST=does not exist|{OneOf}"),
                Texts("values", "Values", ["*"]).Must().Comparing(),
                WildcardName(),
                WildcardValue().Comparing(),
                CaseMatters("matchCaseSensitiveValue").Comparing()
            ),
            Item(
                "requestCookie",
                "Request Cookie",
                "Request",
                "A cookie of the request.",
                Text("cookieName", "Cookie", "session").Must().Like(@"^[a-zA-Z0-9_\-*\.]+$", "a cookie's name"),
                Choice("matchOperator", "Comparison", $"EXISTS=exists|DOES_NOT_EXIST=does not exist|{ValueIs}|IS_BETWEEN=is between"),
                Text("value", "Value", "1").Must().Like(@"^[^\s;]+$", "a value without spaces and semicolons").Shown("matchOperator", "IS", "IS_NOT"),
                Bound("lowerBound", "From", 1, min: 1).Shown("matchOperator", "IS_BETWEEN"),
                Bound("upperBound", "To", 10, min: 1).Shown("matchOperator", "IS_BETWEEN"),
                WildcardName(),
                CaseMatters("matchCaseSensitiveName"),
                WildcardValue().Shown("matchOperator", "IS", "IS_NOT"),
                CaseMatters("matchCaseSensitiveValue").Shown("matchOperator", "IS", "IS_NOT")
            ),
            Item(
                "queryStringParameter",
                "Query String Parameter",
                "Request",
                "A parameter of the query string.",
                Text("parameterName", "Parameter", "preview").Must().Like(@"^[^:/?#\[\]@&]+$", "a parameter's name"),
                Choice("matchOperator", "Comparison", ValuesAndBounds),
                Texts("values", "Values", ["1"]).Must().Comparing(),
                Bound("lowerBound", "Above", 0).Shown("matchOperator", "IS_MORE_THAN", "IS_BETWEEN"),
                Bound("upperBound", "Below", 10).Shown("matchOperator", "IS_LESS_THAN", "IS_BETWEEN"),
                WildcardName(),
                CaseMatters("matchCaseSensitiveName"),
                WildcardValue().Comparing(),
                CaseMatters("matchCaseSensitiveValue").Comparing(),
                Switch("escapeValue", "Values are escaped").Comparing()
            ),
            Item(
                "requestType",
                "Request Type",
                "Request",
                "Whether an end user asks, or the edge itself for a part of a page.",
                Choice("matchOperator", "Comparison", ValueIs),
                Choice("value", "Type", "CLIENT_REQ=Request of an end user|ESI_FRAGMENT=Part of a page|EW_SUBREQUEST=Subrequest of code at the edge")
            ),
            Item(
                "regularExpression",
                "Regular Expression",
                "Request",
                "Any text, mostly put together from variables, that is held against an expression.",
                Text("matchString", "Text", "{{builtin.AK_PATH}}").Must(),
                Text("regex", "Expression", "^/").AsExpression().Must(),
                Switch("caseSensitive", "Case matters", on: true)
            ),
        ];

    private const string ValuesAndBounds =
        $"EXISTS=exists|DOES_NOT_EXIST=does not exist|{OneOf}|IS_LESS_THAN=is less than|IS_MORE_THAN=is more than|IS_BETWEEN=is between";

    private const string Methods =
        "GET=GET|HEAD=HEAD|POST=POST|PUT=PUT|PATCH=PATCH|HTTP_DELETE=DELETE|OPTIONS=OPTIONS|AKAMAI_TRANSLATE=Translate|AKAMAI_PURGE=Purge|DAV_ACL=WebDAV ACL"
        + "|DAV_CHECKOUT=WebDAV CHECKOUT|DAV_COPY=WebDAV COPY|DAV_DMCREATE=WebDAV DMCREATE|DAV_DMINDEX=WebDAV DMINDEX|DAV_DMMKPATH=WebDAV DMMKPATH|DAV_DMMKPATHS=WebDAV DMMKPATHS|DAV_DMOVERLAY=WebDAV DMOVERLAY|DAV_DMPATCHPATHS=WebDAV DMPATCHPATHS|DAV_LOCK=WebDAV LOCK|DAV_MKCALENDAR=WebDAV MKCALENDAR"
        + "|DAV_MKCOL=WebDAV MKCOL|DAV_MOVE=WebDAV MOVE|DAV_PROPFIND=WebDAV PROPFIND|DAV_PROPPATCH=WebDAV PROPPATCH|DAV_REPORT=WebDAV REPORT|DAV_SETPROCESS=WebDAV SETPROCESS|DAV_SETREDIRECT=WebDAV SETREDIRECT|DAV_TRUTHGET=WebDAV TRUTHGET|DAV_UNLOCK=WebDAV UNLOCK";

    private static CatalogOption CaseMatters(string name = "matchCaseSensitive") =>
        Switch(
            name,
            name switch
            {
                "matchCaseSensitiveName" => "Case of the name matters",
                "matchCaseSensitiveValue" => "Case of values matters",
                _ => "Case matters",
            }
        );

    private static CatalogOption WildcardName() => Switch("matchWildcardName", "* and ? in the name");

    private static CatalogOption WildcardValue(string name = "matchWildcardValue") => Switch(name, "* and ? in values", on: true);

    private static CatalogOption Bound(string name, string label, int number, int min = 0) => Whole(name, label, number, min).Variable();

    private static CatalogOption Variable(this CatalogOption option) => option with { Variables = true };

    private static CatalogOption Comparing(this CatalogOption option) => option.Shown("matchOperator", "IS_ONE_OF", "IS_NOT_ONE_OF");
}
