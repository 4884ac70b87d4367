using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PropertyManager.Web.Papi.Signing;

/// <summary>
/// Remembers which requests were seen, for as long as their timestamps are good: a request that somebody recorded is refused when it comes again.
/// Only those whose signature was right are shown to it, so that nobody else fills it. Of a nonce it keeps eight bytes, however long it is: two that
/// are the same in these are not told apart, which refuses a request once in many millions, and never lets one through.
/// </summary>
public sealed class NonceStore
{
    private const int WindowSeconds = 10;

    /// <summary>One more than the windows in which timestamps are good at the same time: none is emptied before it is too old.</summary>
    private static readonly int Windows = (int)(2 * EdgeGridCheck.ClockTolerance.TotalSeconds / WindowSeconds) + 2;

    private readonly Lock _gate = new();
    private readonly (long Window, HashSet<ulong> Seen)[] _windows = [.. Enumerable.Range(0, Windows).Select(_ => (-1L, new HashSet<ulong>()))];

    /// <summary>True the first time, for a program's key and nonce.</summary>
    /// <param name="credentialId">Of the key.</param>
    /// <param name="nonce">As it came.</param>
    /// <param name="signedAt">The request's timestamp, which is good now.</param>
    public bool TryUse(long credentialId, string nonce, DateTimeOffset signedAt)
    {
        var seen = Digest(credentialId, nonce);
        var window = signedAt.ToUnixTimeSeconds() / WindowSeconds;
        // Looking and adding are one step: of two at the same time one is refused.
        lock (_gate)
        {
            // With another timestamp it is the same nonce still.
            if (Array.Exists(_windows, other => other.Seen.Contains(seen)))
                return false;
            ref var held = ref _windows[window % Windows];
            // Its timestamp was good when the request began to come, and is too old by now: what was seen then is forgotten.
            if (held.Window > window)
                return false;
            if (held.Window != window)
            {
                held.Window = window;
                held.Seen.Clear();
            }
            held.Seen.Add(seen);
            return true;
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
