using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PropertyManager.Web.Papi.Signing;

/// <summary>
/// Remembers which requests were received, so that a recorded one is refused when it is sent again. Only requests with a valid signature are
/// recorded, so that nobody else fills the memory. Of a nonce it keeps eight bytes: two that agree in these are not told apart, which refuses a
/// request once in many millions and never accepts one twice.
/// <para>
/// Timestamps are compared with the wall clock, which may be set back, and then an old timestamp is good again. So a nonce is forgotten only when
/// <see cref="Retention"/> has passed by the monotonic clock and its timestamp is too old by the wall clock: whether a request is new is decided by
/// what was received, never by what the wall clock said before.
/// </para>
/// </summary>
public sealed class NonceStore(TimeProvider time)
{
    /// <summary>How long a nonce is kept at least: the wall clock can be set back by a minute less without letting a recorded request pass.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromMinutes(15);

    /// <summary>
    /// At most so many are kept beyond <see cref="Reuse"/>, the newest ones: 32 MB, enough for 40 clients that ask as often as they may all the time.
    /// </summary>
    private const int MaxKept = 4_000_000;

    private const int WindowSeconds = 10;

    /// <summary>How long a nonce is refused under other timestamps too: as long as one timestamp can be good.</summary>
    private static readonly TimeSpan Reuse = 2 * EdgeGridCheck.ClockTolerance;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, NonceWindow> _windows = [];
    private readonly List<NonceWindow> _open = [];

    /// <summary>True the first time for a client's key and nonce.</summary>
    /// <param name="credentialId">Of the key.</param>
    /// <param name="nonce">As it came.</param>
    /// <param name="signedAt">The request's timestamp, which was good when the request began to arrive.</param>
    public bool TryUse(long credentialId, string nonce, DateTimeOffset signedAt)
    {
        // The body took so long that the nonce may have been seen and forgotten since.
        if (time.GetUtcNow() - signedAt > Retention - Reuse)
            return false;
        var digest = Digest(credentialId, nonce);
        var number = signedAt.ToUnixTimeSeconds() / WindowSeconds;
        // Looking and adding are one step: of two at the same time one is refused.
        lock (_gate)
        {
            var window = _windows.GetValueOrDefault(number);
            if (window?.Contains(digest) == true || _open.Exists(other => other.Contains(digest)))
                return false;
            if (window is not { IsOpen: true })
                window = Open(number);
            window.Add(digest, time.GetTimestamp());
            return true;
        }
    }

    /// <summary>Nonces that are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _windows.Values.Sum(window => window.Count);
        }
    }

    private NonceWindow Open(long number)
    {
        foreach (var old in _open.Where(window => time.GetElapsedTime(window.LastAdded) > Reuse))
            old.Close();
        _open.RemoveAll(window => !window.IsOpen);
        Forget();
        if (!_windows.TryGetValue(number, out var opened))
            _windows.Add(number, opened = new());
        _open.Add(opened);
        return opened;
    }

    private void Forget()
    {
        var goodSince = (time.GetUtcNow() - EdgeGridCheck.ClockTolerance).ToUnixTimeSeconds();
        foreach (var (number, window) in _windows)
        {
            if (time.GetElapsedTime(window.LastAdded) > Retention && (number + 1) * WindowSeconds <= goodSince)
                _windows.Remove(number);
        }
        var kept = _windows.Values.Sum(window => window.Count);
        foreach (var (number, window) in _windows.Where(pair => !pair.Value.IsOpen).OrderBy(pair => pair.Value.LastAdded))
        {
            if (kept <= MaxKept)
                break;
            kept -= window.Count;
            _windows.Remove(number);
        }
    }

    private static ulong Digest(long credentialId, string nonce)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        // Nearly all are UUIDs, which are as short already.
        if (Guid.TryParse(nonce, out var id))
            id.TryWriteBytes(hash);
        else
            SHA256.HashData(Encoding.UTF8.GetBytes(nonce), hash);
        var key = (ulong)credentialId * 0x9E37_79B9_7F4A_7C15; // spreads small numbers over all bits
        return BinaryPrimitives.ReadUInt64LittleEndian(hash) ^ BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]) ^ key;
    }
}
