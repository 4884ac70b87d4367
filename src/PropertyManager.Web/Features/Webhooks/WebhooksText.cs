using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Webhooks;

/// <summary>The words of the page on webhooks.</summary>
public static class WebhooksText
{
    public const string What =
        "Addresses that are told when activations start, go live, complete, are cancelled, fail or fall back. Messages are signed, and sent again until they are received.";

    public const string Signature =
        "Messages are signed as Standard Webhooks says (webhook-id, webhook-timestamp, webhook-signature): every library of it takes this secret as it is.";

    public const string DisabledTitle = "Disabled: it received nothing for three days";

    public const string EnableAgain =
        "Send a test. When it is received, press Enable: messages that are less than a day old are sent then. Those that are older were given up.";

    public const string Failing = "It does not receive at present";

    public const string SharedAttempt =
        "One waiting message is tried for all of them, at most an hour apart. A test that is received sends what waits at once. After three days without a message received it is disabled.";

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
        line.State switch
        {
            DeliveryState.Delivered => (Tone.Success, "Received"),
            DeliveryState.Skipped => (Tone.Neutral, "Not sent"),
            DeliveryState.Pending when line.Failures > 0 => (Tone.Warning, "Will be tried again"),
            DeliveryState.Pending => (Tone.Info, "Waiting"),
            _ => (Tone.Danger, "Given up"),
        };

    /// <summary>"It answered with 500. Tried 3 times."; null where nothing went wrong.</summary>
    public static string? Problem(DeliveryLine line) =>
        line switch
        {
            { LastProblem: null } or { Failures: 0 } => line.LastProblem,
            { Failures: 1 } => $"{line.LastProblem} Tried once.",
            _ => $"{line.LastProblem} Tried {Words.Number(line.Failures)} times.",
        };
}
