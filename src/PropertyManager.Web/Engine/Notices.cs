using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>What the people on an activation's list are told: started, live, completed, cancelled and why, failed, fell back.</summary>
public static class Notices
{
    /// <summary>The e-mail about an accepted activation; null when nobody is to be told.</summary>
    public static OutboxMessage? Started(Activation activation, string propertyName, DateTimeOffset now) =>
        Write(activation, propertyName, "started", $"{activation.Intent.SubmittedBy} started {Name(activation)}.", now);

    /// <summary>The e-mail about a transition; null when it is not one that people are told of, or nobody is to be told.</summary>
    public static OutboxMessage? About(Activation activation, string propertyName, ActivationState before, Transition transition, DateTimeOffset now)
    {
        var what = ActivationMoments.Of(before, transition.Next.State, activation.Type) switch
        {
            ActivationMoment.Live => "live",
            ActivationMoment.FellBack => "fell back",
            ActivationMoment.Completed => "completed",
            ActivationMoment.Cancelling => "being cancelled",
            ActivationMoment.Cancelled => "cancelled",
            ActivationMoment.Failed => "failed",
            _ => null,
        };
        return what is null ? null : Write(activation, propertyName, what, transition.Reason + ".", now);
    }

    private static OutboxMessage? Write(Activation activation, string propertyName, string what, string text, DateTimeOffset now)
    {
        if (activation.Intent.NotifyEmails.Count == 0)
            return null;
        var subject = $"{propertyName}: {Name(activation)} {what}";
        return new OutboxMessage
        {
            ActivationId = activation.Id,
            To = string.Join(',', activation.Intent.NotifyEmails),
            Subject = subject,
            Body = $"""
                {text}

                Property:   {propertyName} ({PublicId.Of(PublicId.Property, activation.PropertyId)})
                Version:    {activation.Version}
                Network:    {activation.Network}
                Activation: {PublicId.Of(PublicId.Activation, activation.Id)}
                By:         {activation.Intent.SubmittedBy}
                Notes:      {(activation.Intent.Note.Length == 0 ? "-" : activation.Intent.Note)}
                """,
            CreatedAt = now,
            NextTryAt = now,
        };
    }

    private static string Name(Activation activation)
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
