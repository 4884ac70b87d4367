using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
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
                // Over the API the choice is the other way round, and its default, too (source: error rates).
                CancelIfErrorRateIncreases: !(request.IgnoreHttpErrors ?? true),
                Acknowledged: request.AcknowledgeAllWarnings ?? false,
                AcknowledgedWarnings: [.. (request.AcknowledgeWarnings ?? []).OfType<string>()],
                FastPush: request.FastPush ?? true,
                Compliance: compliance
            ),
            null
        );
    }

    /// <summary>What a trial found.</summary>
    public static DryRunAnswer Of(ActivationTrial trial)
    {
        var ((_, refusal), preview) = (trial.Answer, trial.Answer.Preview);
        var errors = preview?.Messages.Where(message => message.Severity == Domain.Configuration.Severity.Error) ?? [];
        return new(
            DryRun: true,
            WouldActivate: refusal is null,
            refusal is null ? null : new(refusal.Code, refusal.Message),
            preview is null ? null
                : preview.Class.IsException ? "EXCEPTION"
                : "STANDARD",
            preview?.Class.Reason,
            preview?.Active?.Version,
            preview?.Hostnames.Count,
            preview is null ? [] : ActivationProblems.Warnings(preview),
            [.. errors.Select(error => new DryRunMessage(error.Title, error.Detail, error.Pointer))],
            trial.Plan?.Servers,
            trial.Plan is { } plan ? Seconds(RolloutEstimate.Live(plan)) : null,
            trial.Plan is { } whole ? Seconds(RolloutEstimate.Full(whole)) : null,
            trial.Forecast is { } forecast
                ? new(
                    forecast.Against,
                    forecast.Impact.Requests,
                    forecast.Impact.Changed,
                    Of(forecast.Impact.Before),
                    Of(forecast.Impact.After),
                    forecast.Verdict.NotActing ?? forecast.Verdict.Evidence
                )
                : null
        );
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
