using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Activations;

/// <summary>Reads what a client asks for, and writes what a trial of it found.</summary>
internal static class ActivationOrders
{
    /// <summary>The order; or what cannot be understood of it.</summary>
    public static (ActivationOrder? Order, PapiProblem? Problem) Read(long propertyId, ActivationRequest request)
    {
        if (StatusWords.NetworkOf(request.Network) is not { } network)
            return (null, PapiProblems.BadRequest($"network is {Quoted(request.Network)}: it is STAGING or PRODUCTION."));
        if (request.ActivationType is not (null or "ACTIVATE" or "DEACTIVATE"))
            return (null, PapiProblems.BadRequest($"activationType is {Quoted(request.ActivationType)}: it is ACTIVATE or DEACTIVATE."));
        if (request.PropertyVersion is not > 0)
            return (null, PapiProblems.BadRequest("propertyVersion is missing: it is the number of a version, from 1."));
        if (request.NotifyEmails?.Any(address => !string.IsNullOrWhiteSpace(address)) != true)
            return (null, PapiProblems.BadRequest("notifyEmails is missing: at least one address that is told how the activation ends."));
        var (compliance, problem) = Read(request.ComplianceRecord);
        if (problem is not null)
            return (null, problem);
        return (
            new ActivationOrder(
                propertyId,
                request.PropertyVersion.Value,
                network,
                request.Note ?? "",
                string.Join(',', request.NotifyEmails ?? []),
                CancelIfErrorRateIncreases: !(request.IgnoreHttpErrors ?? ProgramDefaults.IgnoreHttpErrors),
                Acknowledged: request.AcknowledgeAllWarnings ?? false,
                AcknowledgedWarnings: [.. (request.AcknowledgeWarnings ?? []).OfType<string>()],
                FastPush: request.FastPush ?? ProgramDefaults.FastPush,
                Compliance: compliance,
                Type: request.ActivationType == "DEACTIVATE" ? ActivationType.Deactivate
                    : request.UseFastFallback == true ? ActivationType.FastFallback
                    : ActivationType.Activate
            ),
            null
        );
    }

    /// <summary>What a trial found.</summary>
    /// <param name="trial">What the desk says.</param>
    /// <param name="ignoresHttpErrors">It was asked to.</param>
    public static DryRunAnswer Of(ActivationTrial trial, bool ignoresHttpErrors)
    {
        var ((_, refusal), preview) = (trial.Answer, trial.Answer.Preview);
        var errors = preview?.Errors ?? [];
        return new(
            DryRun: true,
            WouldActivate: refusal is null,
            refusal is null ? null : new(refusal.Code, ActivationProblems.Words(refusal, preview?.Errors)),
            preview is null ? null
                : preview.Class.IsException ? "EXCEPTION"
                : "STANDARD",
            preview?.Class.Reason,
            preview?.Active?.Version,
            preview?.Hostnames.Count,
            preview is null ? [] : ActivationProblems.Warnings(preview.Warnings),
            [.. errors.Select(error => new DryRunMessage(error.Title, error.Detail, "#" + error.Pointer))],
            trial.Plan?.Servers,
            trial.Plan is { } plan ? Seconds(RolloutEstimate.Live(plan)) : null,
            trial.Plan is { } whole ? Seconds(RolloutEstimate.Full(whole)) : null,
            trial.Forecast is { } forecast ? Of(forecast, ignoresHttpErrors) : null
        );
    }

    private static DryRunImpact Of(Forecast forecast, bool ignoresHttpErrors)
    {
        var (before, after) = (forecast.Impact.Before, forecast.Impact.After);
        return new(
            forecast.Against,
            forecast.Impact.Requests,
            forecast.Impact.EvaluatedShare,
            EvaluationWords.Of(forecast.Impact),
            forecast.Impact.Changed,
            Of(before),
            Of(after),
            forecast.Verdict.Outcome == HealthOutcome.Cancel,
            Verdict(forecast, ignoresHttpErrors),
            FormattableString.Invariant(
                $"The error rate limit cancels when 4xx+5xx rise over {ErrorRateLimit.Rise:0} times what they were, {ErrorRateLimit.LeastErrors:0.0 %} at least, or when 2xx, or 2xx+3xx, fall by {1 - ErrorRateLimit.Drop:0 %}."
            ),
            ignoresHttpErrors
        );
    }

    private static string Verdict(Forecast forecast, bool ignoresHttpErrors)
    {
        if (forecast.Impact is { Requests: > 0, Evaluated: 0 })
            return "What error-rate monitoring would do is not known: no request was evaluated.";
        var (before, after) = (forecast.Impact.Before, forecast.Impact.After);
        var change = FormattableString.Invariant(
            $"4xx+5xx {before.ClientError4xx + before.ServerError5xx:0.0 %} before, {after.ClientError4xx + after.ServerError5xx:0.0 %} after; 2xx {before.Ok2xx:0.0 %} before, {after.Ok2xx:0.0 %} after"
        );
        var ignored = ignoresHttpErrors
            ? " ignoreHttpErrors is true, as it is where it is left out: errors cancel nothing. Send false to have them watched."
            : "";
        return forecast.Verdict.Outcome switch
        {
            HealthOutcome.Cancel =>
                $"Error-rate monitoring would cancel this activation: {change}. Where the errors are meant, send ignoreHttpErrors true.",
            HealthOutcome.OverLimit when forecast.Verdict.NotActing is { } why =>
                $"Over the error rate limit, and error-rate monitoring would not cancel this activation: {change}. It does not act, because {why}.{ignored}",
            HealthOutcome.Healthy => $"Within the error rate limit, and error-rate monitoring would not cancel this activation: {change}.",
            _ => $"Error-rate monitoring could not tell, and would not cancel this activation: {forecast.Verdict.Evidence}.",
        };
    }

    private static (ComplianceRecord?, PapiProblem?) Read(ComplianceBody? body)
    {
        if (body is null)
            return (null, null);
        NoncomplianceReason? reason = body.NoncomplianceReason switch
        {
            "NONE" => NoncomplianceReason.None,
            "OTHER" => NoncomplianceReason.Other,
            "NO_PRODUCTION_TRAFFIC" => NoncomplianceReason.NoProductionTraffic,
            "EMERGENCY" => NoncomplianceReason.Emergency,
            _ => null,
        };
        return reason is { } known
            ? (new(known, body.CustomerEmail, body.PeerReviewedBy, body.UnitTested ?? false, body.OtherNoncomplianceReason, body.TicketId), null)
            : (
                null,
                PapiProblems.BadRequest(
                    $"complianceRecord.noncomplianceReason is {Quoted(body.NoncomplianceReason)}: it is NONE, OTHER, NO_PRODUCTION_TRAFFIC or EMERGENCY."
                )
            );
    }

    private static DryRunMix Of(Domain.Properties.StatusMix mix) => new(mix.Ok2xx, mix.Redirect3xx, mix.ClientError4xx, mix.ServerError5xx);

    private static int? Seconds(RolloutEstimate? estimate) => estimate is null ? null : (int)Math.Ceiling(estimate.High.TotalSeconds);

    private static string Quoted(string? text) => text is null ? "missing" : $"\"{(text.Length > 50 ? text[..50] + "…" : text)}\"";
}
