using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Outbox;

/// <summary>Delivers to webhooks what their owners may read at that moment.</summary>
public sealed class WebhookChannel(IDbContextFactory<AppDbContext> contexts, WebhookClient client) : IDeliveryChannel
{
    /// <summary>Eight attempts fit into the lifetime of a delivery.</summary>
    public IReadOnlyList<TimeSpan> Waits { get; } =
    [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(20), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(8)];

    public async IAsyncEnumerable<DeliveryResult> SendAsync(
        OutboxReceiver receiver,
        IReadOnlyList<PendingDelivery> deliveries,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var webhook = receiver.Webhook!;
        var readable = await ReadableAsync(webhook, deliveries, cancellationToken);
        foreach (var delivery in deliveries)
        {
            if (delivery.Event is not { ActivationId: { } activation, Body: { } body } || !readable.Contains(activation))
            {
                yield return new(delivery, DeliveryOutcome.Skipped, "Not sent: the person whose webhook this is may not read the property any more.");
                continue;
            }
            var id = delivery.Id.ToString(CultureInfo.InvariantCulture);
            var problem = await client.SendAsync(webhook.Url, webhook.ProtectedSecret, id, body, cancellationToken);
            yield return new(delivery, problem is null ? DeliveryOutcome.Delivered : DeliveryOutcome.ReceiverFailed, problem);
            if (problem is not null)
                yield break;
        }
    }

    private async Task<IReadOnlyList<long>> ReadableAsync(
        Webhook webhook,
        IReadOnlyList<PendingDelivery> deliveries,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var access = await AccessReader.ReadAsync(db, webhook.UserId, cancellationToken);
        var seen = db.Properties.Seen(access).Select(p => p.Id);
        List<long> asked = [.. deliveries.Select(d => d.Event.ActivationId).OfType<long>()];
        return await db.Activations.Where(a => asked.Contains(a.Id) && seen.Contains(a.PropertyId)).Select(a => a.Id).ToListAsync(cancellationToken);
    }
}
