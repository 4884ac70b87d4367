using static PropertyManager.Domain.Configuration.Catalog.Describe;

namespace PropertyManager.Domain.Configuration.Catalog;

public static partial class RuleCatalog
{
    private static IEnumerable<CatalogItem> AccessBehaviors() =>
        [
            Item(
                "denyAccess",
                "Deny Access",
                "Access",
                "Answers with 403 without asking the origin. A later rule can take it back by switching it off under the same reason.",
                Text("reason", "Reason", "default-deny-reason", "Tells one denial from another, in logs and for later rules.")
                    .Like(@"^[\w-]+$", "one word of letters, digits, hyphens and underscores"),
                Enabled()
            ),
            Item(
                "allowPost",
                "Allow POST",
                "Access",
                "Lets POST requests through, which are otherwise answered with 403.",
                Enabled(),
                Switch("allowWithoutContentLength", "Allow without Content-Length", help: "Accepts requests that do not say how long their body is.")
                    .WhileOn()
            ),
            OnOff("allowPut", "Allow PUT", "Access", "Lets PUT requests through."),
            Item("allowDelete", "Allow DELETE", "Access", "Lets DELETE requests through.", Enabled(), Switch("allowBody", "Allow a body").WhileOn()),
            OnOff("allowOptions", "Allow OPTIONS", "Access", "Lets OPTIONS requests through, which browsers send before requests to other sites."),
            OnOff("allowPatch", "Allow PATCH", "Access", "Lets PATCH requests through. They are never cached."),
            OnOff(
                "allowTransferEncoding",
                "Allow Transfer Encoding",
                "Access",
                "Accepts request bodies that come in chunks, without a length that is known beforehand."
            ),
            CorsSupport(),
            Item(
                "webApplicationFirewall",
                "Web Application Firewall",
                "Security",
                "Checks requests against a security configuration before anything else is done with them.",
                Object(
                        "firewallConfiguration",
                        "Security configuration",
                        "Made elsewhere, and named here by its number.",
                        Whole("configId", "Number", null, min: 1).Must(),
                        Text("fileName", "Name")
                    )
                    .Must()
            ) with
            {
                LastOneWins = true,
            },
            Item(
                "siteShield",
                "Site Shield",
                "Security",
                "Goes to the origin through a known set of servers only, so that its firewall can turn everybody else away.",
                Object("ssmap", "Map", "The set of servers.", Text("value", "Name in the DNS").Must(), Text("name", "Name")).Must()
            ) with
            {
                LastOneWins = true,
                Kept = ["nossmap"],
            },
            SegmentedContentProtection(),
            VerifyTokenAuthorization(),
            Item(
                "strictHeaderParsing",
                "Strict Header Parsing",
                "Security",
                "Turns requests away whose headers are not written as HTTP says, and that servers might read in different ways.",
                Switch("validMode", "Refuse malformed headers", on: true),
                Switch("strictMode", "Refuse unusual headers too", on: true)
            ),
            Item(
                "httpStrictTransportSecurity",
                "HTTP Strict Transport Security",
                "Security",
                "Tells browsers to come back over HTTPS only. It cannot be taken back before its time is over.",
                Switch("enable", "Enable", on: true),
                Choice(
                        "maxAge",
                        "Maximum age",
                        "ONE_DAY=1 day|ZERO_MINS=0 minutes, which takes it back|TEN_MINS=10 minutes|ONE_MONTH=1 month|THREE_MONTHS=3 months"
                            + "|SIX_MONTHS=6 months|ONE_YEAR=1 year|TWO_YEARS=2 years"
                    )
                    .Shown("enable", "true"),
                Switch("includeSubDomains", "Include subdomains").Shown("enable", "true"),
                Switch("preload", "Preload", help: "Asks for a place on the list that browsers bring along.").Shown("enable", "true"),
                Switch("redirect", "Redirect to HTTPS").Shown("enable", "true"),
                NumberChoice("redirectStatusCode", "Response code", "301=301 Moved permanently|302=302 Found")
                    .Shown("enable", "true")
                    .Shown("redirect", "true")
            ),
        ];

