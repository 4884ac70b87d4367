using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using PropertyManager.Domain;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Limits;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Signing;

/// <summary>Finds out who signed a request (EdgeGrid), and puts an <see cref="ApiCaller"/> beside it.</summary>
internal sealed class EdgeGridCheck(ApiCallers callers, NonceStore nonces, ApiLimits limits, TimeProvider time)
{
    /// <summary>So far a client's clock may be off (source: how requests are signed).</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);

    private const string Deny = "-/pep-authn/deny";
    private const string RequestError = "-/pep-authn/request-error";

    /// <summary>A timestamp is to the second: requests of the same one are signed with the same key, which is worked out once.</summary>
    private readonly ConcurrentDictionary<long, (string Timestamp, byte[] Secret, byte[] Key)> _keys = new();

    /// <summary>Why the request is refused; null when somebody signed it, who then stands beside it.</summary>
    public async ValueTask<PapiProblem?> CheckAsync(HttpContext http)
    {
        var (caller, problem) = await FindAsync(http);
        if (problem is not null)
            return problem;
        http.Features.Set(caller);
        await callers.UsedAsync(caller!, http.RequestAborted);
        return null;
    }

    private async ValueTask<(ApiCaller?, PapiProblem?)> FindAsync(HttpContext http)
    {
        var (signature, unread) = ReadHeader(http.Request);
        if (signature is null)
            return (null, Failed(http, null, unread!));
        // A key that is held in memory is one that there is: looking for others costs a look into the database.
        if (!callers.Holds(signature.ClientToken) && limits.Stopped(From(http), null) is { } stopped)
            return (null, TooManyFailed(http, stopped));
        if (await callers.FindAsync(signature.ClientToken, http.RequestAborted) is not { } caller)
            return (
                null,
                Failed(http, null, Unauthorized("Invalid client token. No API client has it: look it up under API clients, or make a new one."))
            );
        if (limits.Stopped(From(http), caller) is { } tried)
            return (null, TooManyFailed(http, tried));
        return await CheckSignatureAsync(http, caller, signature) is { } wrong
            ? (null, Failed(http, caller, wrong))
            : await SwitchAsync(http, caller);
    }

    private (EdgeGridSignature?, PapiProblem?) ReadHeader(HttpRequest request)
    {
        if (request.Headers.Authorization.Count == 0)
            return (null, Unauthorized("The request has no Authorization header: sign it with a client's key (EdgeGrid)."));
        if (EdgeGridSignature.Parse(request.Headers.Authorization) is not { } signature)
            return (
                null,
                Bad(
                    $"The Authorization header cannot be read: it begins with {EdgeGridSignature.Scheme}, has client_token, access_token, timestamp and nonce once each, and ends with signature."
                )
            );
        if (signature.SignedAt is not { } signedAt)
            return (null, Bad("Invalid timestamp. It is written as yyyyMMddTHH:mm:ss+0000, in UTC."));
        var skew = time.GetUtcNow() - signedAt;
        if (skew.Duration() > ClockTolerance)
            return (null, Bad(Skewed(skew)));
        return signature.Nonce.Length is 0 or > EdgeGridSignature.LongestNonce
            ? (null, Bad("Invalid nonce. It is a new UUID for each request."))
            : (signature, null);
    }

