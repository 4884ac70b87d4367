namespace PropertyManager.Domain.Health;

/// <summary>What a check found, the mildest first: of several verdicts the highest counts.</summary>
public enum HealthOutcome
{
    /// <summary>Measured, and within the limit.</summary>
    Healthy,

    /// <summary>Too little was seen to tell. Never cancels.</summary>
    NotMeasured,

    /// <summary>Over the limit, but the limit does not act here.</summary>
    OverLimit,

    /// <summary>Over the limit: the activation is cancelled.</summary>
    Cancel,
}

/// <summary>The verdict of one check.</summary>
/// <param name="Check">Its name on the screen.</param>
/// <param name="Measured">What was measured; written out only when somebody reads it.</param>
/// <param name="NotActing">Why the check is measured but cannot cancel; null when it can.</param>
public sealed record HealthVerdict(string Check, HealthOutcome Outcome, FormattableString Measured, string? NotActing = null)
{
    /// <summary>What was measured, in words a person can act on.</summary>
    public string Evidence => FormattableString.Invariant(Measured);
}
