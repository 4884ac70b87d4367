using System.Data;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>
/// What people ask of their API clients. Everybody has their own, admins too: a client acts in its maker's name, so nobody else makes it, sees it or
/// changes it.
/// </summary>
public sealed class ApiClientDesk(IDbContextFactory<AppDbContext> contexts, AccessReader access, ApiCallers callers, TimeProvider time)
{
    /// <summary>Keys of a client that work at a time, at most: the one in use, and the one that takes its place.</summary>
    public const int MostKeys = 2;

    /// <summary>Clients of a person that work at a time, at most.</summary>
    public const int MostClients = 50;

    private const int SecretBytes = 32;
    private const string TokenCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly Refusal Unknown = new("not-found", "You have no such API client.");
    private static readonly Refusal Revoked = new("api-client-revoked", "This API client is revoked, and stays so: make another.");

    /// <summary>A person's clients without their secrets, the newest first; those that work before those that are revoked.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ApiClientFacts>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var clients = await db
            .ApiClients.AsNoTracking()
            .Include(client => client.Credentials)
            .Where(client => client.UserId == userId)
            .ToListAsync(cancellationToken);
        return [.. clients.OrderBy(client => client.RevokedAt is not null).ThenByDescending(client => client.Id).Select(ApiClientFacts.Of)];
    }

    /// <summary>Makes a client with its first key. The secret is in the answer and nowhere else.</summary>
    /// <param name="userId">Whose rights it has.</param>
    /// <param name="wish">What it is to be.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<ApiKeyAnswer> CreateAsync(string userId, ApiClientWish wish, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (await RefuseAsync(db, userId, wish, clientId: null, cancellationToken) is { } refusal)
            return new(null, refusal);
        if (await db.ApiClients.CountAsync(client => client.UserId == userId && client.RevokedAt == null, cancellationToken) >= MostClients)
            return new(null, new("too-many-api-clients", $"You have {MostClients} API clients: revoke one first."));
        var client = new ApiClient
        {
            UserId = userId,
            Name = wish.Name.Trim(),
            AccessToken = Token(),
            IsReadOnly = wish.IsReadOnly,
            Groups = Groups(wish),
            CreatedAt = time.GetUtcNow(),
        };
        db.ApiClients.Add(client);
        return await SaveKeyAsync(db, client, cancellationToken);
    }

    /// <summary>
    /// A further key for a client, so that the one in use can be replaced: both work until the old one is revoked.
    /// </summary>
    public async Task<ApiKeyAnswer> AddKeyAsync(string userId, long clientId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (await FindAsync(db, userId, clientId, cancellationToken) is not { } client)
            return new(null, Unknown);
        if (client.RevokedAt is not null)
            return new(null, Revoked);
        if (client.Credentials.Count(key => key.RevokedAt is null) >= MostKeys)
            return new(null, new("too-many-keys", $"{client.Name} has {MostKeys} keys that work. Revoke the one that is no longer used first."));
        return await SaveKeyAsync(db, client, cancellationToken);
    }

    /// <summary>Names or restricts a client anew; it counts from its next request on. Null when that is done.</summary>
    public async Task<Refusal?> ChangeAsync(string userId, long clientId, ApiClientWish wish, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (await FindAsync(db, userId, clientId, cancellationToken) is not { } client)
            return Unknown;
        if (client.RevokedAt is not null)
            return Revoked;
        if (await RefuseAsync(db, userId, wish, clientId, cancellationToken) is { } refusal)
            return refusal;
        (client.Name, client.IsReadOnly, client.Groups) = (wish.Name.Trim(), wish.IsReadOnly, Groups(wish));
        await SaveAsync(db, cancellationToken);
        return null;
    }

    /// <summary>Ends a key at once; it keeps the time at which it was first revoked. Null when it does not work any more.</summary>
    public async Task<Refusal?> RevokeKeyAsync(string userId, long clientId, long keyId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var client = await FindAsync(db, userId, clientId, cancellationToken);
        if (client?.Credentials.SingleOrDefault(key => key.Id == keyId) is not { } found)
            return Unknown;
        found.RevokedAt ??= time.GetUtcNow();
        await SaveAsync(db, cancellationToken);
        return null;
    }

    /// <summary>Ends a client with all its keys at once. Null when it does not work any more.</summary>
    public async Task<Refusal?> RevokeAsync(string userId, long clientId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (await FindAsync(db, userId, clientId, cancellationToken) is not { } client)
            return Unknown;
        client.RevokedAt ??= time.GetUtcNow();
        await SaveAsync(db, cancellationToken);
        return null;
    }

    private async Task<Refusal?> RefuseAsync(AppDbContext db, string userId, ApiClientWish wish, long? clientId, CancellationToken cancellationToken)
    {
        if (wish.Problem is { } problem)
            return problem;
        var name = wish.Name.Trim();
        var others = await db
            .ApiClients.Where(client => client.UserId == userId && client.RevokedAt == null && client.Id != clientId)
            .Select(client => client.Name)
            .ToListAsync(cancellationToken);
        // Beside what it changes, a client is known by its name alone.
        if (others.Contains(name, StringComparer.OrdinalIgnoreCase))
            return new(ApiClientWish.InvalidName, $"You have an API client called {name} already.");
        var person = await access.ReadAsync(userId, cancellationToken);
        if (person == Access.None)
            return new("not-permitted", "Only people who are known here have API clients.");
        if (wish.Groups is not { } groups)
            return null;
        var seen = await db.Groups.Seen(person).Select(group => group.Id).ToListAsync(cancellationToken);
        return groups.Except(seen).Any()
            ? new(ApiClientWish.InvalidGroups, "A group that was chosen is not there, or you have no role in it.")
            : null;
    }

    private static Task<ApiClient?> FindAsync(AppDbContext db, string userId, long clientId, CancellationToken cancellationToken) =>
        db
            .ApiClients.Include(client => client.Credentials)
            .SingleOrDefaultAsync(client => client.Id == clientId && client.UserId == userId, cancellationToken);

    private async Task<ApiKeyAnswer> SaveKeyAsync(AppDbContext db, ApiClient client, CancellationToken cancellationToken)
    {
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
        var key = new ApiCredential
        {
            ClientToken = Token(),
            ProtectedSecret = callers.Protect(secret),
            CreatedAt = time.GetUtcNow(),
        };
        client.Credentials.Add(key);
        await SaveAsync(db, cancellationToken);
        return new(new ApiKey(client.Id, client.Name, key.ClientToken, secret, client.AccessToken), null);
    }

    private async Task SaveAsync(AppDbContext db, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await db.Database.CommitTransactionAsync(cancellationToken);
        callers.Forget();
    }

    private static List<long> Groups(ApiClientWish wish) => [.. (wish.Groups ?? []).Distinct().Order()];

    private static string Token() =>
        $"akab-{RandomNumberGenerator.GetString(TokenCharacters, 16)}-{RandomNumberGenerator.GetString(TokenCharacters, 16)}";
}
