using System.Collections.Concurrent;

namespace PropertyManager.Web.Engine;

/// <summary>Places of which each API client has so many at a time.</summary>
/// <param name="most">Of one client.</param>
internal sealed class ClientPlaces(int most)
{
    private readonly ConcurrentDictionary<long, int> _taken = new();

    /// <summary>Takes one, until it is disposed of; null when the client has them all.</summary>
    public IDisposable? Take(long clientId)
    {
        var place = new Place(this, clientId);
        if (_taken.AddOrUpdate(clientId, 1, (_, taken) => taken + 1) <= most)
            return place;
        place.Dispose();
        return null;
    }

    private void Leave(long clientId)
    {
        var taken = _taken.AddOrUpdate(clientId, 0, (_, taken) => taken - 1);
        if (taken == 0)
            _taken.TryRemove(new(clientId, 0));
    }

    private sealed class Place(ClientPlaces places, long clientId) : IDisposable
    {
        private int _isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) == 0)
                places.Leave(clientId);
        }
    }
}
