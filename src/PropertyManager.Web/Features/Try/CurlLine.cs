using System.Net;
using System.Text;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Web.Features.Try;

/// <summary>
/// A request as people copy it from a browser or a terminal: <c>curl -X POST -H 'Accept: text/html' 'https://www.shop.example/cart?x=1'</c>, or just
/// the address.
/// </summary>
public static class CurlLine
{
    /// <summary>Options of curl that say nothing about the request itself; those with a value are named with it.</summary>
    private static readonly HashSet<string> Passed =
    [
        "-s",
        "-S",
        "-v",
        "-i",
        "-k",
        "-L",
        "-#",
        "--compressed",
        "--silent",
        "--insecure",
        "--verbose",
        "--location",
        "--include",
    ];
    private static readonly HashSet<string> PassedWithValue =
    [
        "-o",
        "--output",
        "-m",
        "--max-time",
        "--connect-timeout",
        "-w",
        "--write-out",
        "--resolve",
    ];

    /// <summary>Reads the line.</summary>
    /// <param name="line">With or without the word curl; over several lines where they end in a backslash.</param>
    /// <param name="on">What the line does not say: client, time, origin.</param>
    /// <returns>The request, or why it is none.</returns>
    public static (EdgeRequest? Request, string? Fault) Read(string line, EdgeRequest on)
    {
        if (Words(line) is not { } words)
            return (null, "A quotation mark is not closed.");
        var said = new Said();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if ((word == "curl" && i == 0) || Passed.Contains(word))
                continue;
            var fault =
                word is "-I" or "--head" ? said.Ask("HEAD")
                : !word.StartsWith('-') ? said.Go(word)
                : i + 1 == words.Count ? $"{word} needs a value after it."
                : said.Take(word, words[++i]);
            if (fault is not null)
                return (null, fault);
        }
        return said.Request(on);
    }

    /// <summary>The line of a request.</summary>
    public static string Write(EdgeRequest request)
    {
        var line = new StringBuilder("curl");
        if (request.Method != "GET")
            line.Append(request.Method == "HEAD" ? " -I" : $" -X {request.Method}");
        foreach (var (name, value) in request.Headers)
            line.Append(" -H ").Append(Quote($"{name}: {value}"));
        return line.Append(' ').Append(Quote(Address(request))).ToString();
    }

    /// <summary>The address of a request.</summary>
    public static string Address(EdgeRequest request) =>
        $"{request.Scheme}://{request.Host}{request.Path}{(request.Query.Length > 0 ? "?" : "")}{request.Query}";

    /// <summary>An address of the range that is kept for documentation; null for what is no address.</summary>
    public static IPAddress? Client(string text) =>
        text.Trim().Length == 0 ? IPAddress.Parse("192.0.2.1")
        : IPAddress.TryParse(text.Trim(), out var address) ? address
        : null;

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>As a shell takes it apart; null where a quotation mark is not closed.</summary>
    private static List<string>? Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c is '\'' or '"')
            {
                inWord = true;
                for (i++; i < line.Length && line[i] != c; i++)
                {
                    if (c == '"' && line[i] == '\\' && i + 1 < line.Length && line[i + 1] is '"' or '\\')
                        i++;
                    word.Append(line[i]);
                }
                if (i == line.Length)
                    return null;
            }
            else if (c == '\\' && i + 1 < line.Length)
            {
                if (line[++i] is not ('\n' or '\r'))
                {
                    word.Append(line[i]);
                    inWord = true;
                }
            }
            else if (char.IsWhiteSpace(c))
            {
                if (inWord)
                    words.Add(word.ToString());
                word.Clear();
                inWord = false;
            }
            else
            {
                word.Append(c);
                inWord = true;
            }
        }
        if (inWord)
            words.Add(word.ToString());
        return words;
    }

    /// <summary>What the words of a line said so far.</summary>
    private sealed class Said
    {
        private readonly List<KeyValuePair<string, string>> _headers = [];
        private string? _method;
        private string? _url;

        public string? Ask(string method)
        {
            _method = method;
            return null;
        }

        public string? Go(string url)
        {
            if (_url is not null)
                return $"There are two addresses: {_url} and {url}.";
            _url = url;
            return null;
        }

        /// <summary>An option and its value; what is wrong with it.</summary>
        public string? Take(string option, string value) =>
            option switch
            {
                "-X" or "--request" => Ask(value.ToUpperInvariant()),
                "-H" or "--header" => Header(value),
                "-A" or "--user-agent" => Header($"User-Agent: {value}"),
                "-e" or "--referer" => Header($"Referer: {value}"),
                "-b" or "--cookie" => Header($"Cookie: {value}"),
                "-d" or "--data" or "--data-raw" or "--data-binary" or "-F" or "--form" => Ask(_method ?? "POST"),
                _ => PassedWithValue.Contains(option) ? null : $"The option {option} is not known here.",
            };

        public (EdgeRequest? Request, string? Fault) Request(EdgeRequest on)
        {
            if (_url is null)
                return (null, "There is no address. Write one such as https://www.example.com/path.");
            var url = _url.Contains("://", StringComparison.Ordinal) ? _url : "https://" + _url;
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                return (null, $"{url} is no http or https address.");
            // As it was sent: the address type would decode and shorten it.
            var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..].Split('#')[0];
            var start = rest.AsSpan().IndexOfAny('/', '?');
            var target =
                start < 0 ? "/"
                : rest[start] == '?' ? "/" + rest[start..]
                : rest[start..];
            var query = target.IndexOf('?', StringComparison.Ordinal);
            var host = _headers.LastOrDefault(header => header.Key.Equals("Host", StringComparison.OrdinalIgnoreCase)).Value ?? address.IdnHost;
            return (
                on with
                {
                    Method = _method ?? "GET",
                    Scheme = address.Scheme,
                    Host = host.ToLowerInvariant(),
                    Path = query < 0 ? target : target[..query],
                    Query = query < 0 ? "" : target[(query + 1)..],
                    Headers = _headers,
                },
                null
            );
        }

        private string? Header(string line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                return $"The header “{line}” has no colon.";
            _headers.Add(KeyValuePair.Create(line[..colon].Trim(), line[(colon + 1)..].Trim()));
            return null;
        }
    }
}
