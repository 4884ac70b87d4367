using System.Collections.Concurrent;

namespace PropertyManager.Web.Papi.Signing;

/// <summary>
/// Remembers which requests were seen, for as long as their timestamps are good: a request that somebody recorded is refused when it comes again.
/// </summary>
public sealed class NonceStore(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _span = 2 * EdgeGridHandler.ClockTolerance;
    private ConcurrentDictionary<(long, string), byte> _newer = new();
    private ConcurrentDictionary<(long, string), byte> _older = new();
    private DateTimeOffset _turned = time.GetUtcNow();

    /// <summary>True the first time, for a program's key and nonce.</summary>
    public bool TryUse(long credentialId, string nonce)
    {
        TurnWhenDue();
        // Two halves, each for as long as a timestamp can be good: what is in neither is too old to come again.
        return !_older.ContainsKey((credentialId, nonce)) && _newer.TryAdd((credentialId, nonce), 0);
    }

    private void TurnWhenDue()
    {
        if (time.GetUtcNow() - _turned < _span)
            return;
        lock (_gate)
        {
            if (time.GetUtcNow() - _turned < _span)
                return;
            (_older, _newer) = (_newer, new());
            _turned = time.GetUtcNow();
        }
    }
}
