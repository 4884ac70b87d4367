using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace PropertyManager.Web.Papi.Activations;

/// <summary>The activations of a property.</summary>
internal sealed record ActivationsAnswer(string AccountId, string ContractId, string GroupId, ItemList<ActivationItem> Activations);

/// <summary>An activation.</summary>
/// <param name="SubmitDate">Real time.</param>
/// <param name="UpdateDate">Of its last transition, real time.</param>
/// <param name="FallbackInfo">Of what is active on production.</param>
/// <param name="FailureCause">Why it was cancelled, or failed.</param>
/// <param name="LateCancellation">A request to cancel that was accepted and came too late to have an effect.</param>
internal sealed record ActivationItem(
    string AccountId,
    string GroupId,
    string ActivationId,
    string PropertyName,
    string PropertyId,
    int PropertyVersion,
    [property: AllowedValues("STAGING", "PRODUCTION")] string Network,
    [property: AllowedValues("ACTIVATE", "DEACTIVATE")] string ActivationType,
    [property: AllowedValues(
        "PENDING",
        "ZONE_1",
        "ZONE_2",
        "ZONE_3",
        "PENDING_DEACTIVATION",
        "PENDING_CANCELLATION",
        "ACTIVE",
        "INACTIVE",
        "ABORTED",
        "FAILED"
    )]
        string Status,
    string SubmitDate,
    string UpdateDate,
    string Note,
    IReadOnlyList<string> NotifyEmails,
    string? FmaActivationState,
    FallbackInfo? FallbackInfo,
    FailureCause? FailureCause,
    LateCancellation? LateCancellation
);

/// <summary>Whether the version before can be brought back quickly, and until when.</summary>
/// <param name="FallbackVersion">The version that would be brought back.</param>
/// <param name="SteadyStateTime">When the whole network had the version: Unix seconds, simulated time.</param>
/// <param name="FastFallbackExpirationTime">When the window closes: Unix seconds, simulated time.</param>
internal sealed record FallbackInfo(
    bool CanFastFallback,
    int FallbackVersion,
    bool FastFallbackAttempted,
    long FastFallbackExpirationTime,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? FastFallbackRecoveryState,
    int PropertyVersion,
    long SteadyStateTime
);

/// <summary>Why it did not reach its end, as a problem.</summary>
internal sealed record FailureCause(string Type, string Title, string Detail);

/// <summary>A request to cancel that came too late.</summary>
/// <param name="RequestedBy">E-mail address of the person who asked.</param>
/// <param name="RequestDate">Real time.</param>
/// <param name="Detail">Why it had no effect, in a sentence.</param>
internal sealed record LateCancellation(string RequestedBy, string RequestDate, string Detail);

/// <summary>What a client asks for.</summary>
/// <param name="IgnoreHttpErrors">True, as by default: rising error rates do not cancel it.</param>
/// <param name="FastPush">False: slowly.</param>
/// <param name="DelayValidations">Taken, and changes nothing: no validation takes so long that it would be worth it.</param>
internal sealed record ActivationRequest(
    int? PropertyVersion,
    [property: AllowedValues("STAGING", "PRODUCTION")] string? Network,
    [property: AllowedValues("ACTIVATE", "DEACTIVATE")] string? ActivationType,
    string? Note,
    IReadOnlyList<string?>? NotifyEmails,
    bool? AcknowledgeAllWarnings,
    IReadOnlyList<string?>? AcknowledgeWarnings,
    bool? FastPush,
    bool? IgnoreHttpErrors,
    bool? UseFastFallback,
    bool? DelayValidations,
    ComplianceBody? ComplianceRecord
);

/// <summary>Why it is right to touch production.</summary>
internal sealed record ComplianceBody(
    [property: AllowedValues("NONE", "OTHER", "NO_PRODUCTION_TRAFFIC", "EMERGENCY")] string? NoncomplianceReason,
    string? CustomerEmail,
    string? PeerReviewedBy,
    bool? UnitTested,
    string? OtherNoncomplianceReason,
    string? TicketId
);

/// <summary>Where the activation is.</summary>
internal sealed record ActivationLink(string Link)
{
    /// <summary>Under the name that clients look for.</summary>
    [JsonPropertyName("activationLink")]
    public string Link { get; } = Link;
}

/// <summary>A warning that was not acknowledged.</summary>
/// <param name="MessageId">Sent back among <c>acknowledgeWarnings</c>, it is.</param>
internal sealed record WarningItem(string Type, string Title, string Detail, string MessageId);

/// <summary>
/// What an order would do: the answer to <c>dryRun=true</c>. Of deactivations and Fast Fallbacks there is no class, and nothing that the version changes.
/// </summary>
/// <param name="WouldActivate">It would be accepted as it was asked for.</param>
/// <param name="Refusal">Why it would not be.</param>
/// <param name="Class">STANDARD or EXCEPTION.</param>
/// <param name="ExceptionReason">Why it is an exception.</param>
/// <param name="Servers">That would be updated.</param>
/// <param name="SecondsUntilLive">Usually at most, until live traffic is on the version, or off it; simulated time.</param>
/// <param name="SecondsUntilActive">Usually at most, until the whole network is; simulated time.</param>
internal sealed record DryRunAnswer(
    bool DryRun,
    bool WouldActivate,
    DryRunRefusal? Refusal,
    [property: AllowedValues("STANDARD", "EXCEPTION")] string? Class,
    string? ExceptionReason,
    int? ActiveVersion,
    int? HostnamesChanged,
    IReadOnlyList<WarningItem> Warnings,
    IReadOnlyList<DryRunMessage> Errors,
    int? Servers,
    int? SecondsUntilLive,
    int? SecondsUntilActive,
    DryRunImpact? Impact
);

/// <summary>Why it would be refused.</summary>
internal sealed record DryRunRefusal(string Code, string Detail);

/// <summary>What is wrong with the version.</summary>
internal sealed record DryRunMessage(string Title, string Detail, string ErrorLocation);

/// <summary>What it would do to the traffic, by the property's audience.</summary>
/// <param name="AgainstVersion">The version that serves now.</param>
/// <param name="Requests">That stand for all traffic.</param>
/// <param name="EvaluatedShare">Of the requests, 0 to 1, that there was time to evaluate: what all other figures are of.</param>
/// <param name="Evaluation">What was not evaluated, in sentences; left out where everything was.</param>
/// <param name="ChangedShare">Of the requests, 0 to 1, whose status becomes another.</param>
/// <param name="WouldBeCancelled">Error-rate monitoring would cancel the activation.</param>
/// <param name="Verdict">Whether it would, and why, in sentences.</param>
/// <param name="Limit">When the error rate limit cancels, in a sentence.</param>
/// <param name="IgnoreHttpErrors">As it was asked for: true where it was left out.</param>
internal sealed record DryRunImpact(
    int AgainstVersion,
    int Requests,
    double EvaluatedShare,
    string? Evaluation,
    double ChangedShare,
    DryRunMix Before,
    DryRunMix After,
    bool WouldBeCancelled,
    string Verdict,
    string Limit,
    bool IgnoreHttpErrors
);

/// <summary>Shares of the answers by class of status, 0 to 1.</summary>
internal sealed record DryRunMix(double Status2xx, double Status3xx, double Status4xx, double Status5xx);
