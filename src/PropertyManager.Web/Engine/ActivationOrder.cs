using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Engine;

/// <summary>What a person asks for when they activate a version, take it off, or fall back to it.</summary>
/// <param name="Version">The one that is to be active; of a deactivation, the one that is, or <see cref="Whichever"/>.</param>
/// <param name="NotifyEmails">As typed: addresses separated by commas.</param>
/// <param name="Acknowledged">They confirmed that the version was never on staging, and that they read the warnings of its validation, where there are any.</param>
/// <param name="Faults">What is to go wrong; for those who may demonstrate.</param>
/// <param name="Revision">Of the version that they looked at: another one is not activated. Null for whichever it is now.</param>
/// <param name="AcknowledgedWarnings">What they acknowledged one by one: <see cref="ActivationWarning.Id"/>.</param>
/// <param name="FastPush">False: on production as slowly as an exception, whatever it is.</param>
/// <param name="Compliance">Why it is right to touch production; null where they say nothing.</param>
/// <param name="Type">What is to be done.</param>
public sealed record ActivationOrder(
    long PropertyId,
    int Version,
    Network Network,
    string Note = "",
    string NotifyEmails = "",
    bool CancelIfErrorRateIncreases = true,
    bool Acknowledged = false,
    IReadOnlyList<Fault>? Faults = null,
    int? Revision = null,
    IReadOnlyList<string>? AcknowledgedWarnings = null,
    bool FastPush = true,
    ComplianceRecord? Compliance = null,
    ActivationType Type = ActivationType.Activate
)
{
    /// <summary>Of a deactivation: whichever version is active.</summary>
    public const int Whichever = 0;
}

/// <summary>What a program asks for where it does not say.</summary>
public static class ProgramDefaults
{
    /// <summary>The other way round than on the screen: rising error rates do not cancel (source: error rates).</summary>
    public const bool IgnoreHttpErrors = true;

    /// <summary>As fast as the kind of activation goes.</summary>
    public const bool FastPush = true;
}

/// <summary>What became of an order: the activation it led to, or why there is none.</summary>
public sealed record ActivationAnswer(Activation? Activation, Refusal? Refusal)
{
    /// <summary>What was found when it was looked at; null where it was not looked at so far.</summary>
    public ActivationPreview? Preview { get; init; }

    public static ActivationAnswer Refused(Refusal refusal) => new(null, refusal);
}

/// <summary>What an order would lead to.</summary>
/// <param name="Answer">What becomes of it, without an activation: why it would be refused, if it would.</param>
/// <param name="Plan">What would be carried out; null when it would be refused.</param>
/// <param name="Forecast">What it would do to the traffic; null where nothing serves now, and on staging.</param>
public sealed record ActivationTrial(ActivationAnswer Answer, RolloutPlan? Plan, Forecast? Forecast);
