using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Activations;

/// <summary>What orders are refused for, as the clients of the API know it.</summary>
internal static class ActivationProblems
{
    /// <summary>The type of a warning, in every answer.</summary>
    public const string Warning = PapiProblem.Types + "papi/v1/activation-warning";

    private const string NotAcknowledged = "papi/v1/warnings-not-acknowledged";

    /// <summary>Why an activation, a deactivation or a Fast Fallback was not accepted.</summary>
    /// <param name="answer">With its refusal.</param>
    /// <param name="link">Where the activation is that runs now; null when none does.</param>
    public static PapiProblem OfOrder(ActivationAnswer answer, string? link) =>
        OfOrder(answer.Refusal!, answer.Preview?.Warnings, answer.Preview?.Errors, link);

    /// <summary>The same, of what was kept of the answer.</summary>
    /// <param name="refusal">As the desk says it.</param>
    /// <param name="warnings">What had to be acknowledged; null where nothing was looked at.</param>
    /// <param name="errors">What stood in the way; null where nothing was looked at.</param>
    /// <param name="link">Where the activation is that runs now; null when none does.</param>
    public static PapiProblem OfOrder(
        Refusal refusal,
        IReadOnlyList<ActivationWarning>? warnings,
        IReadOnlyList<ValidationMessage>? errors,
        string? link
    ) =>
        refusal.Code switch
        {
            "activation-pending" => Unprocessable("property_activation_still_pending", "Activation still pending", refusal) with
            {
                Members = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["details"] = new Dictionary<string, string?>(StringComparer.Ordinal) { ["activationLink"] = link },
                },
            },
            "warnings-not-acknowledged" or "never-on-staging" when warnings is not null => new(
                StatusCodes.Status400BadRequest,
                NotAcknowledged,
                "Unacknowledged warnings",
                $"{refusal.Message} Send the messageIds of the warnings as acknowledgeWarnings, or acknowledgeAllWarnings."
            )
            {
                Members = new Dictionary<string, object>(StringComparer.Ordinal) { ["warnings"] = Warnings(warnings) },
            },
            "validation-errors" when errors is not null => new(
                StatusCodes.Status400BadRequest,
                "papi/v1/validation-errors",
                "Validation errors",
                Words(refusal, errors)
            )
            {
                Errors =
                [
                    .. errors.Select(message => new PapiError(
                        PapiProblem.Types + "papi/v1/validation-error",
                        message.Title,
                        message.WholeDetail,
                        "#" + message.Pointer
                    )),
                ],
            },
            "already-active" => Unprocessable("version_already_active", "Version already active", refusal),
            // Clients search the answer for this text, and take it that there was nothing to do.
            "not-active" => Unprocessable("property_version_not_active", "Not active", refusal),
            "staging" or "is-fallback" or "is-deactivation" or "exception" or "no-previous-version" or "already-attempted" or "window-closed" =>
                NoFallback(refusal, "Activate the version that you want without useFastFallback."),
            "not-the-previous-version" => NoFallback(
                refusal,
                "Send that one as propertyVersion, or activate the version that you want without useFastFallback."
            ),
            "version-changed" => new(StatusCodes.Status409Conflict, "papi/v1/version-changed", "Version changed", refusal.Message),
            "active-version-changed" => new(
                StatusCodes.Status409Conflict,
                "papi/v1/active-version-changed",
                "Active version changed",
                refusal.Message
            ),
            _ => PapiProblems.From(refusal),
        };

    /// <summary>Why an activation was not cancelled.</summary>
    public static PapiProblem OfCancel(Refusal refusal) =>
        refusal.Code switch
        {
            // Clients compare this text; what it means is said beside it.
            "too-far" => new(
                StatusCodes.Status400BadRequest,
                "papi/v1/cancellation-failed",
                "Error canceling Activation",
                "cancellation_failed.error.activation.toofar"
            )
            {
                Errors = [new(PapiProblem.Types + "papi/v1/cancellation-failed", "Too far along to be cancelled", refusal.Message)],
            },
            // Clients compare the title.
            "not-pending" => Unprocessable("activation_not_pending", "Activation Unprocessable", refusal),
            _ => PapiProblems.From(refusal),
        };

    /// <summary>The warnings, as clients read them.</summary>
    public static IReadOnlyList<WarningItem> Warnings(IReadOnlyList<ActivationWarning> warnings) =>
        [.. warnings.Select(warning => new WarningItem(Warning, warning.Title, warning.Detail, warning.Id))];

    /// <summary>Why it is refused, with what a program can do about it.</summary>
    /// <param name="refusal">As the desk says it.</param>
    /// <param name="errors">What stands in the way; null where nothing was looked at.</param>
    public static string Words(Refusal refusal, IReadOnlyList<ValidationMessage>? errors)
    {
        if (refusal.Code != "validation-errors" || errors is null or { Count: 0 })
            return refusal.Message;
        var isOne = errors.Count == 1;
        return $"The version has {errors.Count} validation {(isOne ? "error" : "errors")}, listed beside this. Correct {(isOne ? "it" : "them")} in this version, or in a new one where this one was active before.";
    }

    private static PapiProblem NoFallback(Refusal refusal, string remedy) =>
        Unprocessable("fast_fallback_not_possible", "Fast Fallback not possible", refusal with { Message = $"{refusal.Message} {remedy}" });

    private static PapiProblem Unprocessable(string id, string title, Refusal refusal) =>
        new(StatusCodes.Status422UnprocessableEntity, $"papi/v1/{id}", title, refusal.Message);
}
