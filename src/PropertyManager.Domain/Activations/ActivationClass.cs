namespace PropertyManager.Domain.Activations;

/// <summary>
/// Standard, or an exception that goes slowly, is not under the error-rate limit, cannot fall back and can be cancelled only for a while
/// (source: how activation works, "Exceptions").
/// </summary>
/// <param name="Reason">Why it is an exception; null for a standard activation.</param>
public readonly record struct ActivationClass(string? Reason)
{
    /// <summary>So many hostnames may be added, removed or reconfigured at a time; with more it is an exception.</summary>
    public const int HostnameChanges = 10;

    /// <summary>Share of the servers that have the version, from which on an exception cannot be cancelled, where nothing else is set.</summary>
    public const double DefaultCancelCutOff = 0.25;

    public bool IsException => Reason is not null;

    /// <summary>The class of an activation.</summary>
    /// <param name="hostnameChanges">Hostnames added, removed or reconfigured against the version now active on the network.</param>
    /// <param name="advanced">The rules hold custom or advanced configuration.</param>
    /// <param name="migrated">Hostnames that it migrates from the legacy Configuration Manager.</param>
    public static ActivationClass Of(int hostnameChanges, bool advanced, int migrated) =>
        new(
            hostnameChanges > HostnameChanges ? Invariant($"{hostnameChanges} hostnames changed (more than {HostnameChanges} at a time)")
            : advanced ? "custom or advanced configuration"
            : migrated > 0 ? Invariant($"{migrated} hostname{(migrated == 1 ? "" : "s")} migrated from the legacy Configuration Manager")
            : null
        );

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
