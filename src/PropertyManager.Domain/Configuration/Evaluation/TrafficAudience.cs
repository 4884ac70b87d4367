using System.Net;
using System.Numerics;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>A property's audience as single requests, spread so evenly that few of them speak for all: the same audience gives the same requests.</summary>
public static class TrafficAudience
{
    /// <summary>Requests that stand for all traffic of a property.</summary>
    public const int SampleSize = 10_000;

    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";

    /// <summary>Fractions of the golden ratio and its like: their multiples fill the range from 0 to 1 evenly, and independently of one another.</summary>
    private const double CountryStep = 0.7548776662466927;
    private const double OriginStep = 0.5698402909980532;
    private const double DrawStep = 0.6180339887498949;

    /// <summary>The golden ratio's fraction: steps of so much of the whole leave no part of it out for long.</summary>
    private const double OrderStep = DrawStep;

    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["css"] = "text/css",
        ["gif"] = "image/gif",
        ["jpg"] = "image/jpeg",
        ["js"] = "text/javascript",
        ["json"] = "application/json",
        ["m3u8"] = "application/vnd.apple.mpegurl",
        ["mp4"] = "video/mp4",
        ["mpd"] = "application/dash+xml",
        ["pdf"] = "application/pdf",
        ["png"] = "image/png",
        ["svg"] = "image/svg+xml",
        ["ts"] = "video/mp2t",
        ["webp"] = "image/webp",
        ["woff2"] = "font/woff2",
        ["xml"] = "application/xml",
        ["zip"] = "application/zip",
    };

    /// <summary>What stands for a property of which nobody has said what its users ask: the front page of each hostname.</summary>
    public static IReadOnlyList<AudienceRequest> Default(IReadOnlyList<HostnameEntry> hostnames) =>
        [.. hostnames.Select(hostname => new AudienceRequest(1, "/") { Host = hostname.CnameFrom })];

    /// <summary>The audience as requests of equal weight.</summary>
    /// <param name="traffic">Countries, and how the origin answers on a normal day.</param>
    /// <param name="audience">What is asked for; empty for <see cref="Default" />.</param>
    /// <param name="hostnames">The property's own; for a wildcard some host is asked that it stands for.</param>
    /// <param name="time">When they are made.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>
    /// In an order in which the first of them, however many, are a fair sample of all: whoever has no time for all takes as many as they can. None where
    /// nobody can ask: no hostname, or no weight.
    /// </returns>
    public static IReadOnlyList<EdgeRequest> Sample(
        TrafficProfile traffic,
        IReadOnlyList<AudienceRequest> audience,
        IReadOnlyList<HostnameEntry> hostnames,
        DateTimeOffset time,
        int count = SampleSize
    )
    {
        ArgumentNullException.ThrowIfNull(traffic);
        ArgumentNullException.ThrowIfNull(audience);
        ArgumentNullException.ThrowIfNull(hostnames);
        var kinds = audience.Count > 0 ? audience : Default(hostnames);
        var weight = kinds.Sum(kind => kind.Weight);
        if (hostnames.Count == 0 || !(weight > 0))
        {
            return [];
        }

        var countries = traffic.Countries.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)).ToArray();
        var mix = traffic.Mix;
        (int, double)[] origins = [(200, mix.Ok2xx), (304, mix.Redirect3xx), (404, mix.ClientError4xx), (503, mix.ServerError5xx)];
        var requests = new List<EdgeRequest>(count);
        var kindAt = 0;
        var hosts = new HostnameLookup(hostnames.Select(hostname => hostname.CnameFrom));
        string Host(AudienceRequest kind) => hosts.Example(kind.Host.Length > 0 ? kind.Host : hostnames[0].CnameFrom);
        var prepared = new Prepared(kinds[0], Host(kinds[0]), time);
        var upTo = kinds[0].Weight;
        for (var i = 0; i < count; i++)
        {
            var at = (i + 0.5) / count * weight;
            while (at >= upTo && kindAt < kinds.Count - 1)
            {
                prepared = new Prepared(kinds[++kindAt], Host(kinds[kindAt]), time);
                upTo += kinds[kindAt].Weight;
            }

            var kind = kinds[kindAt];
            var country = kind.Country.Length > 0 || countries.Length == 0 ? kind.Country : Pick(countries, Fraction(i * CountryStep));
            var status = kind.OriginStatus ?? Pick(origins, Fraction(i * OriginStep));
            requests.Add(
                prepared.Request with
                {
                    // An address of the range that is kept for tests of networks: nobody's, and one of many.
                    Client = new EdgeClient(new IPAddress([198, 18, (byte)(i >> 8), (byte)i]), country, Continents.Of(country)),
                    Draw = Fraction(i * DrawStep),
                    Origin = prepared.Answer(status),
                }
            );
        }

        return InFairOrder(requests);
    }

    private static EdgeRequest[] InFairOrder(List<EdgeRequest> requests)
    {
        var step = Math.Max(1, (int)(requests.Count * OrderStep));
        while (BigInteger.GreatestCommonDivisor(step, requests.Count) > 1)
        {
            step++;
        }

        var ordered = new EdgeRequest[requests.Count];
        for (var i = 0; i < ordered.Length; i++)
        {
            ordered[i] = requests[(int)((long)i * step % ordered.Length)];
        }

        return ordered;
    }

    private static string TypeOf(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot > path.LastIndexOf('/') && ContentTypes.TryGetValue(path[(dot + 1)..], out var type) ? type : "text/html";
    }

    private static double Fraction(double value) => value - Math.Floor(value);

    private static T Pick<T>(ReadOnlySpan<(T Item, double Share)> items, double at)
    {
        var sum = 0.0;
        foreach (var (_, share) in items)
        {
            sum += share;
        }

        at *= sum;
        foreach (var (item, share) in items)
        {
            at -= share;
            if (at < 0)
            {
                return item;
            }
        }

        return items[^1].Item;
    }

    /// <summary>What all requests of a kind have in common.</summary>
    private sealed class Prepared
    {
        private readonly Dictionary<int, OriginAnswer> _answers = [];
        private readonly string _type;

        public Prepared(AudienceRequest kind, string host, DateTimeOffset time)
        {
            var query = kind.Path.IndexOf('?', StringComparison.Ordinal);
            var path = query < 0 ? kind.Path : kind.Path[..query];
            _type = TypeOf(path);
            Request = new EdgeRequest(kind.Method, kind.Scheme, host, path, query < 0 ? "" : kind.Path[(query + 1)..])
            {
                Headers = [KeyValuePair.Create("User-Agent", kind.UserAgent.Length > 0 ? kind.UserAgent : Browser)],
                Time = time,
            };
        }

        public EdgeRequest Request { get; }

        /// <summary>The origin's, with that status.</summary>
        public OriginAnswer Answer(int status)
        {
            if (!_answers.TryGetValue(status, out var answer))
            {
                _answers[status] = answer = new OriginAnswer(status, [KeyValuePair.Create("Content-Type", _type)], status == 504);
            }

            return answer;
        }
    }
}
