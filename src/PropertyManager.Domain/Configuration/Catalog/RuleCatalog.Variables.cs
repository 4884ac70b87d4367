using static PropertyManager.Domain.Configuration.Catalog.Describe;

namespace PropertyManager.Domain.Configuration.Catalog;

public static partial class RuleCatalog
{
    private static CatalogItem SetVariable() =>
        Item(
            "setVariable",
            "Set Variable",
            "Variables",
            "Gives a variable its value, from a text, from a part of the request or answer, or by chance; then transforms it. Later rules can use it.",
            Text("variableName", "Variable", help: "One that the default rule declares; its name begins with PMUSER_.")
                .Must()
                .Like("^[a-zA-Z_][a-zA-Z0-9_]{0,31}$", "a variable's name"),
            Choice("valueSource", "Value from", "EXPRESSION=Expression|EXTRACT=Extract|GENERATE=Generate"),
            Text("variableValue", "Expression", "").Shown("valueSource", "EXPRESSION"),
            Choice(
                    "extractLocation",
                    "Extract from",
                    "CLIENT_REQUEST_HEADER=Request header|COOKIE=Cookie|QUERY_STRING=Query string|PATH_COMPONENT_OFFSET=Part of the path"
                        + "|EDGESCAPE=Client's location|DEVICE_PROFILE=Device characteristics|CLIENT_CERTIFICATE=Client certificate"
                        + "|RESPONSE_HEADER=Response header|SET_COOKIE=Set-Cookie"
                )
                .Shown("valueSource", "EXTRACT"),
            Text("headerName", "Request header").Must().Extracted("CLIENT_REQUEST_HEADER"),
            Text("cookieName", "Cookie").Must().Extracted("COOKIE"),
            Text("queryParameterName", "Query parameter").Must().Extracted("QUERY_STRING"),
            Text("pathComponentOffset", "Part of the path", "1", "Counted from 1; from the end with a minus.")
                .Must()
                .Extracted("PATH_COMPONENT_OFFSET"),
            Choice(
                    "locationId",
                    "Location field",
                    "COUNTRY_CODE=Country|REGION_CODE=Region|CITY=City|CONTINENT=Continent|GEOREGION=Geographic region|DMA=DMA|PMSA=PMSA|MSA=MSA"
                        + "|AREACODE=Area code|COUNTY=County|FIPS=FIPS|LAT=Latitude|LONG=Longitude|TIMEZONE=Time zone|ZIP=Postal code"
                        + "|NETWORK=Network|NETWORK_TYPE=Network type|ASNUM=AS number|THROUGHPUT=Throughput|BW=Bandwidth"
                )
                .Extracted("EDGESCAPE"),
            Choice(
                    "deviceProfile",
                    "Characteristic",
                    "IS_MOBILE|IS_TABLET|IS_WIRELESS_DEVICE|PHYSICAL_SCREEN_HEIGHT|PHYSICAL_SCREEN_WIDTH|RESOLUTION_HEIGHT|RESOLUTION_WIDTH"
                        + "|VIEWPORT_WIDTH|BRAND_NAME|DEVICE_OS=Device OS|DEVICE_OS_VERSION=Device OS version|DUAL_ORIENTATION|MAX_IMAGE_HEIGHT=Largest image height"
                        + "|MAX_IMAGE_WIDTH=Largest image width|MOBILE_BROWSER|MOBILE_BROWSER_VERSION|PDF_SUPPORT=PDF support|COOKIE_SUPPORT"
                )
                .Extracted("DEVICE_PROFILE"),
            Choice(
                    "certificateFieldName",
                    "Certificate field",
                    "VERSION|SERIAL|FINGERPRINT_MD5|FINGERPRINT_SHA1|FINGERPRINT_DYN=Dynamic fingerprint|ISSUER_DN|SUBJECT_DN|NOT_BEFORE|NOT_AFTER|SIGNATURE_ALGORITHM"
                        + "|SIGNATURE|CONTENTS_DER|CONTENTS_PEM|CONTENTS_PEM_NO_LABELS|COUNT=Count|STATUS_MSG=Status message|KEY_LENGTH"
                )
                .Extracted("CLIENT_CERTIFICATE"),
            Text("responseHeaderName", "Response header").Must().Extracted("RESPONSE_HEADER"),
            Text("setCookieName", "Cookie that is set").Must().Extracted("SET_COOKIE"),
            Choice("generator", "Generator", "RAND=Random number|HEXRAND=Random hexadecimal digits").Shown("valueSource", "GENERATE"),
            Whole("numberOfBytes", "Number of bytes", 16, 1, 16).Shown("valueSource", "GENERATE").Shown("generator", "HEXRAND"),
            Whole("minRandomNumber", "Lowest random number", 0).Shown("valueSource", "GENERATE").Shown("generator", "RAND"),
            Whole("maxRandomNumber", "Highest random number", 100).Shown("valueSource", "GENERATE").Shown("generator", "RAND"),
            Choice("transform", "Transform", Transforms),
            Text("operandOne", "Operand", "1")
                .Must()
                .Then("ADD", "SUBTRACT", "MULTIPLY", "DIVIDE", "MODULO", "BITWISE_AND", "BITWISE_OR", "BITWISE_XOR"),
            Choice("algorithm", "Cipher", "ALG_AES256=AES-256|ALG_AES128=AES-128|ALG_3DES=3DES").Then(Ciphers),
            Text("encryptionKey", "Encryption key").Must().HexKey().Then(Ciphers),
            Text("initializationVector", "Initialization vector").Must().HexKey().Then(Ciphers),
            Choice("encryptionMode", "Encryption mode", "CBC=CBC|ECB=ECB").Then(Ciphers),
            Text("nonce", "Nonce", "").Then("ENCRYPT"),
            Switch("prependBytes", "Number of bytes in front", on: true).Then(Ciphers),
            Text("formatString", "Date format", "%Y-%m-%d").Must().Then("EPOCH_TO_STRING", "STRING_TO_EPOCH"),
            Text("paramName", "Parameter name").Must().Then("EXTRACT_PARAM"),
            Text("separator", "Separator", "&").Must().Then("EXTRACT_PARAM"),
            Whole("min", "Lowest hash", 1).Then("HASH"),
            Whole("max", "Highest hash", 10).Then("HASH"),
            Text("hmacKey", "HMAC key").Must().Then("HMAC"),
            Choice("hmacAlgorithm", "HMAC algorithm", "SHA256=SHA-256|SHA1=SHA-1|MD5=MD5").Then("HMAC"),
            Text("subString", "Find").Must().Then("STRING_INDEX"),
            Text("regex", "Regular expression").AsExpression().Must().Then("SUBSTITUTE"),
            Text("replacement", "Replacement", "").Then("SUBSTITUTE"),
            Switch("caseSensitive", "Case matters", on: true).Then("SUBSTITUTE"),
            Switch("globalSubstitution", "Every match").Then("SUBSTITUTE"),
            Whole("startIndex", "From position", 0).Then("SUBSTRING"),
            Whole("endIndex", "To position", -1, help: "-1 for the end.").Then("SUBSTRING"),
            Text("exceptChars", "Characters to leave as they are", "").Then("URL_ENCODE"),
            Text("forceChars", "Characters to encode always", "").Then("URL_ENCODE")
        ) with
        {
            Kept = ["ipVersion", "ipv6Prefix", "ipv4Prefix"],
        };

