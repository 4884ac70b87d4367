namespace PropertyManager.Web.Papi.Signing;

/// <summary>
/// The nonces of some neighboring timestamps: a set while requests with these timestamps arrive, and a sorted array afterwards, which takes eight
/// bytes a nonce. Not safe for threads.
/// </summary>
internal sealed class NonceWindow
{
    private HashSet<ulong>? _set;
    private ulong[] _sorted = [];

    /// <summary>When the newest nonce came, as a time stamp of the monotonic clock.</summary>
    public long LastAdded { get; private set; }

    /// <summary>Whether nonces are added to it at present.</summary>
    public bool IsOpen => _set is not null;

    public int Count => _sorted.Length + (_set?.Count ?? 0);

    public bool Contains(ulong nonce) => _set?.Contains(nonce) == true || Array.BinarySearch(_sorted, nonce) >= 0;

    public void Add(ulong nonce, long now)
    {
        _set ??= [];
        _set.Add(nonce);
        LastAdded = now;
    }

    /// <summary>Gives the set's memory back. Nonces can be added again later.</summary>
    public void Close()
    {
        if (_set is null)
            return;
        ulong[] all = [.. _sorted, .. _set];
        Array.Sort(all);
        (_sorted, _set) = (all, null);
    }
}
