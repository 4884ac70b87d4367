using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>
/// Writes down what webhooks are to be told, in the transaction of what it tells of: whatever was saved is told, and nothing that was not.
/// </summary>
internal static class WebhookNews
{
    /// <summary>As bodies are written.</summary>
    public static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An activation was accepted.</summary>
    public static Task StartedAsync(
        AppDbContext db,
        Activation activation,
        string propertyName,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var reason = $"Submitted by {activation.Intent.SubmittedBy}";
        return WriteAsync(
            db,
            ActivationMoment.Started,
            ActivationMessage.Of(activation, activation.Status, propertyName, reason),
            activation,
            now,
            cancellationToken
        );
    }

    /// <summary>A transition, where it is one that is told.</summary>
    public static Task AboutAsync(
        AppDbContext db,
        Activation activation,
        string propertyName,
        ActivationState before,
        Transition transition,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        ActivationMoments.Of(before, transition.Next.State, activation.Type) is { } moment
            ? WriteAsync(
                db,
                moment,
                ActivationMessage.Of(activation, transition.Next, propertyName, transition.Reason),
                activation,
                now,
                cancellationToken
            )
            : Task.CompletedTask;

    private static async Task WriteAsync(
        AppDbContext db,
        ActivationMoment moment,
        ActivationMessage message,
        Activation activation,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // This goes on while others wait to write: only for those who have a part in the account their rights are looked at one by one.
        var involved = db
            .RoleAssignments.Where(r => db.Groups.Any(g => g.Id == r.GroupId && g.AccountId == activation.AccountId))
            .Select(r => r.UserId)
            .Concat(db.Users.Where(u => u.IsSupport).Select(u => u.Id));
        var webhooks = await db
            .Webhooks.AsNoTracking()
            .Where(w => w.DisabledAt == null && (w.PropertyId == null || w.PropertyId == activation.PropertyId))
            .Where(w => involved.Contains(w.UserId))
            .ToListAsync(cancellationToken);
        if (webhooks.Count == 0)
            return;
        var (name, body) = (Name(moment), Body(Name(moment), message, now));
        foreach (var person in webhooks.GroupBy(webhook => webhook.UserId, StringComparer.Ordinal))
        {
            var access = await AccessReader.ReadAsync(db, person.Key, cancellationToken);
            if (!await db.Properties.Seen(access).AnyAsync(p => p.Id == activation.PropertyId, cancellationToken))
                continue;
            db.WebhookDeliveries.AddRange(
                person.Select(webhook => new WebhookDelivery
                {
                    WebhookId = webhook.Id,
                    ActivationId = activation.Id,
                    Event = name,
                    Body = body,
                    CreatedAt = now,
                    NextTryAt = now,
                })
            );
        }
    }

    private static string Name(ActivationMoment moment) =>
        moment switch
        {
            ActivationMoment.FellBack => "activation.fell-back",
            _ => $"activation.{moment.ToString().ToLowerInvariant()}",
        };

    /// <summary>The message as listeners get it, with the event's name and instant before it.</summary>
    private static string Body(string name, ActivationMessage message, DateTimeOffset now)
    {
        var body = JsonSerializer.SerializeToNode(message, Json)!.AsObject();
        body.Insert(0, "event", name);
        body.Insert(1, "at", JsonValue.Create(now.UtcDateTime));
        return body.ToJsonString(Json);
    }
}
