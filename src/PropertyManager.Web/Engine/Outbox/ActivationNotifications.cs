using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Outbox;

/// <summary>
/// The events of an activation: started, live, completed, canceled and why, failed, fell back. They are built from what the caller holds already, so
/// that the transaction they are saved in reads nothing for them.
/// </summary>
public static class ActivationNotifications
{
    /// <summary>How bodies for webhooks are written.</summary>
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The event of an accepted activation.</summary>
    public static OutboxEvent Started(Activation activation, string propertyName, DateTimeOffset now)
    {
        var by = activation.Intent.SubmittedBy;
        var message = ActivationMessage.Of(activation, activation.Status, propertyName, $"Submitted by {by}");
        return Create(activation, propertyName, ActivationMoment.Started, $"{by} started {Describe(activation)}.", message, now);
    }

    /// <summary>The event of a transition; null when it is not one that anybody is notified of.</summary>
    public static OutboxEvent? Of(Activation activation, string propertyName, ActivationState before, Transition transition, DateTimeOffset now) =>
        ActivationMoments.Of(before, transition.Next.State, activation.Type) is { } moment
            ? Create(
                activation,
                propertyName,
                moment,
                transition.Reason + ".",
                ActivationMessage.Of(activation, transition.Next, propertyName, transition.Reason),
                now
            )
            : null;

    private static OutboxEvent Create(
        Activation activation,
        string propertyName,
        ActivationMoment moment,
        string text,
        ActivationMessage message,
        DateTimeOffset now
    )
    {
        var name = Name(moment);
        return new OutboxEvent
        {
            Name = name,
            ActivationId = activation.Id,
            Subject = $"{propertyName}: {Describe(activation)} {Words(moment)}",
            Text = $"""
                {text}

                Property:   {propertyName} ({PublicId.Of(PublicId.Property, activation.PropertyId)})
                Version:    {activation.Version}
                Network:    {activation.Network}
                Activation: {PublicId.Of(PublicId.Activation, activation.Id)}
                By:         {activation.Intent.SubmittedBy}
                Notes:      {(activation.Intent.Note.Length == 0 ? "-" : activation.Intent.Note)}
                """,
            Body = Body(name, message, now),
            At = now,
        };
    }

    /// <summary>The message as listeners get it, with the event's name and instant before it.</summary>
    private static string Body(string name, ActivationMessage message, DateTimeOffset now)
    {
        var body = JsonSerializer.SerializeToNode(message, Json)!.AsObject();
        body.Insert(0, "event", name);
        body.Insert(1, "at", JsonValue.Create(now.UtcDateTime));
        return body.ToJsonString(Json);
    }

    private static string Name(ActivationMoment moment) =>
        moment == ActivationMoment.FellBack ? "activation.fell-back" : $"activation.{moment.ToString().ToLowerInvariant()}";

    private static string Words(ActivationMoment moment) =>
        moment switch
        {
            ActivationMoment.FellBack => "fell back",
            ActivationMoment.Cancelling => "being cancelled",
            _ => moment.ToString().ToLowerInvariant(),
        };

    private static string Describe(Activation activation)
    {
        var network = activation.Network == Network.Staging ? "staging" : "production";
        return activation.Type switch
        {
            ActivationType.Deactivate => $"deactivation on {network}",
            ActivationType.FastFallback => $"Fast Fallback to version {activation.Version} on {network}",
            _ => $"activation of version {activation.Version} on {network}",
        };
    }
}
