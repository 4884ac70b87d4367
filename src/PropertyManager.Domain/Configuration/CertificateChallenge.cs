using System.Security.Cryptography;
using System.Text;

namespace PropertyManager.Domain.Configuration;

/// <summary>The DNS record that proves whose a hostname is, before a certificate is made for it.</summary>
/// <param name="Hostname">Name of the record, a CNAME.</param>
/// <param name="Target">What it points at.</param>
public sealed record CertificateChallenge(string Hostname, string Target)
{
    private const string Zone = "validate.edgekey.net";

    /// <summary>
    /// The challenge of a hostname in an account: the same each time, and another in each account. That of a wildcard is that of the name behind the star.
    /// </summary>
    public static CertificateChallenge Of(long accountId, string hostname)
    {
        ArgumentNullException.ThrowIfNull(hostname);
        // A certificate for a wildcard is proven by the name that it stands below (RFC 8555, 7.1.3); one record proves both.
        var name = HostnameSyntax.Base(hostname).ToLowerInvariant();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{accountId}/{name}")));
        return new($"_acme-challenge.{name}", $"ac.{Convert.ToHexStringLower(hash.AsSpan(0, 16))}.{Zone}");
    }
}
