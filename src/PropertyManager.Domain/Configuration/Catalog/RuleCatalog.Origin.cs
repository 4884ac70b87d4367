using static PropertyManager.Domain.Configuration.Catalog.Describe;

namespace PropertyManager.Domain.Configuration.Catalog;

public static partial class RuleCatalog
{
    private static IEnumerable<CatalogItem> OriginBehaviors() => [Origin(), OriginCharacteristics()];

    private static CatalogItem Origin() =>
        Item(
            "origin",
            "Origin",
            "Origin",
            "Names the server that content is fetched from, and how the edge talks to it. The default rule needs one; rules below may send their requests elsewhere.",
            Choice(
                "originType",
                "Origin type",
                "CUSTOMER=Your own server|NET_STORAGE=NetStorage|AKAMAI_OBJECT_STORAGE=Object storage|MEDIA_SERVICE_LIVE=Media Services Live"
                    + "|EDGE_LOAD_BALANCING_ORIGIN_GROUP=Load-balanced origin group|SAAS_DYNAMIC_ORIGIN=SaaS dynamic origin"
            ),
            Text("hostname", "Origin hostname", help: "The server's own name, never one of the property's hostnames.").Must().HostName().Customer(),
            Switch("secondHostnameEnabled", "Use a second hostname").Customer(),
            Text("secondHostname", "Second hostname").Must().HostName().Customer().Shown("secondHostnameEnabled", "true"),
            Text("aosHostname", "Storage hostname").Must().HostName().Shown("originType", "AKAMAI_OBJECT_STORAGE"),
            NetStorage("netStorage", "NetStorage group").Shown("originType", "NET_STORAGE"),
            Text("originId", "Origin group").Must().Shown("originType", "EDGE_LOAD_BALANCING_ORIGIN_GROUP"),
            Text("mslorigin", "Live origin").Must().Shown("originType", "MEDIA_SERVICE_LIVE"),
            Choice("saasType", "SaaS origin is told by", "HOSTNAME=Hostname|PATH=Path|QUERY_STRING=Query string|COOKIE=Cookie").Saas(),
            Switch("saasCnameEnabled", "SaaS: follow CNAME chain").Saas().Shown("saasType", "HOSTNAME"),
            Whole("saasCnameLevel", "SaaS CNAME level", 1, min: 0).Saas().Shown("saasType", "HOSTNAME").Shown("saasCnameEnabled", "true"),
            Text("saasCookie", "SaaS cookie").Must().Like(@"^[a-zA-Z0-9_\-*\.]+$", "a cookie's name").Saas().Shown("saasType", "COOKIE"),
            Text("saasQueryString", "SaaS query parameter")
                .Must()
                .Like(@"^[^:/?#\[\]@&]+$", "a parameter's name")
                .Saas()
                .Shown("saasType", "QUERY_STRING"),
            Text("saasRegex", "SaaS expression", help: "An expression whose groups make the origin's name.").Must().Saas(),
            Text("saasReplace", "SaaS replacement", help: "Letters, digits and the groups $1 to $9.").Must().Saas(),
            Text("saasSuffix", "SaaS domain suffix", help: "What the name is completed with.").Must().Saas(),
            Choice(
                    "forwardHostHeader",
                    "Forward Host header",
                    "REQUEST_HOST_HEADER=Incoming Host header|ORIGIN_HOSTNAME=Origin hostname|CUSTOM=Another",
                    "Which name the origin sees in the request."
                )
                .Shown("originType", "CUSTOMER", "SAAS_DYNAMIC_ORIGIN"),
            Text("customForwardHostHeader", "Custom Host header").Must().HostName().Customer().Shown("forwardHostHeader", "CUSTOM"),
            Choice(
                    "cacheKeyHostname",
                    "Cache key hostname",
                    "REQUEST_HOST_HEADER=Incoming Host header|ORIGIN_HOSTNAME=Origin hostname",
                    "Hostnames with the same content share cache entries when the key has the origin's name."
                )
                .Shown("originType", "CUSTOMER", "SAAS_DYNAMIC_ORIGIN", "EDGE_LOAD_BALANCING_ORIGIN_GROUP"),
            Choice("ipVersion", "IP version", "IPV4=IPv4 only|DUALSTACK=IPv4 and IPv6|IPV6=IPv6 only").Customer(),
            Switch("useUniqueCacheKey", "Distinct cache key", help: "Keeps objects of this origin apart from those of the same URL elsewhere.")
                .Shown("originType", "CUSTOMER", "NET_STORAGE"),
            Switch("compress", "Ask for gzip", on: true, "Asks the origin for compressed answers.").Customer(),
            Switch("enableTrueClientIp", "Send True-Client-IP", help: "Tells the origin the end user's address.").Customer(),
            Text("trueClientIpHeader", "True-Client-IP header", "True-Client-IP").Must().HeaderName().Customer().Shown("enableTrueClientIp", "true"),
            Switch("trueClientIpClientSetting", "Clients may set True-Client-IP", help: "Lets a request bring the header along; trusts what it says.")
                .Customer()
                .Shown("enableTrueClientIp", "true"),
            Choice("verificationMode", "Certificate check", "PLATFORM_SETTINGS=Platform settings|CUSTOM=Your choice|THIRD_PARTY=Third party")
                .Customer(),
            Switch("originSni", "Send SNI", on: true, "Names the host in the TLS handshake.")
                .Customer()
                .Shown("verificationMode", "PLATFORM_SETTINGS", "CUSTOM"),
            Texts(
                    "customValidCnValues",
                    "Names that certificates may have",
                    ["{{Origin Hostname}}", "{{Forward Host Header}}"],
                    "One of them has to be in the certificate."
                )
                .Must()
                .Customer()
                .Shown("verificationMode", "CUSTOM"),
            Choice(
                    "originCertsToHonor",
                    "Trusted certificates",
                    "STANDARD_CERTIFICATE_AUTHORITIES=Usual authorities|CUSTOM_CERTIFICATE_AUTHORITIES=Your own authorities"
                        + "|CUSTOM_CERTIFICATES=Single certificates|COMBO=Any of these"
                )
                .Customer()
                .Shown("verificationMode", "CUSTOM"),
            Texts("standardCertificateAuthorities", "Sets of authorities", ["akamai-permissive"])
                .Must()
                .Customer()
                .Shown("verificationMode", "CUSTOM")
                .Shown("originCertsToHonor", "STANDARD_CERTIFICATE_AUTHORITIES", "COMBO"),
            Whole("httpPort", "HTTP port", 80, 1, 65535).Shown("originType", "CUSTOMER", "SAAS_DYNAMIC_ORIGIN"),
            Whole("httpsPort", "HTTPS port", 443, 1, 65535).Shown("originType", "CUSTOMER", "SAAS_DYNAMIC_ORIGIN"),
            Choice("minTlsVersion", "Lowest TLS version", TlsVersions).Customer(),
            Choice("maxTlsVersion", "Highest TLS version", TlsVersions).Customer(),
            Switch("http2Enabled", "HTTP/2 to the origin").Customer()
        ) with
        {
            LastOneWins = true,
            Kept = ["originCertificate", "ports", "tlsVersionTitle", "http2Title", "customCertificateAuthorities", "customCertificates"],
        };

    private const string TlsVersions = "DYNAMIC=Dynamic|TLSV1_1=TLS 1.1|TLSV1_2=TLS 1.2|TLSV1_3=TLS 1.3";

    private static CatalogOption Customer(this CatalogOption option) => option.Shown("originType", "CUSTOMER");

    private static CatalogOption Saas(this CatalogOption option) => option.Shown("originType", "SAAS_DYNAMIC_ORIGIN");
}
