using System.Net;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>A request as an edge server gets it, with all that rules may ask about it. Evaluating the same one gives the same answer, always.</summary>
/// <param name="Method">Upper case: GET.</param>
/// <param name="Scheme">http or https.</param>
/// <param name="Host">As the client asked for it, without port, lower case.</param>
/// <param name="Path">From the first slash on, before the question mark, as it was sent (still escaped): /a/b.html.</param>
/// <param name="Query">After the question mark, without it; empty when there is none.</param>
public sealed record EdgeRequest(string Method, string Scheme, string Host, string Path, string Query = "")
{
    /// <summary>In the order they were sent; names are compared without regard to case. Cookies stand in <c>Cookie</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Who asks, and from where.</summary>
    public EdgeClient Client { get; init; } = EdgeClient.Unknown;

    /// <summary>When it arrives.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The network of the server that is asked.</summary>
    public Network Network { get; init; } = Network.Production;

    /// <summary>Decides what is left to chance: 0 ≤ draw &lt; 1. The same client draws the same number for <c>bucket</c>, and <c>random</c> uses it too.</summary>
    public double Draw { get; init; }

    /// <summary>What the origin would answer, were it asked.</summary>
    public OriginAnswer Origin { get; init; } = OriginAnswer.Ok;
}

/// <summary>Where a request comes from.</summary>
/// <param name="Address">The connecting address.</param>
/// <param name="Country">ISO 3166-1 alpha-2, upper case: DE. Empty when not known.</param>
/// <param name="Continent">AF, AN, AS, EU, NA, OC, SA. Empty when not known.</param>
/// <param name="Region">State or province, as its ISO 3166-2 code without the country: CA. Empty when not known.</param>
/// <param name="AsNumber">Number of the autonomous system: 7018; null when not known.</param>
public sealed record EdgeClient(IPAddress Address, string Country = "", string Continent = "", string Region = "", int? AsNumber = null)
{
    /// <summary>Nothing is known of it.</summary>
    public static EdgeClient Unknown { get; } = new(IPAddress.None);
}

/// <summary>What an origin answers when it is asked.</summary>
/// <param name="Status">HTTP status: 200.</param>
/// <param name="Headers">Response headers; names are compared without regard to case.</param>
/// <param name="TimedOut">It did not answer in time; the status is then 504.</param>
public sealed record OriginAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, bool TimedOut = false)
{
    /// <summary>200, and no headers that matter.</summary>
    public static OriginAnswer Ok { get; } = new(200, []);
}
