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
    private static readonly HashSet<string> Passed = ["-s", "-S", "-v", "-i", "-k", "-L", "-#", "--compressed", "--silent", "--insecure", "--verbose", "--location", "--include"];
    private static readonly HashSet<string> PassedWithValue = ["-o", "--output", "-m", "--max-time", "--connect-timeout", "-w", "--write-out", "--resolve"];

    /// <summary>Reads the line.</summary>
    /// <param name="line">With or without the word curl; over several lines where they end in a backslash.</param>
    /// <param name="on">What the line does not say: client, time, origin.</param>
    /// <returns>The request, or why it is none.</returns>
    public static (EdgeRequest? Request, string? Fault) Read(string line, EdgeRequest on)
    {
        if (Words(line) is not { } words)
            return (null, "A quotation mark is not closed.");
        string? method = null,
            url = null;
        var headers = new List<KeyValuePair<string, string>>();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word == "curl" && i == 0 || Passed.Contains(word))
                continue;
            if (!word.StartsWith('-') || word.Length == 1)
            {
                if (url is not null)
                    return (null, $"There are two addresses: {url} and {word}.");
                url = word;
                continue;
            }
            if (word is "-I" or "--head")
            {
                method = "HEAD";
                continue;
            }
            if (i + 1 == words.Count)
                return (null, $"{word} needs a value after it.");
            var value = words[++i];
            switch (word)
            {
                case "-X" or "--request":
                    method = value.ToUpperInvariant();
                    break;
                case "-H" or "--header":
                    var colon = value.IndexOf(':', StringComparison.Ordinal);
                    if (colon <= 0)
                        return (null, $"The header “{value}” has no colon.");
                    headers.Add(KeyValuePair.Create(value[..colon].Trim(), value[(colon + 1)..].Trim()));
                    break;
                case "-A" or "--user-agent":
                    headers.Add(KeyValuePair.Create("User-Agent", value));
                    break;
                case "-e" or "--referer":
                    headers.Add(KeyValuePair.Create("Referer", value));
                    break;
                case "-b" or "--cookie":
                    headers.Add(KeyValuePair.Create("Cookie", value));
                    break;
                case "-d" or "--data" or "--data-raw" or "--data-binary" or "-F" or "--form":
                    method ??= "POST";
                    break;
                case var _ when PassedWithValue.Contains(word):
                    break;
                default:
                    return (null, $"The option {word} is not known here.");
            }
        }
        if (url is null)
            return (null, "There is no address. Write one such as https://www.example.com/path.");
        if (!url.Contains("://", StringComparison.Ordinal))
            url = "https://" + url;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return (null, $"{url} is no http or https address.");
        // As it was sent: the address type would decode and shorten it.
        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..].Split('#')[0];
        var start = rest.AsSpan().IndexOfAny('/', '?');
        var target = start < 0 ? "/" : rest[start] == '?' ? "/" + rest[start..] : rest[start..];
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var host = headers.LastOrDefault(header => header.Key.Equals("Host", StringComparison.OrdinalIgnoreCase)).Value ?? address.IdnHost;
        return (
            on with
            {
                Method = method ?? "GET",
                Scheme = address.Scheme,
                Host = host.ToLowerInvariant(),
                Path = query < 0 ? target : target[..query],
                Query = query < 0 ? "" : target[(query + 1)..],
                Headers = headers,
            },
            null
        );
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
}
