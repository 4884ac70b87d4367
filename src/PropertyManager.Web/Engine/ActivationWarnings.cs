using System.Security.Cryptography;
using System.Text;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;

namespace PropertyManager.Web.Engine;

/// <summary>Something that has to be acknowledged before a version is activated.</summary>
/// <param name="Id"><c>msg_…</c>: the same for the same warning about the same place.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Detail">Why it matters, in a sentence or two.</param>
public sealed record ActivationWarning(string Id, string Title, string Detail)
{
    /// <summary>What a look at an activation found, and that a version for production was never tested.</summary>
    public static IReadOnlyList<ActivationWarning> Of(ActivationPreview preview, Network network)
    {
        var found = preview
            .Messages.Where(message => message.Severity == Severity.Warning)
            .Select(message => new ActivationWarning(IdOf($"{message.Title}\n{message.Detail}\n{message.Pointer}"), message.Title, message.Detail));
        return network == Network.Production && !preview.WasOnStaging ? [.. found, NeverOnStaging] : [.. found];
    }

    private static ActivationWarning NeverOnStaging { get; } =
        new(IdOf("never-on-staging"), "Never on staging", "The version was never active on staging: nobody has tested it there.");

    private static string IdOf(string text) => $"msg_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 10))}";
}