    private static CatalogItem CorsSupport() =>
        Item(
            "corsSupport",
            "CORS Support",
            "Access",
            "Lets pages of other sites read the answers: adds the headers that browsers ask for.",
            Enabled(),
            Choice("allowOrigins", "Allowed sites", "ANY=Any|SPECIFIED=Only these").WhileOn(),
            Texts("origins", "Addresses of sites")
                .Must()
                .Like(@"^(\*|https?://[^\s/]+|[^\s/:]+)$", "a site such as https://www.shop.example, without a path")
                .WhileOn()
                .Shown("allowOrigins", "SPECIFIED"),
            Switch("allowCredentials", "Allow cookies").WhileOn(),
            Choice("allowHeaders", "Allowed request headers", "ANY=Any|SPECIFIED=Only these").WhileOn(),
            Texts("headers", "Names of request headers").Must().HeaderName().WhileOn().Shown("allowHeaders", "SPECIFIED"),
            Several(
                    "methods",
                    "Methods",
                    "GET=GET|HEAD=HEAD|POST=POST|PUT=PUT|PATCH=PATCH|DELETE=DELETE|OPTIONS=OPTIONS|CONNECT=CONNECT|TRACE=TRACE",
                    ["GET", "POST"]
                )
                .WhileOn(),
            Texts("exposeHeaders", "Response headers that pages may read", []).HeaderName().WhileOn(),
            Duration("preflightMaxAge", "Time the permission holds", "1d").WhileOn()
        );

    private static CatalogItem SegmentedContentProtection() =>
        Item(
            "segmentedContentProtection",
            "Segmented Content Protection",
            "Security",
            "Lets players fetch video segments only with a signed token, and can encrypt the segments.",
            Enabled(),
            Text("key", "Encryption key", help: "Hexadecimal; known to the token generator too.").Must().HexKey().WhileOn(),
            Switch("useAdvanced", "Advanced options").WhileOn(),
            Text("transitionKey", "Transition key", "", "Accepted beside the key while it is being changed.").Advanced(),
            Text("salt", "Salt", "", "16 characters that are put to the token.").Like("^.{16}$", "16 characters").Advanced(),
            Texts("headerForSalt", "Headers as salt", []).HeaderName().Advanced(),
            Texts("fieldCarryOver", "Fields for the next token", []).Advanced(),
            Switch("sessionId", "Carry over the session").Advanced(),
            Switch("dataPayload", "Carry over the payload").Advanced(),
            Switch("ip", "Carry over the IP address").Advanced(),
            Switch("acl", "Carry over the paths").Advanced(),
            Switch("enableTokenInURI", "HLS: token in the path").WhileOn(),
            Texts("hlsMasterManifestFiles", "HLS manifests").Must().WhileOn().Shown("enableTokenInURI", "true"),
            Switch("enableTokenInQueryString", "DASH: token in the query string").WhileOn(),
            Switch("tokenRevocationEnabled", "Refuse revoked tokens").WhileOn(),
            Whole("revokedListId", "List of revoked tokens", null, min: 1).Must().WhileOn().Shown("tokenRevocationEnabled", "true"),
            Switch("hlsMediaEncryption", "HLS: encrypt segments").WhileOn(),
            Switch("dashMediaEncryption", "DASH: encrypt segments").WhileOn()
        ) with
        {
            Kept = ["tokenAuthenticationTitle", "tokenAuthHLSTitle", "tokenAuthDASHTitle", "tokenRevocationTitle", "mediaEncryptionTitle"],
        };

    private static CatalogItem VerifyTokenAuthorization() =>
        Item(
            "verifyTokenAuthorization",
            "Verify Token Authorization",
            "Security",
            "Lets requests through only with a signed token that has not expired; others get 403.",
            Switch("useAdvanced", "Advanced options"),
            Choice("location", "Token location", "COOKIE=Cookie|QUERY_STRING=Query string|CLIENT_REQUEST_HEADER=Request header"),
            Text("locationId", "Name of cookie, parameter or header", "__token__").Must(),
            Choice("algorithm", "Algorithm", "SHA256=SHA-256|SHA1=SHA-1|MD5=MD5").Shown("useAdvanced", "true"),
            Switch("escapeHmacInputs", "Escape what is signed", on: true).Shown("useAdvanced", "true"),
            Switch("ignoreQueryString", "Sign without the query string").Shown("useAdvanced", "true"),
            Text("key", "Key", help: "Hexadecimal; known to the token generator too.").Must().HexKey(),
            Text("transitionKey", "Transition key", "", "Accepted beside the key while it is being changed.").Shown("useAdvanced", "true"),
            Text("salt", "Salt", "").Like("^.{16}$", "16 characters").Shown("useAdvanced", "true"),
            Switch("failureResponse", "Answer with 403", on: true, "Off: rules go on, and the criterion tokenAuthorization tells.")
        );

    private static CatalogOption Advanced(this CatalogOption option) => option.WhileOn().Shown("useAdvanced", "true");
}
