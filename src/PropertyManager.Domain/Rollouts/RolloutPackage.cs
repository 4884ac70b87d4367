using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PropertyManager.Domain.Rollouts;

/// <summary>What is wrong with a copy of a package.</summary>
public enum PackageDefect
{
    /// <summary>The content is not the one whose SHA-256 was given: it was changed in transit.</summary>
    Damaged,

    /// <summary>It is of another revision than the one that is wanted.</summary>
    WrongRevision,

    /// <summary>Nobody who is trusted signed it.</summary>
    NotTrusted,
}

/// <summary>
/// What a server fetches, checks and installs (source: how software is rolled out, "of the correct revision and have not been modified in transit";
/// "authenticated with public-key cryptography").
/// </summary>
/// <param name="Revision">Which version of which property: "prp_100101 v5".</param>
/// <param name="Content">The configuration as XML, UTF-8; empty to take the property off.</param>
/// <param name="Sha256">Of the content, 32 bytes.</param>
/// <param name="Signature">ECDSA over revision and hash.</param>
public sealed record RolloutPackage(string Revision, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Sha256, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The revision of a property's version; null is for no version, which takes the property off.</summary>
    public static string RevisionOf(long propertyId, int? version) =>
        FormattableString.Invariant($"{PublicId.Of(PublicId.Property, propertyId)} {(version is null ? "off" : $"v{version}")}");

    /// <summary>Hashes and signs a content.</summary>
    public static RolloutPackage Sign(string revision, ReadOnlyMemory<byte> content, ECDsa key)
    {
        var hash = SHA256.HashData(content.Span);
        return new(revision, content, hash, key.SignData(Signed(revision, hash), HashAlgorithmName.SHA256));
    }

    /// <summary>The same package with the signature of another key.</summary>
    public RolloutPackage SignedBy(ECDsa key) => this with { Signature = key.SignData(Signed(Revision, Sha256.Span), HashAlgorithmName.SHA256) };

    /// <summary>What a server that wants <paramref name="revision"/> finds wrong with this copy; null: it may be installed.</summary>
    public PackageDefect? Check(string revision, ECDsa trusted)
    {
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(Content.Span), Sha256.Span))
            return PackageDefect.Damaged;
        if (!trusted.VerifyData(Signed(Revision, Sha256.Span), Signature.Span, HashAlgorithmName.SHA256))
            return PackageDefect.NotTrusted;
        return string.Equals(Revision, revision, StringComparison.Ordinal) ? null : PackageDefect.WrongRevision;
    }

    /// <summary>The revision's length goes first, so that no two pairs of revision and hash read the same.</summary>
    private static byte[] Signed(string revision, ReadOnlySpan<byte> hash)
    {
        var name = Encoding.UTF8.GetBytes(revision);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, name.Length);
        return [.. length, .. name, .. hash];
    }
}
