using System.Text;
using PropertyManager.Domain.Configuration.Evaluation;

namespace PropertyManager.Web.Features.Try;

/// <summary>What the options of a curl line said so far about the request.</summary>
internal sealed class CurlRequest
{
    private readonly List<KeyValuePair<string, string>> _headers = [];
    private readonly List<string> _cookies = [];
    private readonly List<string> _data = [];
    private readonly List<string> _query = [];
    private readonly List<string> _skipped = [];
    private string? _asked;
    private string? _url;
    private string? _target;
    private bool _isHead;
    private bool _isGet;
    private bool _posts;
    private bool _uploads;

    /// <summary>Options that say nothing about the answer; none twice.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    /// <summary>Passes over an option.</summary>
    public string? Skip(string option)
    {
        if (!_skipped.Contains(option, StringComparer.Ordinal))
            _skipped.Add(option);
        return null;
    }

    /// <summary>An address; what is wrong with it.</summary>
    public string? Go(string url)
    {
        if (_url is not null)
            return $"There are two addresses: {_url} and {url}.";
        _url = url;
        return null;
    }

    /// <summary>An option and its value, which is empty where it takes none; what is wrong with it.</summary>
    public string? Take(string option, CurlEffect effect, string value)
    {
        switch (effect)
        {
            case CurlEffect.Method:
                _asked = value.ToUpperInvariant();
                return null;
            case CurlEffect.Header:
                return Header(option, value);
            case CurlEffect.Cookie:
                return Cookie(option, value);
            case CurlEffect.Agent:
                return Set("User-Agent", value);
            case CurlEffect.Referer:
                return Set("Referer", value.Split(";auto")[0]);
            case CurlEffect.User:
                return Set("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}");
            case CurlEffect.Bearer:
                return Set("Authorization", $"Bearer {value}");
            case CurlEffect.Range:
                return Set("Range", $"bytes={value}");
            case CurlEffect.Url:
                return Go(value);
            case CurlEffect.Target:
                _target = value;
                return null;
            case CurlEffect.Query:
                _query.Add(value.StartsWith('+') ? value[1..] : Encoded(value));
                return null;
            case CurlEffect.Next:
                return $"{option} begins another request. Try one at a time.";
            case CurlEffect.Config:
                return $"{option} names a file, which is not read here. Write its options into the line.";
            case CurlEffect.None:
                return Skip(option);
            default:
                return Body(effect, value);
        }
    }

    /// <summary>The request; or what is wrong with it.</summary>
    /// <param name="on">What the line does not say.</param>
    public (EdgeRequest? Request, string? Fault) On(EdgeRequest on)
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
            _target
            ?? (
                start < 0 ? "/"
                : rest[start] == '?' ? "/" + rest[start..]
                : rest[start..]
            );
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        string[] query = [mark < 0 ? "" : target[(mark + 1)..], .. _query, .. _isGet ? _data : []];
        if (_cookies.Count > 0)
            _headers.Add(KeyValuePair.Create("Cookie", string.Join("; ", _cookies)));
        var host = _headers.LastOrDefault(header => header.Key.Equals("Host", StringComparison.OrdinalIgnoreCase)).Value ?? address.IdnHost;
        return (
            on with
            {
                Method = Method(),
                Scheme = address.Scheme,
                Host = host.ToLowerInvariant(),
                Path = mark < 0 ? target : target[..mark],
                Query = string.Join('&', query.Where(part => part.Length > 0)),
                Headers = _headers,
            },
            null
        );
    }

    private string Method() =>
        _asked
        ?? (
            _isHead ? "HEAD"
            : _uploads ? "PUT"
            : _posts && !_isGet ? "POST"
            : "GET"
        );

    private string? Body(CurlEffect effect, string value)
    {
        switch (effect)
        {
            case CurlEffect.Head:
                _isHead = true;
                return null;
            case CurlEffect.Get:
                _isGet = true;
                return null;
            case CurlEffect.Upload:
                _uploads = true;
                return null;
        }
        _posts = true;
        if (effect == CurlEffect.Json)
        {
            Default("Content-Type", "application/json");
            Default("Accept", "application/json");
        }
        if (effect is CurlEffect.Data or CurlEffect.EncodedData)
            _data.Add(effect == CurlEffect.Data ? value : Encoded(value));
        return null;
    }

    // `-H 'Name: value'`; `Name:` takes one of curl's own out, `Name;` sends one without a value, `@file` is a file of them.
    private string? Header(string option, string line)
    {
        if (line.StartsWith('@'))
            return Skip($"{option} {line}");
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 && line.TrimEnd() is [_, .., ';'] named && !named.Contains(' ', StringComparison.Ordinal))
            return Set(named[..^1], "");
        if (colon <= 0)
            return $"The header “{line}” has no colon.";
        var value = line[(colon + 1)..].Trim();
        if (value.Length > 0)
            _headers.Add(KeyValuePair.Create(line[..colon].Trim(), value));
        return null;
    }

    // Without an equals sign it is a file, which is not read.
    private string? Cookie(string option, string value)
    {
        if (!value.Contains('=', StringComparison.Ordinal))
            return Skip(option);
        _cookies.Add(value);
        return null;
    }

    private string? Set(string name, string value)
    {
        _headers.Add(KeyValuePair.Create(name, value));
        return null;
    }

    private void Default(string name, string value)
    {
        if (!_headers.Exists(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)))
            _headers.Add(KeyValuePair.Create(name, value));
    }

    // `text`, `=text` or `name=text`: the text is encoded and the name is not.
    private static string Encoded(string value)
    {
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? Uri.EscapeDataString(value)
            : equals == 0 ? Uri.EscapeDataString(value[1..])
            : value[..(equals + 1)] + Uri.EscapeDataString(value[(equals + 1)..]);
    }
}
