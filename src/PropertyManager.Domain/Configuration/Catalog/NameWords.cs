using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace PropertyManager.Domain.Configuration.Catalog;

/// <summary>
/// Names of rule trees in words, for what nobody has written a label for: <c>allowHTTPSCacheKeySharing</c> is "Allow HTTPS cache key sharing".
/// </summary>
public static partial class NameWords
{
    /// <summary>Parts of a name that are one term together, at most.</summary>
    private const int LongestTerm = 3;

    /// <summary>Words with a spelling of their own, wherever they stand.</summary>
    private const string Spelled = """
        AB ACL ADC AES AJAX AMD API APIs ARN ASN AVM AWS BOSS CDN CEX CIDR CMCD CN CNAME CORS CP CPU CRL CSS DASH DCA DCP DD DER DMA DMAs DN DNS DPR DVR
        ECMD ECMS EIP EPD ES256 ESI ETag EU FIFO FIPS FLV FQDN FTP G2O GCP GCS GRN GUID GZIP HD HDS HLS HMAC HSAF HSTS HTML HTTP HTTPS HTTP/2 HTTP/3 I18n IBM ID IDs
        IM IP IPs IPv4 IPv6 ISO JPEG JS JSON JSONP JWKS JWT KB KV LTE MAC MB MD5 MP4 MQTT MSA MSL MTU OAuth OCSP OS PCI PDF PEM PKCE PMSA PQC QUIC RFC RPC RS256
        RUM S3 SaaS SAML SDK SF3C SHA SHA1 SHA256 SMTP SNI SOAP SQL SRT SSL STS TCP TLS TTL TTLs TV UDP UI UID ULL URI URIs URL URLs US USB UTC UUID VCD VIP VOD VPN
        WAF WebP WSD XFF XHR XML
        Akamai Brotli CloudTest Cloudinary DataStream EdgeScape EdgeConnect EdgeWorker EdgeWorkers GraphQL HttpOnly JavaScript MediaMath mPulse mTLS NetStorage
        Queue-it Salesforce SameSite Set-Cookie SureRoute Tealeaf Tor WebSocket WebSockets WebDAV X-Forwarded-For
        """;

    /// <summary>Methods of HTTP: spelled so where they are the whole name. In others they are words: "post", "options".</summary>
    private const string Methods = "CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT TRACE";

    /// <summary>What is written together or short in names, and not by people.</summary>
    private const string Terms =
        "CP code|CP codes|allowall=allow all|autodv=automatic domain validation|cloudwrapper=Cloud Wrapper|dprvar=DPR variable|formatvar=format variable"
        + "|gwenabled=gateway enabled|optout=opt out|origintype=origin type|param=parameter|params=parameters|policyvar=policy variable"
        + "|preconnectlist=preconnect list|preposition=pre-position|redirecturl=redirect URL|serverpushlist=server push list|serviceworker=service worker"
        + "|throughtput=throughput|tlsenabled=TLS enabled|typesel=type|widthvar=width variable|wsenabled=WebSocket enabled";

    /// <summary>Names that no rule makes readable.</summary>
    private static readonly FrozenDictionary<string, string> Labels = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["acceptCh"] = "Client hints",
        ["acceptCriticalCh"] = "Critical client hints",
        ["altSvcHeader"] = "Alt-Svc header",
        ["g2oheader"] = "G2O header",
        ["migrationWithinCwMapsEnabled"] = "Migration within Cloud Wrapper maps",
        ["nossmap"] = "No Site Shield map",
        ["optMode"] = "Optimization mode",
        ["policyvarIMvar"] = "Policy variable of Image & Video Manager",
        ["srDownloadLinkTitle"] = "SureRoute download link title",
        ["tdLocation"] = "Tiered distribution location",
        ["titleRo"] = "Resource optimizer title",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Spellings = Spelled
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(word => (Letters(word), word))
        .Concat(Terms.Split('|').Select(term => term.Split('=')).Select(term => (Letters(term[0]), term[^1])))
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>A name in Title Case, as behaviors and criteria are called: <c>cacheKeyRewrite</c> is "Cache Key Rewrite".</summary>
    public static string Title(string name) => Join(name, isTitle: true);

    /// <summary>A name as the start of a sentence, as options are called: <c>matchCaseSensitive</c> is "Match case sensitive".</summary>
    public static string Sentence(string name) => Join(name, isTitle: false);

    private static string Join(string name, bool isTitle)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Labels.TryGetValue(name, out var label))
        {
            return isTitle ? string.Join(' ', label.Split(' ').Select(Capital)) : label;
        }

        // A name of other characters is no identifier: taken apart it would lose them.
        if (!Identifier().IsMatch(name))
        {
            return name;
        }

        if (Methods.Split(' ').Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return name.ToUpperInvariant();
        }

        var parts = Word().Matches(name).SelectMany(match => Parts(match.Value)).ToList();
        var words = new List<string>();
        for (var i = 0; i < parts.Count; )
        {
            var taken = Math.Min(LongestTerm, parts.Count - i);
            while (taken > 1 && !Spellings.ContainsKey(string.Concat(parts.Skip(i).Take(taken))))
            {
                taken--;
            }

            words.Add(Spell(string.Concat(parts.Skip(i).Take(taken)), isTitle, isFirst: i == 0));
            i += taken;
        }

        return string.Join(' ', words);
    }

    /// <summary>Letters and the digits behind them, which are a word of their own unless both together are known: <c>IPv4</c>, <c>branded403</c>.</summary>
    private static IEnumerable<string> Parts(string word)
    {
        var letters = word.TrimEnd("0123456789".ToCharArray());
        return letters.Length == 0 || letters.Length == word.Length || Spellings.ContainsKey(word) ? [word] : [letters, word[letters.Length..]];
    }

    private static string Spell(string word, bool isTitle, bool isFirst)
    {
        if (!Spellings.TryGetValue(word, out var spelling))
        {
            spelling = word.ToLowerInvariant();
        }

        // mPulse and mTLS begin with a small letter everywhere.
        var isPlain = spelling.All(c => char.IsLower(c) || !char.IsLetter(c)) || spelling.Contains(' ', StringComparison.Ordinal);
        return (isTitle, isFirst) switch
        {
            _ when !isPlain => spelling,
            (true, _) => string.Join(' ', spelling.Split(' ').Select(Capital)),
            (false, true) => Capital(spelling),
            _ => spelling,
        };
    }

    private static string Capital(string word) => word.Length > 1 && char.IsUpper(word[1]) ? word : char.ToUpperInvariant(word[0]) + word[1..];

    private static string Letters(string spelling) => string.Concat(spelling.Where(char.IsAsciiLetterOrDigit));

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex("[A-Z]+s(?![a-z])|[A-Z]+[0-9]*(?![a-z])|[A-Z]?[a-z]+[0-9]*|[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
