using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Outbox;

/// <summary>A way to deliver: by e-mail, or to a webhook.</summary>
public interface IDeliveryChannel
{
    /// <summary>Pauses after the first failure of a delivery, the second, and so on; the last one repeats.</summary>
    IReadOnlyList<TimeSpan> Waits { get; }

    /// <summary>
    /// Sends the deliveries in their order and returns what became of each as it ends. Ends early after <see cref="DeliveryOutcome.ReceiverFailed" />:
    /// the rest was not tried. Throws only when it is canceled, or when the database fails.
    /// </summary>
    /// <param name="receiver">With its webhook, if it is one.</param>
    /// <param name="deliveries">Pending ones of this receiver.</param>
    /// <param name="cancellationToken">The application ends.</param>
    IAsyncEnumerable<DeliveryResult> SendAsync(
        OutboxReceiver receiver,
        IReadOnlyList<PendingDelivery> deliveries,
        CancellationToken cancellationToken
    );
}

/// <summary>A delivery that is due.</summary>
/// <param name="Failures">Attempts that failed before.</param>
/// <param name="Event">What it delivers.</param>
public sealed record PendingDelivery(long Id, string Recipient, DateTimeOffset CreatedAt, int Failures, OutboxEvent Event);

/// <param name="Problem">What went wrong, in a sentence; null when it was delivered.</param>
public sealed record DeliveryResult(PendingDelivery Delivery, DeliveryOutcome Outcome, string? Problem = null);

public enum DeliveryOutcome
{
    Delivered,

    /// <summary>The receiver will never take this delivery; others are not affected.</summary>
    Refused,

    /// <summary>Not sent, because the webhook's owner may not read the property any more.</summary>
    Skipped,

    /// <summary>The receiver did not take this delivery now; others are not affected.</summary>
    Deferred,

    /// <summary>The receiver cannot be reached or fails: all that is pending for it waits.</summary>
    ReceiverFailed,
}
