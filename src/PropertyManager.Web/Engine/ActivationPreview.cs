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
/// <param name="Messages">What is wrong with the version, as <see cref="ValidationMessages.Arrange"/> has it.</param>
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
/// <param name="Id"><c>msg_…</c>: the same as long as it says the same of the same places.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Detail">In a sentence or two; of several places with the first of them.</param>
public sealed record ActivationWarning(string Id, string Title, string Detail)
{
    internal static ActivationWarning Of(ValidationMessage message)
    {
        // All of its places, in whatever order: a rule that is moved takes nothing back that was acknowledged, and one that is added does.
        var places = string.Join('\n', message.Places.Select(place => place.Pointer).Order(StringComparer.Ordinal));
        var unlisted = message.Count - message.Others.Count - 1;
        var says = FormattableString.Invariant($"{message.Title}\n{message.Detail}\n{places}{(unlisted == 0 ? "" : $"\n+{unlisted}")}");
        return new(
            "msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(says)).AsSpan(0, 10)),
            message.Title,
            message.WholeDetail
        );
    }
}
