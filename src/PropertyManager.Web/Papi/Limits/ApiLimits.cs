using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Papi.Limits;

/// <summary>
/// How much may be asked: so many requests a minute from each client, all of which may come at once; and far fewer that fail, from each address,
/// so that trying keys and secrets is slow work.
/// </summary>
public sealed class ApiLimits(ApiLimitSettings settings) : IAsyncDisposable
{
    /// <summary>A body of more bytes is large.</summary>
    public const int LargeBody = 1024 * 1024;

    /// <summary>Large bodies that one client sends at the same time, at most: each is held in memory until it is answered.</summary>
    public const int MostLargeBodies = 4;

    /// <summary>Connections to the hub that one client has at the same time, at most: enough for one stream each.</summary>
    public const int MostConnections = ActivationWatches.Most;

    private const int NoKey = 0;

    private readonly ClientPlaces _largeBodies = new(MostLargeBodies);
    private readonly ClientPlaces _connections = new(MostConnections);

    private readonly PartitionedRateLimiter<long>? _clients = Limiter<long>(settings.RequestsPerMinute);
    private readonly PartitionedRateLimiter<(UInt128 Address, long CredentialId)>? _failures = Limiter<(UInt128, long)>(settings.FailuresPerMinute);

    /// <summary>Takes one request of a client; null where there is no limit.</summary>
    public LimitState? Take(ApiCaller caller) => Take(_clients, caller.ClientId, settings.RequestsPerMinute);

    /// <summary>Takes a client's place for a large body, until it is disposed of; null when it has <see cref="MostLargeBodies"/>.</summary>
    public IDisposable? TakeLargeBody(ApiCaller caller) => _largeBodies.Take(caller.ClientId);

    /// <summary>Takes a client's place for a connection, until it is disposed of; null when it has <see cref="MostConnections"/>.</summary>
    public IDisposable? TakeConnection(ApiCaller caller) => _connections.Take(caller.ClientId);

    /// <summary>Notes a request that was refused for its signature; null where there is no limit.</summary>
    /// <param name="from">Where it came from.</param>
    /// <param name="key">The key that it named; null for one that there is not.</param>
    public LimitState? Fail(IPAddress? from, ApiCaller? key) =>
        Take(_failures, (Network(from), key?.CredentialId ?? NoKey), settings.FailuresPerMinute);

    /// <summary>
    /// Too much has failed from this address: not even a right signature is looked at, or trying would still find it. Who uses a key without failing
    /// is not held up by others behind the same address.
    /// </summary>
    public LimitState? Stopped(IPAddress? from, ApiCaller? key)
    {
        // Asked for none, the limiter would be content with a part of one.
        return _failures?.GetStatistics((Network(from), key?.CredentialId ?? NoKey)) is { CurrentAvailablePermits: 0 }
            ? new LimitState(IsOver: true, settings.FailuresPerMinute, 0, One(settings.FailuresPerMinute))
            : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_clients is not null)
            await _clients.DisposeAsync();
        if (_failures is not null)
            await _failures.DisposeAsync();
    }

    private static LimitState? Take<T>(PartitionedRateLimiter<T>? limiter, T of, int limit)
    {
        if (limiter is null)
            return null;
        using var lease = limiter.AttemptAcquire(of);
        var remaining = lease.IsAcquired ? limiter.GetStatistics(of)?.CurrentAvailablePermits ?? 0 : 0;
        return new LimitState(!lease.IsAcquired, limit, remaining, lease.IsAcquired ? One(limit) : RetryAfter(lease));
    }

    /// <summary>So long it takes until one more is free.</summary>
    private static TimeSpan One(int perMinute) => TimeSpan.FromMinutes(1) / perMinute;

    private static TimeSpan RetryAfter(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);

    private static PartitionedRateLimiter<T>? Limiter<T>(int perMinute)
        where T : notnull
    {
        if (perMinute == 0)
            return null;
        // Little by little, ten times a second at most: the limiter looks no oftener.
        var atATime = Math.Max(1, perMinute / 600);
        var options = new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = atATime,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) * atATime / perMinute,
            QueueLimit = 0,
        };
        return PartitionedRateLimiter.Create<T, T>(of => RateLimitPartition.GetTokenBucketLimiter(of, _ => options));
    }

    /// <summary>An address, or for IPv6 the network that a household or a machine is given: whoever has one has all in it.</summary>
    private static UInt128 Network(IPAddress? address)
    {
        if (address is null)
            return 0;
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6)
            bytes[8..].Clear();
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}

/// <summary>How much may be asked of the API.</summary>
/// <param name="RequestsPerMinute">Of each client; 0 for no limit.</param>
public sealed record ApiLimitSettings(int RequestsPerMinute)
{
    /// <summary>100 a second: no pipeline asks for so much, and no client that has gone wild gets more.</summary>
    public const int DefaultRequestsPerMinute = 6_000;

    /// <summary>The most that can be set.</summary>
    public const int MostRequestsPerMinute = 10_000_000;

    /// <summary>Requests with a bad signature, of each address.</summary>
    public int FailuresPerMinute => (RequestsPerMinute + 9) / 10;
}

/// <summary>Where a client or an address stands.</summary>
/// <param name="IsOver">This request was too much.</param>
/// <param name="Limit">Requests a minute, and at once.</param>
/// <param name="Remaining">So many can be asked now.</param>
/// <param name="NextIn">So long until there is one more.</param>
public readonly record struct LimitState(bool IsOver, int Limit, long Remaining, TimeSpan NextIn);
