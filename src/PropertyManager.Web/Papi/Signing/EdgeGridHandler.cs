using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using PropertyManager.Domain;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Limits;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Signing;

/// <summary>Lets in whoever signed the request (EdgeGrid), and puts an <see cref="ApiCaller"/> beside it.</summary>
public sealed class EdgeGridHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ApiCallers callers,
    NonceStore nonces,
    ApiLimits limits
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string Name = "EdgeGrid";

    /// <summary>So far a client's clock may be off (source: how requests are signed).</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);

    private const string Deny = "-/pep-authn/deny";
    private const string RequestError = "-/pep-authn/request-error";

    private static readonly ClaimsPrincipal Somebody = new(new ClaimsIdentity(Name));

    private PapiProblem? _problem;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var (caller, problem) = await CheckAsync();
        _problem = problem;
        if (caller is null || problem is not null)
            return AuthenticateResult.Fail("The request is not signed as it has to be.");
        Context.Features.Set(caller);
        await callers.UsedAsync(caller, Context.RequestAborted);
        return AuthenticateResult.Success(new AuthenticationTicket(Somebody, Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        (_problem ?? Unauthorized("The request is not signed.")).ExecuteAsync(Context);

    /// <summary>Whoever signed the request, or why it is refused.</summary>
    private async Task<(ApiCaller?, PapiProblem?)> CheckAsync()
    {
        var (signature, unread) = ReadHeader();
        if (signature is null)
            return (null, Failed(null, unread!));
        // A key that is held in memory is one that there is: looking for others costs a look into the database.
        if (!callers.Holds(signature.ClientToken) && limits.Stopped(From, null) is { } stopped)
            return (null, TooManyFailed(stopped));
        if (await callers.FindAsync(signature.ClientToken, Context.RequestAborted) is not { } caller)
            return (null, Failed(null, Unauthorized("Invalid client token. No API client has it: look it up under API clients, or make a new one.")));
        if (limits.Stopped(From, caller) is { } tried)
            return (null, TooManyFailed(tried));
        return await CheckSignatureAsync(caller, signature) is { } wrong ? (null, Failed(caller, wrong)) : await SwitchAsync(caller);
    }

    private (EdgeGridSignature?, PapiProblem?) ReadHeader()
    {
        if (Request.Headers.Authorization.Count == 0)
            return (null, Unauthorized("The request has no Authorization header: sign it with a client's key (EdgeGrid)."));
        if (EdgeGridSignature.Parse(Request.Headers.Authorization) is not { } signature)
            return (
                null,
                Bad(
                    $"The Authorization header cannot be read: it begins with {EdgeGridSignature.Scheme}, has client_token, access_token, timestamp and nonce once each, and ends with signature."
                )
            );
        if (signature.SignedAt is not { } signedAt)
            return (null, Bad("Invalid timestamp. It is written as yyyyMMddTHH:mm:ss+0000, in UTC."));
        var skew = TimeProvider.GetUtcNow() - signedAt;
        if (skew.Duration() > ClockTolerance)
            return (null, Bad(Skewed(skew)));
        return signature.Nonce.Length is 0 or > EdgeGridSignature.LongestNonce
            ? (null, Bad("Invalid nonce. It is a new UUID for each request."))
            : (signature, null);
    }

    private async ValueTask<PapiProblem?> CheckSignatureAsync(ApiCaller caller, EdgeGridSignature signature)
    {
        if (
            !CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.UTF8.GetBytes(caller.AccessToken),
                System.Text.Encoding.UTF8.GetBytes(signature.AccessToken)
            )
        )
            return Unauthorized("Invalid access token. It belongs to another API client than the client token.");
        if (!await IsSignedAsync(signature, caller.Secret))
            return Unauthorized(
                "The signature does not match. Check client_secret and host, and that nothing between changes the path, the query or the body."
            );
        if (caller.RevokedAt is not null)
            return Unauthorized("This API client's key was revoked. Make another under API clients.");
        return nonces.TryUse(caller.CredentialId, signature.Nonce)
            ? null
            : Bad("Duplicate nonce. This very request was received before: sign it anew to repeat it.");
    }

    private System.Net.IPAddress? From => Context.Connection.RemoteIpAddress;

    /// <summary>Counts the failure, and answers with its problem while there are not too many.</summary>
    private PapiProblem Failed(ApiCaller? key, PapiProblem problem)
    {
        if (limits.Fail(From, key) is not { } state)
            return problem;
        if (state.IsOver)
            return TooManyFailed(state);
        LimitAnswers.Write(Context, state, TimeProvider.GetUtcNow());
        return problem;
    }

    private PapiProblem TooManyFailed(in LimitState state)
    {
        LimitAnswers.Write(Context, state, TimeProvider.GetUtcNow());
        return LimitAnswers.TooMany(
            state,
            "failed-requests-per-minute",
            From?.ToString() ?? "unknown",
            "Too many requests from this address were not signed as they have to be. Set the client's key and clock right, and wait until the instant in X-RateLimit-Next."
        );
    }

    private async ValueTask<(ApiCaller?, PapiProblem?)> SwitchAsync(ApiCaller caller)
    {
        if (!Request.QueryString.HasValue || !Request.Query.TryGetValue("accountSwitchKey", out var given) || given is [""])
            return (caller, null);
        if (given is not [{ } key])
            return (null, Bad("accountSwitchKey stands in the query more than once: name one account."));
        // What may stand behind a colon is the kind of contract: one account has one view here.
        if (PublicId.Parse(PublicId.Account, key.Split(':')[0]) is not { } account)
            return (null, Bad("accountSwitchKey is not the identifier of an account, such as act_1."));
        return await callers.SwitchAsync(caller, account, Context.RequestAborted) is { } access
            ? (caller with { Access = access }, null)
            : (
                null,
                new PapiProblem(
                    StatusCodes.Status403Forbidden,
                    "-/pep-authz/deny",
                    "Forbidden",
                    "Only support staff's clients switch accounts: leave accountSwitchKey out."
                )
            );
    }

    private async ValueTask<bool> IsSignedAsync(EdgeGridSignature signature, byte[] secret)
    {
        // As it was sent: decoding and encoding again would make another text of it. A server in memory has only the decoded one.
        var raw = Context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var target = raw.StartsWith('/') ? raw : Request.PathBase.ToUriComponent() + Request.Path.ToUriComponent() + Request.QueryString;
        var request = new SignedRequest(Request.Method, Request.Scheme, Request.Host.Value ?? "", target, await BodyHashAsync());
        return signature.IsBy(secret, request) || signature.IsBy(secret, request with { Host = OtherForm(Request.Host, Request.IsHttps) });
    }

    /// <summary>Signers leave the port out, or put in the one that goes without saying.</summary>
    private static string OtherForm(HostString host, bool isHttps) => host.Port is null ? $"{host.Host}:{(isHttps ? 443 : 80)}" : host.Host;

    private async ValueTask<string> BodyHashAsync()
    {
        if (!HttpMethods.IsPost(Request.Method) || Context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
            return "";
        // What is read here is read again by the resource; what it reads beyond that lies in a file until the request is over, and it reads no more
        // than it takes.
        Request.EnableBuffering(EdgeGridSignature.MaxBody);
        var body = new byte[Math.Min(Request.ContentLength ?? EdgeGridSignature.MaxBody, EdgeGridSignature.MaxBody)];
        var length = await Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, Context.RequestAborted);
        Request.Body.Position = 0;
        return length == 0 ? "" : Convert.ToBase64String(SHA256.HashData(body.AsSpan(0, length)));
    }

    private static string Skewed(TimeSpan skew) =>
        FormattableString.Invariant(
            $"Invalid timestamp. The client's clock is {skew.Duration().TotalSeconds:0} s {(skew > TimeSpan.Zero ? "behind" : "ahead of")} this server's, and at most {ClockTolerance.TotalSeconds:0} s are allowed: set it right, or sign the request just before it is sent."
        );

    private static PapiProblem Bad(string detail) => new(StatusCodes.Status400BadRequest, RequestError, "Bad request", detail);

    private static PapiProblem Unauthorized(string detail) => new(StatusCodes.Status401Unauthorized, Deny, "Not authorized", detail);
}
