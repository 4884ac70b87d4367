using PropertyManager.Domain.Properties;

namespace PropertyManager.Domain.Health;

/// <summary>Hits by status class.</summary>
public readonly record struct TrafficSample(double Ok2xx, double Redirect3xx, double ClientError4xx, double ServerError5xx)
{
    /// <summary>All hits.</summary>
    public double Hits => Ok2xx + Redirect3xx + ClientError4xx + ServerError5xx;

    /// <summary>2xx ÷ total; 0 without hits.</summary>
    public double OkRatio => Ratio(Ok2xx);

    /// <summary>(2xx + 3xx) ÷ total; 0 without hits.</summary>
    public double ServedRatio => Ratio(Ok2xx + Redirect3xx);

    /// <summary>(4xx + 5xx) ÷ total; 0 without hits.</summary>
    public double ErrorRatio => Ratio(ClientError4xx + ServerError5xx);

    /// <summary>Returns <paramref name="hits"/> hits that are answered by these shares.</summary>
    public static TrafficSample Of(StatusMix mix, double hits = 1) =>
        new(mix.Ok2xx * hits, mix.Redirect3xx * hits, mix.ClientError4xx * hits, mix.ServerError5xx * hits);

    public static TrafficSample operator +(TrafficSample a, TrafficSample b) =>
        new(a.Ok2xx + b.Ok2xx, a.Redirect3xx + b.Redirect3xx, a.ClientError4xx + b.ClientError4xx, a.ServerError5xx + b.ServerError5xx);

    private double Ratio(double part) => Hits > 0 ? part / Hits : 0;
}

/// <summary>Servers, and how many of them are harmed, each counted once.</summary>
/// <param name="Unavailable">They cannot be reached.</param>
public readonly record struct ServerSample(int Servers, int Unavailable, int Rebooting = 0, int Overloaded = 0, int Suspended = 0)
{
    /// <summary>Down, rebooting, overloaded or self-suspended.</summary>
    public int Harmed => Unavailable + Rebooting + Overloaded + Suspended;

    /// <summary>Harmed ÷ all; 0 without servers.</summary>
    public double HarmedRatio => Servers > 0 ? (double)Harmed / Servers : 0;
}
