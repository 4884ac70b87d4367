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
