namespace PropertyManager.Web.Data;

/// <summary>An event on its way to one webhook or one e-mail address.</summary>
public sealed class OutboxDelivery
{
    public const int ProblemLength = 500;

    /// <summary>After so long, real time, a delivery that fails again is given up.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Rises with each delivery to a receiver; receivers tell repeated messages by it.</summary>
    public long Id { get; init; }
    public required long EventId { get; init; }
    public required long ReceiverId { get; init; }

    /// <summary>The e-mail address; empty for a webhook. An event has one delivery for each receiver and recipient.</summary>
    public required string Recipient { get; init; }
    public DeliveryState State { get; set; }

    /// <summary>Real time at which the event was expanded. <see cref="Lifetime" /> counts from here.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Real time before which it is not tried; counts only while it is pending.</summary>
    public required DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Failed attempts with this delivery itself; while a receiver is down, one of its pending deliveries is tried for all.</summary>
    public int Failures { get; set; }

    /// <summary>Why the last attempt failed, or why it ended without being delivered; null after a delivery.</summary>
    public string? Problem { get; set; }

    /// <summary>Real time; null while it is pending.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>How a delivery ended. The numbers are in the database.</summary>
public enum DeliveryState
{
    Pending = 0,
    Delivered = 1,

    /// <summary>It was not delivered within its lifetime.</summary>
    GivenUp = 2,

    /// <summary>The receiver will never take this one: an address that does not exist, for instance.</summary>
    Refused = 3,

    /// <summary>Not sent, because the webhook's owner lost the right to read the property.</summary>
    Skipped = 4,
}