    private const string Transforms =
        "NONE=Leave as it is|LOWER=Lower case|UPPER=Upper case|TRIM=Trim|SUBSTRING|SUBSTITUTE|STRING_INDEX|STRING_LENGTH|REMOVE_WHITESPACE"
        + "|COMPRESS_WHITESPACE|ADD=Add|SUBTRACT|MINUS=Change sign|MULTIPLY|DIVIDE|MODULO|BITWISE_AND=Bitwise AND|BITWISE_OR=Bitwise OR"
        + "|BITWISE_XOR=Bitwise XOR|BITWISE_NOT=Bitwise NOT|DECIMAL_TO_HEX=Decimal to hexadecimal|HEX_TO_DECIMAL=Hexadecimal to decimal|HEX_DECODE=Decode hexadecimal|HEX_ENCODE=Encode hexadecimal"
        + "|BASE_64_DECODE=Decode Base64|BASE_64_ENCODE=Encode Base64|BASE_64_URL_DECODE=Decode Base64 of URLs|BASE_64_URL_ENCODE=Encode Base64 for URLs"
        + "|BASE_32_DECODE=Decode Base32|BASE_32_ENCODE=Encode Base32|URL_DECODE=Decode URL|URL_DECODE_UNI=Decode URL with Unicode|URL_ENCODE=Encode URL"
        + "|XML_DECODE=Decode XML|XML_ENCODE=Encode XML|MD5=MD5|SHA_1=SHA-1|SHA_256=SHA-256|HMAC=HMAC|HASH=Hash to a range|ENCRYPT|DECRYPT"
        + "|EPOCH_TO_STRING=Seconds to date|STRING_TO_EPOCH=Date to seconds|UTC_SECONDS=Current time in seconds|EXTRACT_PARAM=Take a parameter"
        + "|JSON_EXTRACT=Take a JSON field|NORMALIZE_PATH_WIN=Normalize path";

    private static string[] Ciphers => ["ENCRYPT", "DECRYPT"];

    private static CatalogOption Extracted(this CatalogOption option, string location) =>
        option.Shown("valueSource", "EXTRACT").Shown("extractLocation", location);

    private static CatalogOption Then(this CatalogOption option, params IReadOnlyList<string> transforms) => option.Shown("transform", transforms);
}
