using System.Globalization;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Properties;

namespace PropertyManager.Web.Papi.Activations;

/// <summary>Writes activations as the API shows them.</summary>
internal sealed class ActivationView(ActivationFeed feed, SimulatedSpeed speed, [FromKeyedServices(Simulated.Time)] TimeProvider simulated)
{
    /// <summary>One activation, as an answer. One that runs says when it is worth asking again.</summary>
    public IResult Answer(HttpContext http, ActivationSheet sheet)
    {
        if (sheet.Activation.Status.IsOpen)
            http.Response.Headers.RetryAfter = RetryAfter(sheet.Activation.Id).ToString(CultureInfo.InvariantCulture);
        return PapiRequest.Answer(Answer(http, new(sheet.Property, sheet.ContractId), [Item(http, sheet)]));
    }

    /// <summary>Some of a property's.</summary>
    public static ActivationsAnswer Answer(HttpContext http, ScopedProperty of, IReadOnlyList<ActivationItem> items) =>
        new(http.Id(PublicId.Account, of.Property.AccountId), http.Id(of.ContractId), http.Id(PublicId.Group, of.Property.GroupId), new(items));

    /// <summary>One of them.</summary>
    public ActivationItem Item(HttpContext http, ActivationSheet sheet)
    {
        var activation = sheet.Activation;
        return new(
            http.Id(PublicId.Account, sheet.Property.AccountId),
            http.Id(PublicId.Group, sheet.Property.GroupId),
            http.Id(PublicId.Activation, activation.Id),
            sheet.Property.Name,
            http.Id(PublicId.Property, sheet.Property.Id),
            activation.Version,
            StatusWords.Api(activation.Network),
            StatusWords.Api(activation.Type),
            StatusWords.Api(activation),
            Moments.Text(activation.Intent.SubmittedAt),
            Moments.Text(sheet.UpdatedAt),
            activation.Intent.Note,
            activation.Intent.NotifyEmails,
            StatusWords.Fast(activation, activation.Status.State == ActivationState.World ? feed.Find(activation.Id) : null),
            Fallback(sheet),
            Failure(activation),
            TooLate(activation)
        );
    }

    private static LateCancellation? TooLate(Activation activation)
    {
        if (LateCancel.Of(activation) is not { } late)
            return null;
        var at = Moments.Text(late.At);
        return new(late.By, at, $"{late.By} asked to cancel at {at}{late.Reason}");
    }

    private static FailureCause? Failure(Activation activation) =>
        activation.Status switch
        {
            { State: ActivationState.Aborted, Cause: { } cause } => new(
                PapiProblem.Types + "papi/v1/activation-cancelled",
                "Activation cancelled",
                cause
            ),
            { State: ActivationState.Failed, Cause: { } cause } => new(PapiProblem.Types + "papi/v1/activation-failed", "Activation failed", cause),
            _ => null,
        };

    private FallbackInfo? Fallback(ActivationSheet sheet)
    {
        var activation = sheet.Activation;
        return sheet.FallbackUntil is { } until && activation.PreviousVersion is { } previous
            ? new(
                sheet.RefuseFallback(simulated.GetUtcNow()) is null,
                previous,
                sheet.IsFallbackAttempted,
                until.ToUnixTimeSeconds(),
                FastFallbackRecoveryState: null,
                activation.Version,
                (until - Admission.FallbackWindow).ToUnixTimeSeconds()
            )
            : null;
    }

    /// <summary>
    /// Seconds until live traffic is on the version, or, once it is, until the whole network is: the estimate of the screen, in the time of whoever
    /// waits.
    /// </summary>
    private int RetryAfter(long activationId)
    {
        var progress = feed.Find(activationId)?.Progress;
        var left = progress?.UntilLive ?? progress?.UntilDone ?? TimeSpan.Zero;
        return Math.Max(1, (int)Math.Ceiling(left.TotalSeconds / speed.Read()));
    }
}
