using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Web.Engine;

/// <summary>What a person asks for when they activate a version.</summary>
/// <param name="NotifyEmails">As typed: addresses separated by commas.</param>
/// <param name="Acknowledged">They confirmed that the version was never on staging, and that they read the warnings of its validation, where there are any.</param>
/// <param name="Faults">What is to go wrong; for those who may demonstrate.</param>
/// <param name="Revision">Of the version that they looked at: another one is not activated. Null for whichever it is now.</param>
public sealed record ActivationOrder(
    long PropertyId,
    int Version,
    Network Network,
    string Note = "",
    string NotifyEmails = "",
    bool CancelIfErrorRateIncreases = true,
    bool Acknowledged = false,
    IReadOnlyList<Fault>? Faults = null,
    int? Revision = null
);

/// <summary>What became of an order: the activation it led to, or why there is none.</summary>
public sealed record ActivationAnswer(Activation? Activation, Refusal? Refusal)
{
    public static ActivationAnswer Refused(string code, string message) => new(null, new Refusal(code, message));
}

/// <summary>What an activation would do, before it is asked for.</summary>
/// <param name="Revision">Of the version that was looked at.</param>
/// <param name="Active">The activation that is active on the network now.</param>
/// <param name="Open">The activation that runs there now.</param>
/// <param name="Messages">What is wrong with the version, errors first.</param>
/// <param name="Refusal">Why it cannot be asked for; null when it can.</param>
public sealed record ActivationPreview(
    int Revision,
    Activation? Active,
    Activation? Open,
    HostnameChanges Hostnames,
    ActivationClass Class,
    bool WasOnStaging,
    IReadOnlyList<ValidationMessage> Messages,
    Refusal? Refusal
);
