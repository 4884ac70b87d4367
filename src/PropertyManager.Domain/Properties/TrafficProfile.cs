namespace PropertyManager.Domain.Properties;

/// <summary>What end users ask of a property: how much, from where, and how it is answered when all is well.</summary>
/// <param name="HitsPerSecond">Average over the day, hits/s.</param>
/// <param name="Countries">Share of the hits by ISO 3166-1 alpha-2 country code; the shares need not add up to 1.</param>
/// <param name="Mix">How the hits are answered on a normal day.</param>
public sealed record TrafficProfile(double HitsPerSecond, IReadOnlyDictionary<string, double> Countries, StatusMix Mix);

/// <summary>Shares of the hits by status class; they add up to 1.</summary>
public sealed record StatusMix(double Ok2xx, double Redirect3xx, double ClientError4xx, double ServerError5xx);
