namespace PropertyManager.Domain.Properties;

/// <summary>One kind of request that a property's end users make. All of them together are its traffic audience.</summary>
/// <param name="Weight">How much of the audience it is, against the weights of the others.</param>
/// <param name="Path">What is asked for, with its query: <c>/search?q=boots</c>.</param>
public sealed record AudienceRequest(double Weight, string Path)
{
    /// <summary>Requests that an audience has, at most.</summary>
    public const int MaxCount = 200;

    /// <summary>Upper case.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>http or https.</summary>
    public string Scheme { get; init; } = "https";

    /// <summary>One of the property's hostnames, or a host that a wildcard among them stands for; empty for its first.</summary>
    public string Host { get; init; } = "";

    /// <summary>ISO 3166-1 alpha-2 code; empty where it comes from all the countries of the property's traffic.</summary>
    public string Country { get; init; } = "";

    /// <summary>As the client names itself; empty for a usual browser.</summary>
    public string UserAgent { get; init; } = "";

    /// <summary>What the origin answers when it is asked; null where it answers as the property's traffic does on a normal day.</summary>
    public int? OriginStatus { get; init; }
}
