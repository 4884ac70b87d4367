namespace PropertyManager.Web.Data;

/// <summary>
/// One sign-in of a person in one browser. The cookie carries its id, and is good only while the row has not ended and nothing that it was made with
/// has changed: a copy of the cookie ends with it.
/// </summary>
public sealed class UserSession
{
    /// <summary>Characters of <see cref="UserAgent"/>, at most; what is longer is cut.</summary>
    public const int UserAgentLength = 300;

    /// <summary>Characters of <see cref="Address"/>, at most: the longest form of an IPv6 address.</summary>
    public const int AddressLength = 45;

    public required Guid Id { get; init; }
    public required string UserId { get; init; }

    /// <summary>The person's security stamp at sign-in: another one ends the session.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary><see cref="PersonState.RightsStamp"/> at sign-in: another one ends the session.</summary>
    public required string RightsStamp { get; init; }

    /// <summary>Real time. A lock-out that lasts beyond it ends the session.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Real time, to the minute.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>The browser's User-Agent header at sign-in; empty when it sent none.</summary>
    public required string UserAgent { get; init; }

    /// <summary>The address it signed in from; null when it is not known.</summary>
    public string? Address { get; init; }

    /// <summary>Real time; null while the session is open.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Null while the session is open.</summary>
    public SessionEnd? EndReason { get; set; }
}

/// <summary>Why a session ended.</summary>
public enum SessionEnd
{
    /// <summary>The person signed out.</summary>
    SignedOut,

    /// <summary>Somebody signed in anew in the same browser.</summary>
    Replaced,

    /// <summary>The person was locked out.</summary>
    LockedOut,

    /// <summary>A role was given or taken away, or what the person may do beside roles changed.</summary>
    RightsChanged,

    /// <summary>The security stamp changed: a new password, for instance.</summary>
    SecurityStampChanged,

    /// <summary>It was not used for as long as a sign-in lasts.</summary>
    Expired,
}
