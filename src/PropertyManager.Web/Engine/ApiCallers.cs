using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>A program that asks, as its requests are checked: it knows the secret that they are signed with.</summary>
/// <param name="CredentialId">Of the key in use.</param>
/// <param name="AccessToken">Has to stand beside the client token.</param>
/// <param name="Secret">What the requests are signed with; never logged.</param>
/// <param name="UserId">Whose rights it has.</param>
/// <param name="Access">What it may do: never more than the person.</param>
/// <param name="IsReadOnly">It changes nothing, not even what its person may change who only reads properties.</param>
/// <param name="RevokedAt">Real time; null while it works.</param>
/// <param name="RuleFormat">Of properties that it makes, where the request names none; null for the newest.</param>
/// <param name="UsePrefixes">Identifiers in answers have their prefixes where the request does not say.</param>
public sealed record ApiCaller(
    long ClientId,
    long CredentialId,
    string AccessToken,
    byte[] Secret,
    string UserId,
    Access Access,
    bool IsReadOnly,
    DateTimeOffset? RevokedAt,
    string? RuleFormat,
    bool UsePrefixes
)
{
    /// <summary>What it may try out, where nothing is written: a program that only reads tries out what its person may do.</summary>
    public Access Trials { get; init; } = Access;

    /// <summary>Real time until which the person is locked out, past or to come; null when they never were.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Changes with the person's rights and security stamp: a connection that was made with another one is ended.</summary>
    public string PersonStamp { get; init; } = "";

    /// <summary>Nobody has revoked it, and its person is not locked out.</summary>
    /// <param name="now">Real time.</param>
    public bool IsUsable(DateTimeOffset now) => RevokedAt is null && !(LockedUntil > now);

    /// <summary>The account that it was switched to (<see cref="ApiCallers.SwitchAsync"/>); null where it was not.</summary>
    public long? Account { get; init; }
}

/// <summary>
/// Finds who signed a request. Held in memory for a moment, because every request asks: what is changed here, roles and lock-outs included, counts
/// at once, what another program changes in the database within <see cref="Fresh"/>.
/// </summary>
public sealed class ApiCallers : IDisposable
{
    /// <summary>So long what was read is used again, real time.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>To the minute is exact enough for "last used", and does not write with each request.</summary>
    private static readonly TimeSpan UseNoted = TimeSpan.FromMinutes(1);

    /// <summary>Accounts that support staff's programs looked at are remembered up to this: whoever walks through numbers does not fill the memory.</summary>
    private const int MostSwitched = 10_000;

    /// <summary>Before every instant that there will be.</summary>
    private const long Past = long.MinValue;

