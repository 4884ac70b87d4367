using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Webhooks;

/// <summary>The words of the page on webhooks.</summary>
public static class WebhooksText
{
    public const string What =
        "Addresses that are told when activations start, go live, complete, are cancelled, fail or fall back. Messages are signed, and sent again until they are received.";

    public const string Signature =
        "Each message carries X-Webhook-Signature: t=…,v1=… – v1 is the HMAC-SHA256, in hexadecimal and under this secret, of t, a dot and the body.";

    public const string None = "A webhook saves your pipeline from asking again and again how an activation stands.";

    public const string NoMessages = "Nothing was sent yet: the next activation is told.";

    public const string Deleted = "It is told nothing more, and what it was told is forgotten.";

    /// <summary>"activation.fell-back" as people say it.</summary>
    public static string Event(string name) =>
        name switch
        {
            "activation.started" => "Started",
            "activation.live" => "Live",
            "activation.completed" => "Completed",
            "activation.cancelling" => "Being cancelled",
            "activation.cancelled" => "Cancelled",
            "activation.failed" => "Failed",
            "activation.fell-back" => "Fell back",
            _ => name,
        };

    /// <summary>What became of a message, and its colour.</summary>
    public static (Tone Tone, string Text) Outcome(DeliveryLine line) =>
        line.SentAt is not null ? (Tone.Success, "Received")
        : line.IsGivenUp ? (Tone.Danger, "Given up")
        : line.Failures > 0 ? (Tone.Warning, "Will be tried again")
        : (Tone.Info, "On its way");

    /// <summary>"It answered with 500. Tried 3 times."; null where nothing went wrong.</summary>
    public static string? Problem(DeliveryLine line) =>
        line switch
        {
            { LastProblem: null } or { Failures: 0 } => line.LastProblem,
            { Failures: 1 } => $"{line.LastProblem} Tried once.",
            _ => $"{line.LastProblem} Tried {Words.Number(line.Failures)} times.",
        };
}
