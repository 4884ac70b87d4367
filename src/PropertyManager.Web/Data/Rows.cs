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

/// <summary>An e-mail to be sent, written in the same transaction as what it tells of.</summary>
public sealed class OutboxMessage
{
    public long Id { get; init; }
    public required long ActivationId { get; init; }

    /// <summary>Addresses, separated by commas.</summary>
    public required string To { get; init; }
    public required string Subject { get; init; }
    public required string Body { get; init; }

    /// <summary>Real time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Real time; null until it is sent.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>How often it could not be sent.</summary>
    public int Failures { get; set; }

    /// <summary>Real time before which it is not tried again.</summary>
    public required DateTimeOffset NextTryAt { get; set; }
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
