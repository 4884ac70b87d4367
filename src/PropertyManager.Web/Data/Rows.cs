using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Data;

/// <summary>Where simulated time stands: one row, from which the clock goes on after a restart.</summary>
public sealed class SimulationState
{
    /// <summary>The one row's key.</summary>
    public const int Only = 1;

    public int Id { get; init; } = Only;

    /// <summary>Simulated time.</summary>
    public required DateTimeOffset Now { get; set; }

    /// <summary>Simulated seconds per second, as somebody set it; null while nobody did, and the setting counts.</summary>
    public double? Speed { get; set; }
}

/// <summary>What the servers of an activation fetch, as it was signed when that was accepted: a later generator of XML writes no other.</summary>
public sealed class ActivationPackage
{
    public required long ActivationId { get; init; }
    public required string Revision { get; init; }
    public required byte[] Content { get; init; }
    public required byte[] Sha256 { get; init; }
    public required byte[] Signature { get; init; }

    public RolloutPackage Package => new(Revision, Content, Sha256, Signature);
}

/// <summary>Trouble that waits for activations: it strikes those that run and those that start, until it is taken away.</summary>
public sealed class StandingFault
{
    public long Id { get; init; }

    /// <summary>Whose activations; null for all.</summary>
    public long? PropertyId { get; init; }
    public required Fault Fault { get; init; }

    /// <summary>E-mail address of the person who set it.</summary>
    public required string By { get; init; }

    /// <summary>Real time.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>What somebody changed in a version and has not saved: it outlives the tab, the connection and the process.</summary>
public sealed class VersionDraft
{
    public required long PropertyId { get; init; }
    public required int Version { get; init; }

    /// <summary>E-mail address of the person: each has their own.</summary>
    public required string By { get; init; }

    /// <summary><see cref="Domain.Properties.PropertyVersion.Revision"/> of the version that the changes were made to.</summary>
    public required int Revision { get; set; }

    /// <summary>The version that the changes were made to, as a file: what others make of it meanwhile is compared with that.</summary>
    public required string Base { get; set; }

    /// <summary>The version as it would be saved, as a file (<see cref="Domain.Configuration.PropertyVersionDocument"/>).</summary>
    public required string Document { get; set; }

    /// <summary>Rules as text that cannot be read yet, as it stands in the JSON view; null when it can.</summary>
    public string? Unread { get; set; }

    /// <summary>Real time.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A program that signs its requests, and may do at most what the person may who made it.</summary>
public sealed class ApiClient
{
    /// <summary>Characters of <see cref="Name"/>, at most.</summary>
    public const int NameLength = 100;

    public long Id { get; init; }

    /// <summary>Whose rights it has.</summary>
    public required string UserId { get; init; }

    /// <summary>What it is for, in its maker's words.</summary>
    public required string Name { get; set; }

    /// <summary>Goes with every request beside the credential's client token; not secret by itself.</summary>
    public required string AccessToken { get; init; }

    /// <summary>It reads, whatever its maker may do.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>It is confined to these groups and those under them; empty for all of its maker's.</summary>
    public IReadOnlyList<long> Groups { get; set; } = [];

    /// <summary>Rule format of properties that it makes, where the request names none; null for the newest.</summary>
    public string? RuleFormat { get; set; }

    /// <summary>Identifiers in answers have their prefixes where the request does not say.</summary>
    public bool UsePrefixes { get; set; } = true;

    /// <summary>Real time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Real time; null while it works.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Several while keys are changed one after another: a new one is made, taken into use, and the old one revoked.</summary>
    public IList<ApiCredential> Credentials { get; init; } = [];
}

/// <summary>A client token and the secret that its requests are signed with.</summary>
public sealed class ApiCredential
{
    public long Id { get; init; }
    public long ApiClientId { get; init; }

    /// <summary>Names the credential in a request.</summary>
    public required string ClientToken { get; init; }

    /// <summary>Encrypted with the data directory's keys: whoever verifies a signature needs the secret itself.</summary>
    public required string ProtectedSecret { get; init; }

    /// <summary>Real time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Real time, to the minute; null while it was never used.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>Real time; null while it works.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>Many changes that were asked for at once, and what became of each.</summary>
public sealed class BulkRequest
{
    public long Id { get; init; }

    /// <summary>What is asked for: activations, versions, a search of rules or a patch of rules.</summary>
    public required string Kind { get; init; }

    /// <summary>Whose client asked: nobody else reads it.</summary>
    public required string UserId { get; init; }

    /// <summary>Real time.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Real time.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Every part of it has its outcome.</summary>
    public bool IsDone { get; set; }

    /// <summary>What was asked for, as JSON. Parts of it that were begun have a <see cref="BulkOutcome" />, which stands for them.</summary>
    public required string Document { get; set; }
}

/// <summary>One part of a bulk request as it was noted last: a note writes this, however much the request has beside it.</summary>
public sealed class BulkOutcome
{
    public required long RequestId { get; init; }

    /// <summary>Which part, from 0.</summary>
    public required int Part { get; init; }

    /// <summary>As JSON.</summary>
    public required string Document { get; set; }
}

/// <summary>An address that is told when activations change.</summary>
public sealed class Webhook
{
    public long Id { get; init; }

    /// <summary>Whose rights decide what it is told of.</summary>
    public required string UserId { get; init; }

    /// <summary>Whose activations; null for all that the person may read.</summary>
    public long? PropertyId { get; init; }

    /// <summary>Absolute, http or https.</summary>
    public required string Url { get; set; }

    /// <summary>Signs what is sent; encrypted with the data directory's keys.</summary>
    public required string ProtectedSecret { get; init; }

    /// <summary>Real time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Real time; null while it is told.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>Why the application disabled it; null where its owner did, and while it is enabled.</summary>
    public string? DisabledReason { get; set; }

    /// <summary>Whether its address takes messages at present.</summary>
    public OutboxReceiver? Receiver { get; init; }
}
