using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Domain.Activations;

/// <summary>What is known of a property on a network when something is asked for it.</summary>
/// <param name="Open">The activation that runs there now.</param>
/// <param name="Active">The activation that is active there now.</param>
public sealed record NetworkFacts(Activation? Open, Activation? Active);

/// <summary>May it start, be cancelled, fall back? Null when it may (source: how activation works).</summary>
public static class Admission
{
    /// <summary>Code of the refusal of a version that something is wrong with.</summary>
    public const string HasErrors = "validation-errors";

    /// <summary>Code of the refusal of a version that a Fast Fallback would not bring back, while it would another.</summary>
    public const string NotThePreviousVersion = "not-the-previous-version";

    /// <summary>How long Fast Fallback can be used, simulated time from full rollout.</summary>
    public static readonly TimeSpan FallbackWindow = TimeSpan.FromMinutes(60);

    /// <summary>May <paramref name="version"/> be activated on <paramref name="network"/>?</summary>
    /// <param name="facts">Of that network.</param>
    /// <param name="wasOnStaging">The version was active on staging at some time.</param>
    /// <param name="acknowledged">The person confirmed that it was not, and that they read the warnings.</param>
    /// <param name="errors">Validation errors of the version.</param>
    /// <param name="warnings">Validation warnings of the version.</param>
    public static Refusal? Activate(
        int version,
        Network network,
        NetworkFacts facts,
        bool wasOnStaging,
        bool acknowledged,
        int errors,
        int warnings = 0
    )
    {
        if (Locked(facts) is { } locked)
            return locked;
        if (facts.Active?.Version == version)
            return new("already-active", $"Version {version} is active on {Name(network)} already.");
        if (errors > 0)
            return new(
                HasErrors,
                $"Version {version} has {errors} validation {(errors == 1 ? "error" : "errors")}. Correct {(errors == 1 ? "it" : "them")} first: in a new version, where this one was activated before."
            );
        if (network == Network.Production && !wasOnStaging && !acknowledged)
            return new(
                "never-on-staging",
                $"Version {version} was never active on staging. Test it there first, or acknowledge that it was not tested."
            );
        if (warnings > 0 && !acknowledged)
            return new(
                "warnings-not-acknowledged",
                $"Version {version} has {warnings} validation {(warnings == 1 ? "warning" : "warnings")}. Read {(warnings == 1 ? "it" : "them")}, then acknowledge {(warnings == 1 ? "it" : "them")}."
            );
        return null;
    }

    /// <summary>May the property be taken off the network?</summary>
    /// <param name="network">Where.</param>
    /// <param name="facts">Of that network.</param>
    /// <param name="version">The one that is wanted off; null for whichever is active.</param>
    public static Refusal? Deactivate(Network network, NetworkFacts facts, int? version = null)
    {
        if (Locked(facts) is { } locked)
            return locked;
        if (facts.Active is not { } active)
            return new("not-active", $"No version is active on {Name(network)}.");
        return version is { } wanted && wanted != active.Version
            ? new("not-active", $"Version {active.Version} is active on {Name(network)}, and not version {wanted}: nothing was taken off.")
            : null;
    }

    /// <summary>May <paramref name="activation"/> be cancelled now?</summary>
    /// <param name="activation">Any activation.</param>
    /// <param name="installed">Servers that have its version now.</param>
    public static Refusal? Cancel(Activation activation, int installed)
    {
        var status = activation.Status;
        if (status.State == ActivationState.Cancelling || (status.IsOpen && activation.Intent.CancelRequestedAt is not null && !status.CancelLapsed))
            return new("already-cancelling", "This activation is being cancelled already.");
        if (!status.IsOpen)
            return new("not-pending", "This activation is over: there is nothing to cancel.");
        return TooLate(activation, installed) is { } reason ? new("too-far", reason) : null;
    }

    /// <summary>Why an exception cannot be cancelled any more; null when it can, and for standard activations.</summary>
    public static string? TooLate(Activation activation, int installed) =>
        activation.Class.IsException && installed >= activation.CancelCutOff * activation.Plan.Servers
            ? FormattableString.Invariant(
                $"{installed:N0} of {activation.Plan.Servers:N0} servers have version {activation.Version}: past {activation.CancelCutOff:0 %}, an exception ({activation.ExceptionReason}) goes on to the end."
            )
            : null;

    /// <summary>May the network fall back from <paramref name="activation"/> to the version before it?</summary>
    /// <param name="activation">Any activation.</param>
    /// <param name="facts">Of its network.</param>
    /// <param name="attempted">A Fast Fallback from it was asked for before.</param>
    /// <param name="now">Simulated time.</param>
    public static Refusal? FastFallback(Activation activation, NetworkFacts facts, bool attempted, DateTimeOffset now)
    {
        if (activation.Network != Network.Production)
            return new("staging", "Fast Fallback is for production.");
        if (activation.Type == ActivationType.FastFallback)
            return new("is-fallback", "This activation is a Fast Fallback itself.");
        if (activation.Type == ActivationType.Deactivate)
            return new("is-deactivation", "A deactivation has nothing to fall back to: activate a version.");
        if (Locked(facts) is { } locked)
            return locked;
        if (activation.Status.State != ActivationState.Active)
            return new("not-active", "Only the activation that is active can fall back.");
        if (activation.Class.IsException)
            return new(
                "exception",
                $"Fast Fallback is not available for exceptions ({activation.ExceptionReason}). Activate the earlier version instead."
            );
        if (activation.PreviousVersion is null)
            return new("no-previous-version", "No version was active before this one: there is nothing to fall back to.");
        if (attempted)
            return new("already-attempted", "Fast Fallback was used for this activation already.");
        if (FallbackUntil(activation) is not { } until || now > until)
            return new(
                "window-closed",
                $"The window of 60 simulated minutes has closed. To go back, open version {activation.PreviousVersion} and activate it."
            );
        return null;
    }

    /// <summary>Is <paramref name="version"/> the one that a Fast Fallback would bring back?</summary>
    /// <param name="version">The one that is wanted.</param>
    /// <param name="network">Where.</param>
    /// <param name="facts">Of that network.</param>
    public static Refusal? FallBackTo(int version, Network network, NetworkFacts facts)
    {
        if (network != Network.Production)
            return new("staging", "Fast Fallback is for production.");
        if (Locked(facts) is { } locked)
            return locked;
        if (facts.Active is not { } active)
            return new("not-active", $"No version is active on {Name(network)}: there is nothing to fall back from.");
        return active.PreviousVersion is { } previous && previous != version
            ? new(NotThePreviousVersion, $"Fast Fallback brings back version {previous}, which was active before version {active.Version}.")
            : null;
    }

    /// <summary>When the window of Fast Fallback closes, simulated time; null for what is not complete.</summary>
    public static DateTimeOffset? FallbackUntil(Activation activation) =>
        activation.Status is { State: ActivationState.Active, EndedAfter: { } ended } ? activation.StartedAt + ended + FallbackWindow : null;

    /// <summary>While an activation runs, the property is locked on its network; null when none does.</summary>
    public static Refusal? Locked(NetworkFacts facts) =>
        facts.Open is { } open
            ? new(
                "activation-pending",
                $"{PublicId.Of(PublicId.Activation, open.Id)} (version {open.Version} on {Name(open.Network)}) is still running. A new activation can start once it is complete or cancelled."
            )
            : null;

    private static string Name(Network network) => network == Network.Staging ? "staging" : "production";
}
