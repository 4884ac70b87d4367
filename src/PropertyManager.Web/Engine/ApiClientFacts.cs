using PropertyManager.Domain;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>What an API client is to be.</summary>
/// <param name="Name">In its maker's words; white space around it does not count.</param>
/// <param name="IsReadOnly">It changes nothing, whatever its maker may do.</param>
/// <param name="Groups">It sees these and those under them; null for all that its maker sees.</param>
public sealed record ApiClientWish(string Name, bool IsReadOnly, IReadOnlyList<long>? Groups)
{
    /// <summary>Code of refusals that are about the name.</summary>
    public const string InvalidName = "invalid-name";

    /// <summary>Code of refusals that are about the groups.</summary>
    public const string InvalidGroups = "invalid-groups";

    /// <summary>What is wrong with it by itself; null when nothing is.</summary>
    public Refusal? Problem
    {
        get
        {
            var name = Name.Trim();
            if (name.Length == 0)
                return new(InvalidName, "Give it a name that says what it is for.");
            if (name.Length > ApiClient.NameLength)
                return new(InvalidName, $"The name has {name.Length} characters: {ApiClient.NameLength} at most.");
            if (name.Any(char.IsControl))
                return new(InvalidName, "The name has a character that cannot be shown, such as a line break.");
            // None would mean all: nobody widens what a client may see by taking the last group away.
            return Groups is { Count: 0 } ? new(InvalidGroups, "Choose at least one group, or let it see all that you see.") : null;
        }
    }
}

/// <summary>An API client as its maker sees it.</summary>
/// <param name="Groups">It sees these and those under them; empty for all that its maker sees.</param>
/// <param name="CreatedAt">Real time.</param>
/// <param name="RevokedAt">Real time; null while it works.</param>
/// <param name="Keys">The newest first.</param>
public sealed record ApiClientFacts(
    long Id,
    string Name,
    string AccessToken,
    bool IsReadOnly,
    IReadOnlyList<long> Groups,
    DateTimeOffset CreatedAt,
    DateTimeOffset? RevokedAt,
    IReadOnlyList<ApiKeyFacts> Keys
)
{
    /// <summary>Keys whose requests are answered.</summary>
    public int WorkingKeys => RevokedAt is null ? Keys.Count(key => key.RevokedAt is null) : 0;

    internal static ApiClientFacts Of(ApiClient client) =>
        new(
            client.Id,
            client.Name,
            client.AccessToken,
            client.IsReadOnly,
            client.Groups,
            client.CreatedAt,
            client.RevokedAt,
            [
                .. client
                    .Credentials.OrderByDescending(key => key.Id)
                    .Select(key => new ApiKeyFacts(key.Id, key.ClientToken, key.CreatedAt, key.LastUsedAt, key.RevokedAt)),
            ]
        );
}

/// <summary>A key, without its secret.</summary>
/// <param name="ClientToken">Names it in requests.</param>
/// <param name="CreatedAt">Real time.</param>
/// <param name="LastUsedAt">Real time, to the minute; null while it was never used.</param>
/// <param name="RevokedAt">Real time; null while it works.</param>
public sealed record ApiKeyFacts(long Id, string ClientToken, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);

/// <summary>A key that was just made, with its secret: it cannot be read again.</summary>
/// <param name="ClientId">Of its client.</param>
/// <param name="ClientName">Of its client.</param>
/// <param name="ClientToken">Names the key in requests.</param>
/// <param name="ClientSecret">Base64 of 32 bytes; requests are signed with this text.</param>
/// <param name="AccessToken">Names the client in requests.</param>
public sealed record ApiKey(long ClientId, string ClientName, string ClientToken, string ClientSecret, string AccessToken)
{
    /// <summary>Without the secret: a log may print it.</summary>
    public override string ToString() => ClientToken;
}

/// <summary>The key that was made, or why none was.</summary>
public sealed record ApiKeyAnswer(ApiKey? Key, Refusal? Refusal);