    private async ValueTask<PapiProblem?> CheckSignatureAsync(HttpContext http, ApiCaller caller, EdgeGridSignature signature)
    {
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(caller.AccessToken), Encoding.UTF8.GetBytes(signature.AccessToken)))
            return Unauthorized("Invalid access token. It belongs to another API client than the client token.");
        if (!await IsSignedAsync(http, signature, caller))
            return Unauthorized(
                "The signature does not match. Check client_secret and host, and that nothing between changes the path, the query or the body."
            );
        if (caller.RevokedAt is not null)
            return Unauthorized("This API client's key was revoked. Make another under API clients.");
        if (!caller.IsUsable(time.GetUtcNow()))
            return new(
                StatusCodes.Status403Forbidden,
                "-/pep-authz/deny",
                "Forbidden",
                "The person whose rights this API client has is locked out. It works again when they may sign in again."
            );
        return nonces.TryUse(caller.CredentialId, signature.Nonce, signature.SignedAt!.Value)
            ? null
            : Bad("Duplicate nonce. This very request was received before: sign it anew to repeat it.");
    }

    private static IPAddress? From(HttpContext http) => http.Connection.RemoteIpAddress;

    /// <summary>Counts the failure, and answers with its problem while there are not too many.</summary>
    private PapiProblem Failed(HttpContext http, ApiCaller? key, PapiProblem problem)
    {
        if (limits.Fail(From(http), key) is not { } state)
            return problem;
        if (state.IsOver)
            return TooManyFailed(http, state);
        LimitAnswers.Write(http, state, time.GetUtcNow());
        return problem;
    }

    private PapiProblem TooManyFailed(HttpContext http, in LimitState state)
    {
        LimitAnswers.Write(http, state, time.GetUtcNow());
        return LimitAnswers.TooMany(
            state,
            "failed-requests-per-minute",
            From(http)?.ToString() ?? "unknown",
            "Too many requests from this address were not signed as they have to be. Set the client's key and clock right, and wait until the instant in X-RateLimit-Next."
        );
    }

    private async ValueTask<(ApiCaller?, PapiProblem?)> SwitchAsync(HttpContext http, ApiCaller caller)
    {
        if (!http.Request.QueryString.HasValue || !http.Request.Query.TryGetValue("accountSwitchKey", out var given) || given is [""])
            return (caller, null);
        if (given is not [{ } key])
            return (null, Bad("accountSwitchKey stands in the query more than once: name one account."));
        // What may stand behind a colon is the kind of contract: one account has one view here.
        if (PublicId.Parse(PublicId.Account, key.Split(':')[0]) is not { } account)
            return (null, Bad("accountSwitchKey is not the identifier of an account, such as act_1."));
        return await callers.SwitchAsync(caller, account, http.RequestAborted) is { } switched
            ? (switched, null)
            : (
                null,
                new PapiProblem(
                    StatusCodes.Status403Forbidden,
                    "-/pep-authz/deny",
                    "Forbidden",
                    $"This API client sees nothing of the account {PublicId.Of(PublicId.Account, account)}: leave accountSwitchKey out, or name an account that it has groups in. Only support staff's clients see every account."
                )
            );
    }

    private async ValueTask<bool> IsSignedAsync(HttpContext http, EdgeGridSignature signature, ApiCaller caller)
    {
        // As it was sent: decoding and encoding again would make another text of it. A server in memory has only the decoded one.
        var request = http.Request;
        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var target = raw.StartsWith('/') ? raw : request.PathBase.ToUriComponent() + request.Path.ToUriComponent() + request.QueryString;
        var covered = new SignedRequest(request.Method, request.Scheme, request.Host.Value ?? "", target, await BodyHashAsync(http));
        var key = KeyOf(caller, signature.Timestamp);
        return signature.IsBy(key, covered) || signature.IsBy(key, covered with { Host = OtherForm(request.Host, request.IsHttps) });
    }

    /// <summary>Signers leave the port out, or put in the one that goes without saying.</summary>
    private static string OtherForm(HostString host, bool isHttps) => host.Port is null ? $"{host.Host}:{(isHttps ? 443 : 80)}" : host.Host;

    private byte[] KeyOf(ApiCaller caller, string timestamp)
    {
        if (_keys.TryGetValue(caller.CredentialId, out var held) && held.Timestamp == timestamp && held.Secret.AsSpan().SequenceEqual(caller.Secret))
            return held.Key;
        var key = EdgeGridSignature.KeyOf(caller.Secret, timestamp);
        _keys[caller.CredentialId] = (timestamp, caller.Secret, key);
        return key;
    }

    private static async ValueTask<string> BodyHashAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
            return "";
        // What is read here is read again by the resource; what it reads beyond that lies in a file until the request is over, and it reads no more
        // than it takes.
        http.Request.EnableBuffering(EdgeGridSignature.MaxBody);
        var body = new byte[Math.Min(http.Request.ContentLength ?? EdgeGridSignature.MaxBody, EdgeGridSignature.MaxBody)];
        var length = await http.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, http.RequestAborted);
        http.Request.Body.Position = 0;
        return length == 0 ? "" : Convert.ToBase64String(SHA256.HashData(body.AsSpan(0, length)));
    }

    private static string Skewed(TimeSpan skew) =>
        FormattableString.Invariant(
            $"Invalid timestamp. The client's clock is {skew.Duration().TotalSeconds:0} s {(skew > TimeSpan.Zero ? "behind" : "ahead of")} this server's, and at most {ClockTolerance.TotalSeconds:0} s are allowed: set it right, or sign the request just before it is sent."
        );

    private static PapiProblem Bad(string detail) => new(StatusCodes.Status400BadRequest, RequestError, "Bad request", detail);

    private static PapiProblem Unauthorized(string detail) => new(StatusCodes.Status401Unauthorized, Deny, "Not authorized", detail);
}