    private readonly IDbContextFactory<AppDbContext> _contexts;
    private readonly AccessReader _access;
    private readonly TimeProvider _time;
    private readonly IDataProtector _protector;
    private readonly IDisposable _subscription;
    private readonly ConcurrentDictionary<string, (long Until, ApiCaller Caller)> _held = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string ClientToken, int Generation), Lazy<Task<ApiCaller?>>> _reading = new();
    private readonly ConcurrentDictionary<(long Client, long Account), (long Until, Access Access)> _switched = new();
    private readonly ConcurrentDictionary<long, long> _used = new();
    private int _generation;

    public ApiCallers(
        IDbContextFactory<AppDbContext> contexts,
        AccessReader access,
        AccessChanges changes,
        IDataProtectionProvider protection,
        TimeProvider time
    )
    {
        (_contexts, _access, _time) = (contexts, access, time);
        _protector = protection.CreateProtector(SecretText.ApiCredential);
        _subscription = changes.Subscribe(ForgetPerson);
    }

    public void Dispose() => _subscription.Dispose();

    /// <summary>The program with this client token; null when there is none.</summary>
    public async ValueTask<ApiCaller?> FindAsync(string clientToken, CancellationToken cancellationToken)
    {
        if (_held.TryGetValue(clientToken, out var held) && _time.GetTimestamp() < held.Until)
            return held.Caller;
        // Many ask at the moment at which what is held grows old: one reads for all. What is forgotten meanwhile is not for those who come later.
        var key = (clientToken, Volatile.Read(ref _generation));
        var reading = _reading.GetOrAdd(key, static (key, callers) => new(() => callers.HoldAsync(key)), this);
        return await reading.Value.WaitAsync(cancellationToken);
    }

    /// <summary>Whether it is known without reading that there is a program with this client token; it may be revoked.</summary>
    public bool Holds(string clientToken) => _held.ContainsKey(clientToken);

    /// <summary>
    /// The program within one account: support staff's sees all of it and changes nothing, another has there what it has anyway. Null where that is
    /// nothing.
    /// </summary>
    public async ValueTask<ApiCaller?> SwitchAsync(ApiCaller caller, long accountId, CancellationToken cancellationToken)
    {
        var switched = await AccessInAsync(caller, accountId, cancellationToken);
        if (caller.Access.IsSupport)
            return caller with { Access = switched, Trials = switched, Account = accountId };
        return switched.Roles.Count == 0
            ? null
            : caller with
            {
                Access = switched,
                Trials = caller.Trials.Within(switched.Roles.ContainsKey),
                Account = accountId,
            };
    }

    private async ValueTask<Access> AccessInAsync(ApiCaller caller, long accountId, CancellationToken cancellationToken)
    {
        if (_switched.TryGetValue((caller.ClientId, accountId), out var held) && _time.GetTimestamp() < held.Until)
            return held.Access;
        var switched = await _access.SwitchAsync(caller.Access, accountId, cancellationToken);
        if (_switched.Count > MostSwitched)
            _switched.Clear();
        _switched[(caller.ClientId, accountId)] = (Until(), switched);
        return switched;
    }

    /// <summary>What a program may do now, for work that goes on after its request; null once it is revoked, and while its person is locked out.</summary>
    public async Task<Access?> AccessAsync(long clientId, CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var client = await db.ApiClients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == clientId && c.RevokedAt == null, cancellationToken);
        if (client is null || await _access.ReadPersonAsync(client.UserId, session: null, cancellationToken) is not { } person)
            return null;
        return person.LockedUntil > _time.GetUtcNow() ? null : (await AccessOfAsync(client, person.Access, cancellationToken)).Access;
    }

    /// <summary>Notes that the key was used.</summary>
    public async ValueTask UsedAsync(ApiCaller caller, CancellationToken cancellationToken)
    {
        // By the monotonic clock: whether it is time to write does not depend on a wall clock that was set.
        if (_used.TryGetValue(caller.CredentialId, out var noted) && _time.GetElapsedTime(noted) < UseNoted)
            return;
        _used[caller.CredentialId] = _time.GetTimestamp();
        var now = _time.GetUtcNow();
        try
        {
            await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
            await db
                .ApiCredentials.Where(c => c.Id == caller.CredentialId)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.LastUsedAt, now), cancellationToken);
        }
        catch (Exception exception) when (DatabaseFailure.From(exception) is not null)
        {
            // A database that is busy keeps nobody from reading: the next minute notes it.
        }
    }

    /// <summary>Something about the programs was changed: all are read anew.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _generation);
        foreach (var (token, held) in _held)
            _held[token] = held with { Until = Past };
        _switched.Clear();
    }

    /// <summary>The same of a person's programs, or of all.</summary>
    private void ForgetPerson(string? userId)
    {
        Interlocked.Increment(ref _generation);
        foreach (var (token, held) in _held)
        {
            if (userId is null || held.Caller.UserId == userId)
                _held[token] = held with { Until = Past };
        }
        _switched.Clear();
    }

    /// <summary>The same of one program.</summary>
    public void Forget(long clientId)
    {
        Interlocked.Increment(ref _generation);
        foreach (var (token, held) in _held)
        {
            if (held.Caller.ClientId == clientId)
                _held[token] = held with { Until = Past };
        }
    }

    /// <summary>A secret, as it is kept.</summary>
    public string Protect(string secret) => _protector.Protect(secret);

    private long Until() => _time.GetTimestamp() + (long)(Fresh.TotalSeconds * _time.TimestampFrequency);

    private async Task<ApiCaller?> HoldAsync((string ClientToken, int Generation) key)
    {
        try
        {
            var caller = await ReadAsync(key.ClientToken, CancellationToken.None);
            // Tokens that there are not are not held: whoever guesses does not fill the memory.
            if (caller is null)
                return null;
            _held[key.ClientToken] = (Until(), caller);
            // What was forgotten meanwhile may have been read before the change.
            if (key.Generation != Volatile.Read(ref _generation))
                _held[key.ClientToken] = (Past, caller);
            return caller;
        }
        finally
        {
            _reading.TryRemove(key, out _);
        }
    }

    private async Task<ApiCaller?> ReadAsync(string clientToken, CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var found = await db
            .ApiCredentials.AsNoTracking()
            .Where(c => c.ClientToken == clientToken)
            .Join(db.ApiClients, c => c.ApiClientId, c => c.Id, (Credential, Client) => new { Credential, Client })
            .SingleOrDefaultAsync(cancellationToken);
        // A database may take letters for the same that are not.
        if (found?.Credential.ClientToken != clientToken || Unprotect(found.Credential) is not { } secret)
            return null;
        var (credential, client) = (found.Credential, found.Client);
        if (await _access.ReadPersonAsync(client.UserId, session: null, cancellationToken) is not { } person)
            return null;
        var (rights, trials) = await AccessOfAsync(client, person.Access, cancellationToken);
        return new ApiCaller(
            client.Id,
            credential.Id,
            client.AccessToken,
            secret,
            client.UserId,
            rights,
            client.IsReadOnly,
            client.RevokedAt ?? credential.RevokedAt,
            client.RuleFormat,
            client.UsePrefixes
        )
        {
            Trials = trials,
            LockedUntil = person.LockedUntil,
            PersonStamp = $"{person.SecurityStamp} {person.RightsStamp}",
        };
    }

    /// <summary>Null where the data directory's keys are not those that it was encrypted with: then nobody can sign with it any more.</summary>
    private byte[]? Unprotect(ApiCredential credential)
    {
        try
        {
            return Encoding.UTF8.GetBytes(_protector.Unprotect(credential.ProtectedSecret));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task<(Access Access, Access Trials)> AccessOfAsync(ApiClient client, Access person, CancellationToken cancellationToken)
    {
        var groups = client.Groups.Count == 0 ? null : await _access.UnderAsync(client.Groups, cancellationToken);
        // Support staff's program that is confined to groups reads those, like anybody else's.
        var given = person.IsSupport && groups is not null ? groups.ToDictionary(id => id, _ => Role.Viewer) : person.Roles;
        var trials = person with
        {
            Client = client.Name,
            IsSupport = person.IsSupport && groups is null,
            IsConfined = groups is not null,
            MayDemonstrate = person.MayDemonstrate && !client.IsReadOnly,
            Roles = given.Where(pair => groups?.Contains(pair.Key) != false).ToDictionary(),
        };
        return (client.IsReadOnly ? trials with { Roles = trials.Roles.ToDictionary(pair => pair.Key, _ => Role.Viewer) } : trials, trials);
    }
}
