using System.Security.Cryptography;
using System.Text;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Engine;

/// <summary>What an activation would do, before it is asked for.</summary>
/// <param name="Revision">Of the version that was looked at.</param>
/// <param name="Active">The activation that is active on the network now.</param>
/// <param name="Open">The activation that runs there now.</param>
/// <param name="Messages">What is wrong with the version, errors first.</param>
/// <param name="Warnings">What whoever activates it has to acknowledge.</param>
/// <param name="Refusal">Why it cannot be asked for; null when it can.</param>
public sealed record ActivationPreview(
    int Revision,
    Activation? Active,
    Activation? Open,
    HostnameChanges Hostnames,
    ActivationClass Class,
    bool WasOnStaging,
    IReadOnlyList<ValidationMessage> Messages,
    IReadOnlyList<ActivationWarning> Warnings,
    Refusal? Refusal
)
{
    /// <summary>Those of the messages that stand in its way.</summary>
    public IReadOnlyList<ValidationMessage> Errors => [.. Messages.Where(message => message.Severity == Severity.Error)];
}

/// <summary>Something that does not stand in an activation's way once it is acknowledged.</summary>
/// <param name="Id"><c>msg_…</c>: the same as long as it says the same.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Detail">In a sentence.</param>
public sealed record ActivationWarning(string Id, string Title, string Detail)
{
    internal static ActivationWarning Of(string title, string detail, string pointer) =>
        new("msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{title}\n{detail}\n{pointer}")).AsSpan(0, 10)), title, detail);
}
