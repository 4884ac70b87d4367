using PropertyManager.Domain.Activations;

namespace PropertyManager.Web.Engine;

/// <summary>A request to cancel that was accepted and came too late: the activation went on to its end.</summary>
/// <param name="By">E-mail address of the person who asked.</param>
/// <param name="At">Real time.</param>
/// <param name="Reason">Why it had no effect: the rest of a sentence that says who asked, and when.</param>
public sealed record LateCancel(string By, DateTimeOffset At, string Reason)
{
    /// <summary>The late request of an activation; null when nobody asked, or when the request had its effect.</summary>
    public static LateCancel? Of(Activation activation) =>
        activation is { Status.CancelLapsed: true, Intent: { CancelRequestedBy: { } by, CancelRequestedAt: { } at } }
            ? new(
                by,
                at,
                activation.Status.Cause is { } cause
                    ? $"; it could not be canceled any more: {cause}"
                    : ", after the last servers had been updated; it could not be canceled any more."
            )
            : null;
}
