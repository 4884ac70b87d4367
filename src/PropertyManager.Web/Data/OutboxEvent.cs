namespace PropertyManager.Web.Data;

/// <summary>
/// Something that people and programs are notified of, written in the transaction that makes it true. Who is notified is worked out after the
/// commit: the event is expanded into one <see cref="OutboxDelivery" /> for each recipient.
/// </summary>
public sealed class OutboxEvent
{
    public const int SubjectLength = 300;

    public long Id { get; init; }

    /// <summary>Such as <c>activation.live</c> or <c>webhook.disabled</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The activation it is about; null for an event about a webhook.</summary>
    public long? ActivationId { get; init; }

    /// <summary>The webhook it is about, whose owner gets an e-mail; null for an event about an activation.</summary>
    public long? WebhookId { get; init; }

    /// <summary>Of the e-mail.</summary>
    public required string Subject { get; init; }

    /// <summary>Of the e-mail.</summary>
    public required string Text { get; init; }

    /// <summary>What webhooks are sent, as JSON: every attempt sends the same. Null for an event that only e-mails tell of.</summary>
    public string? Body { get; init; }

    /// <summary>Real time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Real time; null until its deliveries are written.</summary>
    public DateTimeOffset? ExpandedAt { get; set; }
}
