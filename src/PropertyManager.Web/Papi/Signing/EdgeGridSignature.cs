using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PropertyManager.Web.Papi.Signing;

/// <summary>
/// The <c>Authorization</c> header of a signed request: <c>EG1-HMAC-SHA256 client_token=…;access_token=…;timestamp=…;nonce=…;signature=…</c>.
/// </summary>
/// <param name="ClientToken">Names the key.</param>
/// <param name="AccessToken">Names the program.</param>
/// <param name="Timestamp">As written: <c>20260302T09:00:00+0000</c>.</param>
/// <param name="Nonce">Good for one request.</param>
/// <param name="Signature">Base64 of 32 bytes.</param>
/// <param name="Covered">The header up to the signature: what the signature covers.</param>
public sealed record EdgeGridSignature(string ClientToken, string AccessToken, string Timestamp, string Nonce, string Signature, string Covered)
{
    /// <summary>Name of the scheme, as the header begins.</summary>
    public const string Scheme = "EG1-HMAC-SHA256";

    /// <summary>So much of a body is signed, bytes.</summary>
    public const int MaxBody = 131_072;

    /// <summary>Characters of a nonce, at most.</summary>
    public const int LongestNonce = 200;

    private const int LongestHeader = 2_000;

    /// <summary>
    /// Reads the header; null when it is not one. Each part stands in it once, and the signature is the last: what came after it, nobody would have
    /// signed, and a second nonce there would make another request of one that was recorded.
    /// </summary>
    public static EdgeGridSignature? Parse(string? header)
    {
        if (header is null || header.Length > LongestHeader || !header.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase))
            return null;
        string? client = null,
            access = null,
            timestamp = null,
            nonce = null;
        foreach (var range in header.AsSpan(Scheme.Length + 1).Split(';'))
        {
            var start = Scheme.Length + 1 + range.Start.Value;
            var part = header.AsSpan(start, range.End.Value - range.Start.Value).Trim();
            var equals = part.IndexOf('=');
            if (equals < 0)
                continue;
            var value = part[(equals + 1)..].ToString();
            switch (part[..equals])
            {
                case "client_token" when client is null:
                    client = value;
                    break;
                case "access_token" when access is null:
                    access = value;
                    break;
                case "timestamp" when timestamp is null:
                    timestamp = value;
                    break;
                case "nonce" when nonce is null:
                    nonce = value;
                    break;
                case "signature" when client is not null && access is not null && timestamp is not null && nonce is not null:
                    var covered = header[..header.IndexOf("signature=", start, StringComparison.Ordinal)];
                    return header.AsSpan(start).Trim().TrimEnd(';').Contains(';') ? null : new(client, access, timestamp, nonce, value, covered);
                default:
                    return null;
            }
        }
        return null;
    }

    /// <summary>When it was signed; null when that is not written as it has to be.</summary>
    public DateTimeOffset? SignedAt =>
        DateTimeOffset.TryParseExact(
            Timestamp,
            "yyyyMMdd'T'HH:mm:ss'+0000'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : null;

    /// <summary>What requests of this instant are signed with.</summary>
    /// <param name="secret">Of the client's key.</param>
    /// <param name="timestamp">As written.</param>
    public static byte[] KeyOf(ReadOnlySpan<byte> secret, string timestamp)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(timestamp), hash);
        // The base64 text of the first is the key of the second.
        var key = new byte[Base64.GetMaxEncodedToUtf8Length(hash.Length)];
        Base64.EncodeToUtf8(hash, key, out _, out _);
        return key;
    }

    /// <summary>Whether the key's owner signed this request.</summary>
    /// <param name="key">As <see cref="KeyOf"/> gives it for the signature's timestamp.</param>
    /// <param name="request">What was signed.</param>
    public bool IsBy(ReadOnlySpan<byte> key, in SignedRequest request)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!Convert.TryFromBase64String(Signature, given, out var length) || length != given.Length)
            return false;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        // No header is signed: both sides would have to agree on which.
        var data = $"{request.Method}\t{request.Scheme}\t{request.Host}\t{request.Target}\t\t{request.BodyHash}\t{Covered}";
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(data), expected);
        return CryptographicOperations.FixedTimeEquals(given, expected);
    }
}

/// <summary>The parts of a request that a signature covers.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Scheme">https or http.</param>
/// <param name="Host">With or without its port: signers differ.</param>
/// <param name="Target">Path and query, as they were sent.</param>
/// <param name="BodyHash">Base64 of the SHA-256 of the body's first <see cref="EdgeGridSignature.MaxBody"/> bytes, for a POST that has one; else empty.</param>
public readonly record struct SignedRequest(string Method, string Scheme, string Host, string Target, string BodyHash);
