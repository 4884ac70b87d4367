using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Sessions;

/// <summary>
/// Starts, checks and ends sessions. A session and the rights of its person are read together, and kept in memory for a moment because every request
/// and every action on a page asks: what changes in this process counts at once (<see cref="AccessChanges"/>), what another program writes into the
/// database counts when the kept state is too old for whoever asks.
/// </summary>
public sealed class SessionService : IDisposable
{
    /// <summary>Name of the claim that holds the session's id.</summary>
    public const string ClaimType = "pm-session";

    /// <summary>A session that is not used for so long has ended; so long is the cookie good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>Age of rights, at most, by which a request or an action is decided.</summary>
    public static readonly TimeSpan RightsAge = TimeSpan.FromSeconds(3);

    /// <summary>Age, at most, of what is known of the session behind an open page: the browser's acknowledgements ask several times a second.</summary>
    public static readonly TimeSpan SessionAge = TimeSpan.FromSeconds(30);

    private readonly IDbContextFactory<AppDbContext> _contexts;
    private readonly AccessReader _access;
    private readonly AccessChanges _changes;
    private readonly TimeProvider _time;
    private readonly IDisposable _subscription;
    private readonly ConcurrentDictionary<SessionKey, Kept> _kept = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _used = new();

    public SessionService(IDbContextFactory<AppDbContext> contexts, AccessReader access, AccessChanges changes, TimeProvider time)
    {
        (_contexts, _access, _changes, _time) = (contexts, access, changes, time);
        _subscription = changes.Subscribe(Forget);
    }

    public void Dispose() => _subscription.Dispose();

    /// <summary>Starts a session for somebody who has just signed in; null when there is no such person (any more).</summary>
    /// <param name="userId">The person's key.</param>
    /// <param name="userAgent">The browser's User-Agent header; may be empty.</param>
    /// <param name="address">Where it signs in from; null when that is not known.</param>
    /// <param name="cancellationToken">Ends it before anything is saved.</param>
    public async Task<Guid?> StartAsync(string userId, string userAgent, string? address, CancellationToken cancellationToken)
    {
        if (await _access.ReadPersonAsync(userId, session: null, cancellationToken) is not { } person)
            return null;
        var now = _time.GetUtcNow();
        var session = new UserSession
        {
            Id = Guid.NewGuid(),
            UserId = userId,
            SecurityStamp = person.SecurityStamp,
            RightsStamp = person.RightsStamp,
            CreatedAt = now,
            LastSeenAt = now,
            UserAgent = Cut(userAgent, UserSession.UserAgentLength),
            Address = address is null ? null : Cut(address, UserSession.AddressLength),
        };
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        return session.Id;
    }

    /// <summary>The state of the session that a cookie or a circuit belongs to.</summary>
    /// <param name="user">With the claims of <see cref="ClaimType"/> and the person's key; without them nothing is open.</param>
    /// <param name="maxAge">How old the answer may be where nothing was published meanwhile.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async ValueTask<SessionState> ReadAsync(ClaimsPrincipal user, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        if (SessionKey.Of(user) is not { } key)
            return SessionState.None;
        var now = _time.GetTimestamp();
        if (!_kept.TryGetValue(key, out var kept) || _time.GetElapsedTime(kept.ReadAt, now) > maxAge || kept.State is { IsFaulted: true })
        {
            // Many ask at once: the first reads for all.
            var fresh = new Kept(now, new(() => LoadAsync(key)));
            kept =
                kept is null ? _kept.GetOrAdd(key, fresh)
                : _kept.TryUpdate(key, fresh, kept) ? fresh
                : _kept.GetOrAdd(key, fresh);
        }
        var state = await kept.Reading.Value.WaitAsync(cancellationToken);
        if (state.IsOpen)
            _used[key.Session] = _time.GetUtcNow();
        return state;
    }

    /// <summary>Ends the session that a cookie belongs to; one that has ended keeps its first end.</summary>
    public async Task EndAsync(ClaimsPrincipal user, SessionEnd reason)
    {
        if (SessionKey.Of(user) is { } key)
            await EndAsync(key, reason);
    }

    /// <summary>Takes the sessions that were used since the last call, with the last use of each.</summary>
    internal IReadOnlyList<(Guid Session, DateTimeOffset At)> TakeUsed()
    {
        List<(Guid, DateTimeOffset)> used = [];
        foreach (var (session, _) in _used)
        {
            if (_used.TryRemove(session, out var at))
                used.Add((session, at));
        }
        foreach (var (key, kept) in _kept)
        {
            // Whoever comes back is read again.
            if (_time.GetElapsedTime(kept.ReadAt) > SessionAge)
                _kept.TryRemove(new(key, kept));
        }
        return used;
    }

    private async Task EndAsync(SessionKey key, SessionEnd reason)
    {
        var now = _time.GetUtcNow();
        // Not cancelled by a browser that leaves: whoever signs out and closes the window is signed out.
        await using (var db = await _contexts.CreateDbContextAsync())
        {
            await db
                .Sessions.Where(s => s.Id == key.Session && s.UserId == key.UserId && s.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now).SetProperty(s => s.EndReason, reason));
        }
        _changes.Publish(key.UserId);
    }

    private async Task<SessionState> LoadAsync(SessionKey key)
    {
        var person = await _access.ReadPersonAsync(key.UserId, key.Session, CancellationToken.None);
        if (person?.Session is not { EndedAt: null } session)
            return SessionState.None;
        if (EndOf(session, person) is not { } reason)
            return new(IsOpen: true, person.Access);
        try
        {
            // The row says why, and goes on to say so when what ended it is undone. Other pages of the session are told.
            await EndAsync(key, reason);
        }
        catch (Exception exception) when (DatabaseFailure.From(exception) is not null)
        {
            // It cannot be written now: the next look finds the same.
        }
        return SessionState.None;
    }

    private static SessionEnd? EndOf(UserSession session, PersonState person) =>
        // During a lock-out nobody signs in: a session that is older than the lock-out's end was there before it.
        person.LockedUntil > session.CreatedAt
            ? SessionEnd.LockedOut
        : person.SecurityStamp != session.SecurityStamp ? SessionEnd.SecurityStampChanged
        : person.RightsStamp != session.RightsStamp ? SessionEnd.RightsChanged
        : null;

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;

    private void Forget(string? userId)
    {
        foreach (var (key, kept) in _kept)
        {
            if (userId is null || key.UserId == userId)
                _kept.TryRemove(new(key, kept));
        }
    }

    /// <summary>Both come from the cookie: a session is looked up with its person in one command.</summary>
    private readonly record struct SessionKey(string UserId, Guid Session)
    {
        public static SessionKey? Of(ClaimsPrincipal user) =>
            user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && Guid.TryParse(user.FindFirstValue(ClaimType), out var session)
                ? new(id, session)
                : null;
    }

    private sealed record Kept(long ReadAt, Lazy<Task<SessionState>> Reading)
    {
        /// <summary>Null until somebody has begun to read.</summary>
        public Task? State => Reading.IsValueCreated ? Reading.Value : null;
    }
}
