using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Features.Webhooks;

/// <summary>What the page shows, read at one time.</summary>
/// <param name="Webhooks">The person's, each with what it was told last.</param>
/// <param name="Properties">Those that this person sees, by name.</param>
public sealed record WebhooksView(
    IReadOnlyList<(WebhookLine Webhook, IReadOnlyList<DeliveryLine> Deliveries)> Webhooks,
    IReadOnlyList<PropertyChoice> Properties
);

/// <summary>A property that can be chosen.</summary>
public sealed record PropertyChoice(long Id, string Name);
