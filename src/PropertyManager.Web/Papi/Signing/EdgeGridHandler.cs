using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Signing;

/// <summary>
/// The same check as an authentication scheme, for addresses that also let in whoever is signed in on the screen. The API's own addresses ask
/// <see cref="EdgeGridCheck"/> themselves.
/// </summary>
internal sealed class EdgeGridHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    EdgeGridCheck check
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string Name = "EdgeGrid";

    private static readonly ClaimsPrincipal Somebody = new(new ClaimsIdentity(Name));

    private PapiProblem? _problem;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        _problem = await check.CheckAsync(Context);
        return _problem is null
            ? AuthenticateResult.Success(new AuthenticationTicket(Somebody, Name))
            : AuthenticateResult.Fail("The request is not signed as it has to be.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        _problem?.ExecuteAsync(Context) ?? base.HandleChallengeAsync(properties);
}
