namespace PropertyManager.Web.Features.Try;

/// <summary>What an option of curl says about the request.</summary>
internal enum CurlEffect
{
    /// <summary>Nothing that the edge's answer depends on: how curl connects, waits, prints.</summary>
    None,

    /// <summary><c>-X</c>: the method.</summary>
    Method,

    /// <summary><c>-H</c>: a header.</summary>
    Header,

    /// <summary><c>-b</c>: cookies, or a file with them.</summary>
    Cookie,

    /// <summary><c>-A</c>: the header User-Agent.</summary>
    Agent,

    /// <summary><c>-e</c>: the header Referer.</summary>
    Referer,

    /// <summary><c>-u</c>: name and password in the header Authorization.</summary>
    User,

    /// <summary><c>--oauth2-bearer</c>: a token in the header Authorization.</summary>
    Bearer,

    /// <summary><c>-r</c>: the header Range.</summary>
    Range,

    /// <summary><c>--url</c>: the address.</summary>
    Url,

    /// <summary><c>--url-query</c>: more of the query.</summary>
    Query,

    /// <summary><c>-d</c> and the like: a body, and so POST; with <c>-G</c> the query.</summary>
    Data,

    /// <summary><c>--data-urlencode</c>: the same, encoded.</summary>
    EncodedData,

    /// <summary><c>--json</c>: a body of JSON, with its headers.</summary>
    Json,

    /// <summary><c>-F</c>: a form as the body, and so POST.</summary>
    Form,

    /// <summary><c>-T</c>: a file as the body, and so PUT.</summary>
    Upload,

    /// <summary><c>-I</c>: HEAD.</summary>
    Head,

    /// <summary><c>-G</c>: data goes into the query.</summary>
    Get,

    /// <summary><c>--request-target</c>: the path as it is sent.</summary>
    Target,

    /// <summary><c>--next</c>: another request follows.</summary>
    Next,

    /// <summary><c>-K</c>: further options stand in a file.</summary>
    Config,
}

/// <summary>An option of curl.</summary>
/// <param name="TakesValue">The word after it belongs to it.</param>
/// <param name="Effect">What it says about the request.</param>
internal readonly record struct CurlOption(bool TakesValue, CurlEffect Effect);

/// <summary>The options of curl, as its manual has them (up to curl 8.16).</summary>
internal static class CurlOptions
{
    private const string LongWithValue =
        "abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers connect-timeout connect-to continue-at cookie-jar "
        + "create-file-mode crlfile curves delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine "
        + "etag-compare etag-save expect100-timeout ftp-account ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode "
        + "happy-eyeballs-timeout-ms haproxy-clientip hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway keepalive-cnt keepalive-time key "
        + "key-type krb libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy "
        + "output output-dir parallel-max parallel-max-host pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert proxy-capath "
        + "proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey "
        + "proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file rate "
        + "resolve retry retry-delay retry-max-time sasl-authzid service-name sigalgs socks4 socks4a socks5 socks5-gssapi-service socks5-hostname "
        + "speed-limit speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii "
        + "trace-config unix-socket upload-flags variable vlan-priority write-out";

    private const string LongAlone =
        "anyauth append basic ca-native cert-status compressed compressed-ssh create-dirs crlf digest disable disable-eprt disable-epsv "
        + "disallow-username-in-url doh-cert-status doh-insecure dump-ca-embed eprt epsv fail fail-early fail-with-body false-start follow form-escape "
        + "ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control globoff haproxy-protocol help http0.9 http1.0 http1.1 http2 "
        + "http2-prior-knowledge http3 http3-only ignore-content-length include insecure ipv4 ipv6 junk-session-cookies keepalive list-only location "
        + "location-trusted mail-rcpt-allowfails manual metalink mptcp negotiate netrc netrc-optional no-buffer no-clobber no-keepalive no-npn no-alpn "
        + "no-progress-meter no-sessionid ntlm ntlm-wb out-null parallel parallel-immediate path-as-is post301 post302 post303 progress-bar "
        + "progress-meter proxy-anyauth proxy-basic proxy-ca-native proxy-digest proxy-http2 proxy-http3 proxy-insecure proxy-negotiate proxy-ntlm "
        + "proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel raw remote-header-name remote-name remote-name-all remote-time "
        + "remove-on-error retry-all-errors retry-connrefused sessionid show-error show-headers silent skip-existing socks5-basic socks5-gssapi "
        + "socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort ssl-sessions sslv2 sslv3 "
        + "styled-output suppress-connect-headers tcp-fastopen tcp-nodelay tftp-no-options tls-earlydata tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 "
        + "tr-encoding trace-ids trace-time use-ascii verbose version xattr alpn buffer clobber npn";

