namespace PropertyManager.Web.Data;

/// <summary>
/// A webhook or the mail server, and whether it takes deliveries at present. While it fails, it is tried again with one delivery,
/// however many wait for it.
/// </summary>
public sealed class OutboxReceiver
{
    /// <summary>The row of the mail server (or of the folder that stands in for it).</summary>
    public const long Mail = 1;

    public long Id { get; init; }

    /// <summary>Null for the mail server.</summary>
    public long? WebhookId { get; init; }

    /// <summary>The webhook's; null for the mail server.</summary>
    public Webhook? Webhook { get; init; }

    /// <summary>Real time of the next attempt; null when nothing is pending.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Real time before which it is not tried, because it failed; null while it takes deliveries.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>Attempts in a row that failed; 0 while it takes deliveries.</summary>
    public int Failures { get; set; }

    /// <summary>Real time of the first failure since the last delivery; null when there was none since.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>Why the last attempt failed; null while it takes deliveries.</summary>
    public string? Problem { get; set; }
}
