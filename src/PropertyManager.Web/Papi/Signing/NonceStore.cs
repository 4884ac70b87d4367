using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PropertyManager.Web.Papi.Signing;

/// <summary>
/// Remembers which requests were seen, for as long as their timestamps are good: a request that somebody recorded is refused when it comes again.
/// Only those whose signature was right are shown to it, so that nobody else fills it. A nonce takes the same few bytes however long it is.
/// </summary>
public sealed class NonceStore(TimeProvider time)
{
    // A second more than a timestamp can be good for: what is in neither half is surely too old.
    private static readonly TimeSpan Span = (2 * EdgeGridCheck.ClockTolerance) + TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private HashSet<(long CredentialId, UInt128 Nonce)> _newer = [];
    private HashSet<(long CredentialId, UInt128 Nonce)> _older = [];
    private long _turned = time.GetTimestamp();

    /// <summary>True the first time, for a program's key and nonce.</summary>
    public bool TryUse(long credentialId, string nonce)
    {
        var seen = (credentialId, Digest(nonce));
        // Looking and adding are one step: of two at the same time one is refused.
        lock (_gate)
        {
            TurnWhenDue();
            return !_older.Contains(seen) && _newer.Add(seen);
        }
    }

    private void TurnWhenDue()
    {
        var passed = time.GetElapsedTime(_turned);
        if (passed < Span)
            return;
        (_older, _newer) = (_newer, _older);
        _newer.Clear();
        // Nobody asked for so long: both halves are too old.
        if (passed >= 2 * Span)
            _older.Clear();
        _turned = time.GetTimestamp();
    }

    private static UInt128 Digest(string nonce)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        // Nearly all are UUIDs, which are as short already.
        if (Guid.TryParse(nonce, out var id))
            id.TryWriteBytes(hash);
        else
            SHA256.HashData(Encoding.UTF8.GetBytes(nonce), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
