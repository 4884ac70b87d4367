using System.Globalization;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Outbox;

/// <summary>Events about webhooks, which their owners get by e-mail.</summary>
internal static class WebhookNotifications
{
    /// <param name="webhook">The application disabled it.</param>
    /// <param name="since">Its first attempt that failed, real time.</param>
    /// <param name="problem">Of the last attempt.</param>
    /// <param name="now">Real time.</param>
    public static OutboxEvent Disabled(Webhook webhook, DateTimeOffset since, string problem, DateTimeOffset now) =>
        new()
        {
            Name = "webhook.disabled",
            WebhookId = webhook.Id,
            Subject = $"Webhook {webhook.Id} is disabled",
            Text = string.Create(
                CultureInfo.InvariantCulture,
                $"""
                Your webhook {webhook.Id} has received nothing since {since.UtcDateTime:yyyy-MM-dd HH:mm} UTC. It is disabled now and gets no more messages.

                Address:      {webhook.Url}
                Last attempt: {problem}

                When its address works again, enable it: on the page Webhooks, or over the API by PATCH /webhooks/v1/webhooks/{webhook.Id} with "enabled": true.
                Messages that are less than a day old are sent then.
                """
            ),
            At = now,
        };
}