    /// <summary>Those with a short name, and those that say something about the request.</summary>
    private static readonly Dictionary<string, CurlEffect> Telling = new(StringComparer.Ordinal)
    {
        ["config"] = CurlEffect.Config,
        ["cookie"] = CurlEffect.Cookie,
        ["data"] = CurlEffect.Data,
        ["data-ascii"] = CurlEffect.Data,
        ["data-binary"] = CurlEffect.Data,
        ["data-raw"] = CurlEffect.Data,
        ["data-urlencode"] = CurlEffect.EncodedData,
        ["form"] = CurlEffect.Form,
        ["form-string"] = CurlEffect.Form,
        ["header"] = CurlEffect.Header,
        ["json"] = CurlEffect.Json,
        ["oauth2-bearer"] = CurlEffect.Bearer,
        ["range"] = CurlEffect.Range,
        ["referer"] = CurlEffect.Referer,
        ["request"] = CurlEffect.Method,
        ["request-target"] = CurlEffect.Target,
        ["upload-file"] = CurlEffect.Upload,
        ["url"] = CurlEffect.Url,
        ["url-query"] = CurlEffect.Query,
        ["user"] = CurlEffect.User,
        ["user-agent"] = CurlEffect.Agent,
    };

    private static readonly Dictionary<char, string> ShortNames = new()
    {
        ['#'] = "progress-bar",
        ['0'] = "http1.0",
        ['1'] = "tlsv1",
        ['2'] = "sslv2",
        ['3'] = "sslv3",
        ['4'] = "ipv4",
        ['6'] = "ipv6",
        [':'] = "next",
        ['A'] = "user-agent",
        ['B'] = "use-ascii",
        ['C'] = "continue-at",
        ['D'] = "dump-header",
        ['E'] = "cert",
        ['F'] = "form",
        ['G'] = "get",
        ['H'] = "header",
        ['I'] = "head",
        ['J'] = "remote-header-name",
        ['K'] = "config",
        ['L'] = "location",
        ['M'] = "manual",
        ['N'] = "no-buffer",
        ['O'] = "remote-name",
        ['P'] = "ftp-port",
        ['Q'] = "quote",
        ['R'] = "remote-time",
        ['S'] = "show-error",
        ['T'] = "upload-file",
        ['U'] = "proxy-user",
        ['V'] = "version",
        ['X'] = "request",
        ['Y'] = "speed-limit",
        ['Z'] = "parallel",
        ['a'] = "append",
        ['b'] = "cookie",
        ['c'] = "cookie-jar",
        ['d'] = "data",
        ['e'] = "referer",
        ['f'] = "fail",
        ['g'] = "globoff",
        ['h'] = "help",
        ['i'] = "include",
        ['j'] = "junk-session-cookies",
        ['k'] = "insecure",
        ['l'] = "list-only",
        ['m'] = "max-time",
        ['n'] = "netrc",
        ['o'] = "output",
        ['p'] = "proxytunnel",
        ['q'] = "disable",
        ['r'] = "range",
        ['s'] = "silent",
        ['t'] = "telnet-option",
        ['u'] = "user",
        ['v'] = "verbose",
        ['w'] = "write-out",
        ['x'] = "proxy",
        ['y'] = "speed-time",
        ['z'] = "time-cond",
    };

    private static readonly Dictionary<string, CurlOption> ByName = All();

    /// <summary>The option of a long name, without its hyphens; null when curl has none such. Switches may be turned around: <c>no-location</c>.</summary>
    public static CurlOption? Long(string name) =>
        ByName.TryGetValue(name, out var option) ? option
        : name.StartsWith("no-", StringComparison.Ordinal) && ByName.TryGetValue(name[3..], out var turned) && !turned.TakesValue
            ? turned with
            {
                Effect = CurlEffect.None,
            }
        : null;

    /// <summary>The option of a single letter; null when curl has none such.</summary>
    public static CurlOption? Short(char letter) => ShortNames.TryGetValue(letter, out var name) ? ByName[name] : null;

    private static Dictionary<string, CurlOption> All()
    {
        var all = new Dictionary<string, CurlOption>(StringComparer.Ordinal)
        {
            ["get"] = new(TakesValue: false, CurlEffect.Get),
            ["head"] = new(TakesValue: false, CurlEffect.Head),
            ["next"] = new(TakesValue: false, CurlEffect.Next),
        };
        foreach (var name in LongWithValue.Split(' '))
            all[name] = new(TakesValue: true, CurlEffect.None);
        foreach (var name in LongAlone.Split(' '))
            all[name] = new(TakesValue: false, CurlEffect.None);
        foreach (var (name, effect) in Telling)
            all[name] = new(TakesValue: true, effect);
        return all;
    }
}
