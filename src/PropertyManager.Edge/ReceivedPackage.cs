using System.Security.Cryptography;
using PropertyManager.Domain.Rollouts;

namespace PropertyManager.Edge;

/// <summary>
/// What the servers found when they checked their copies of a package. All good copies are the same bytes, so one check tells what each of them
/// finds; the content is not kept.
/// </summary>
/// <param name="IsThere">It was taken in.</param>
/// <param name="Defect">What is wrong with an undamaged copy.</param>
internal readonly record struct ReceivedPackage(bool IsThere, PackageDefect? Defect)
{
    /// <summary>Checks a copy as a server does, and one that was damaged in transit: a server that took that would be worse than none.</summary>
    /// <exception cref="InvalidOperationException">The check takes a damaged copy.</exception>
    public static PackageDefect? Check(RolloutPackage package, string revision, ECDsa trusted)
    {
        if (Damage(package).Check(revision, trusted) is null)
            throw new InvalidOperationException($"A damaged copy of {package.Revision} was not noticed.");
        return package.Check(revision, trusted);
    }

    /// <summary>The copy that arrives where the transfer is corrupted.</summary>
    private static RolloutPackage Damage(RolloutPackage package)
    {
        var content = package.Content.ToArray();
        if (content.Length == 0)
            return package with { Content = new byte[] { 0 } };
        content[content.Length / 2] ^= 1;
        return package with { Content = content };
    }
}
