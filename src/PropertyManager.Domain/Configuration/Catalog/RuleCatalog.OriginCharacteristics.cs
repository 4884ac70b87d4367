using static PropertyManager.Domain.Configuration.Catalog.Describe;

namespace PropertyManager.Domain.Configuration.Catalog;

public static partial class RuleCatalog
{
    private static CatalogItem OriginCharacteristics() =>
        Item(
            "originCharacteristics",
            "Origin Characteristics",
            "Origin",
            "Says where the origin stands and how the edge proves who it is. The place helps to find the shortest way there.",
            Choice(
                "authenticationMethod",
                "Authentication",
                "AUTOMATIC=None|SIGNATURE_HEADER_AUTHENTICATION=Signed header|MSL_AUTHENTICATION=Media Services Live|AWS=Amazon Web Services"
                    + "|GCS_HMAC_AUTHENTICATION=Google Cloud Storage|AWS_STS=Amazon security tokens|AOS_HMAC_AUTHENTICATION=Object storage"
            ),
            NumberChoice("encodingVersion", "Encoding version", "1=1, MD5|2=2, MD5 signed|3=3, MD5 HMAC|4=4, SHA-1 HMAC|5=5, SHA-256 HMAC")
                .By(Signature),
            Switch("useCustomSignString", "Sign more than the URL").By(Signature),
            Texts("customSignString", "What is signed", ["AK_URL"]).Must().By(Signature).Shown("useCustomSignString", "true"),
            Text("secretKey", "Secret key").Must().Like("^[0-9a-zA-Z]{24}$", "24 letters and digits").By(Signature),
            Text("nonce", "Nonce").Must().Like("^[0-9a-zA-Z]{1,8}$", "up to 8 letters and digits").By(Signature),
            Text("mslkey", "Media Services Live key").Must().Like("^[0-9a-zA-Z]{10,}$", "at least 10 letters and digits").By("MSL_AUTHENTICATION"),
            Text("mslname", "Media Services Live name").Must().Like("^[0-9a-zA-Z]{1,8}$", "up to 8 letters and digits").By("MSL_AUTHENTICATION"),
            Switch("accessKeyEncryptedStorage", "Keys from the key store").By("AWS", "GCS_HMAC_AUTHENTICATION", "AOS_HMAC_AUTHENTICATION"),
            Text("gcsAccessKeyVersionGuid", "Google Cloud key version").Must().By("GCS_HMAC_AUTHENTICATION").KeyStore(true),
            Text("gcsHmacKeyAccessId", "Google Cloud access ID").Must().Like(AccessId, AccessIdWords).By("GCS_HMAC_AUTHENTICATION").KeyStore(false),
            Text("gcsHmacKeySecret", "Google Cloud secret")
                .Must()
                .Like("^[a-zA-Z0-9+/=_-]{1,40}$", "up to 40 characters of Base64")
                .By("GCS_HMAC_AUTHENTICATION")
                .KeyStore(false),
            Text("awsAccessKeyVersionGuid", "AWS key version").Must().By("AWS").KeyStore(true),
            Text("awsAccessKeyId", "AWS access key ID").Must().Like(AccessId, AccessIdWords).By("AWS").KeyStore(false),
            Text("awsSecretAccessKey", "AWS secret access key").Must().Like(Secret, SecretWords).By("AWS").KeyStore(false),
            Text("awsRegion", "AWS region").Must().Like("^[a-zA-Z0-9-]+$", "a region such as eu-central-1").By("AWS"),
            Text("awsHost", "AWS host", help: "Empty for the origin's hostname.").By("AWS"),
            Text("awsService", "AWS service", "s3").Must().By("AWS"),
            Switch("propertyIdTag", "Tag with the property's ID").By("AWS_STS"),
            Switch("hostnameTag", "Tag with the hostname").By("AWS_STS"),
            Text("roleArn", "Role ARN").Must().Like(@"^[a-zA-Z0-9][a-zA-Z0-9_\+=,.@\-:/]{0,2047}$", "the name of a role").By("AWS_STS"),
            Text("awsArRegion", "AWS role region").Must().Like(@"^[a-zA-Z0-9][a-zA-Z0-9\-]{0,63}$", "a region such as eu-central-1").By("AWS_STS"),
            Text("endPointService", "AWS role service", help: "Empty for s3.").By("AWS_STS"),
            Text("aosHmacKeyAccessId", "Object storage access ID").Must().Like(AccessId, AccessIdWords).By("AOS_HMAC_AUTHENTICATION").KeyStore(false),
            Text("aosHmacKeySecret", "Object storage secret").Must().Like(Secret, SecretWords).By("AOS_HMAC_AUTHENTICATION").KeyStore(false),
            Text("aosAccessKeyVersionGuid", "Object storage key version").Must().By("AOS_HMAC_AUTHENTICATION").KeyStore(true),
            Switch("sortQueryParams", "Sort query parameters").By("AOS_HMAC_AUTHENTICATION"),
            Switch("encodeQueryParams", "Encode query parameters").By("AOS_HMAC_AUTHENTICATION"),
            Switch("encodeEquals", "Encode equals signs").By("AOS_HMAC_AUTHENTICATION").Shown("encodeQueryParams", "true"),
            Choice(
                "country",
                "Origin location",
                "UNKNOWN=Not known|GLOBAL_MULTI_GEO=In several places|EUROPE|NORTH_AMERICA=North America|LATIN_AMERICA=Latin America|SOUTH_AMERICA=South America|NORDICS|ASIA_PACIFIC=Asia and the Pacific"
                    + "|AUSTRALIA|GERMANY|INDIA=India|ITALY=Italy|JAPAN=Japan|MEXICO|TAIWAN|UNITED_KINGDOM=United Kingdom|US_EAST=US east"
                    + "|US_CENTRAL=US centre|US_WEST=US west|OTHER_AMERICAS=Elsewhere in the Americas|OTHER_APJ=Elsewhere in Asia and the Pacific"
                    + "|OTHER_EMEA=Elsewhere in Europe, the Middle East and Africa|OTHER=Elsewhere|ADC=Direct connection"
            ),
            Text("directConnectGeo", "Direct connection").Must().Shown("country", "ADC")
        ) with
        {
            Kept = ["authenticationMethodTitle", "originLocationTitle", "adcTitle"],
        };

    private const string Signature = "SIGNATURE_HEADER_AUTHENTICATION";
    private const string AccessId = "^[a-zA-Z0-9]{1,128}$";
    private const string AccessIdWords = "up to 128 letters and digits";
    private const string Secret = "^[a-zA-Z0-9+/=_-]{1,1024}$";
    private const string SecretWords = "up to 1,024 characters of Base64";

    private static CatalogOption By(this CatalogOption option, params IReadOnlyList<string> methods) => option.Shown("authenticationMethod", methods);

    private static CatalogOption KeyStore(this CatalogOption option, bool used) => option.Shown("accessKeyEncryptedStorage", used ? "true" : "false");
}
