using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine.Sessions;

namespace PropertyManager.Web.Features.Account;

/// <summary>Ties the sign-in cookie to a session: it names one, and is good as long as that is open.</summary>
internal sealed class SessionCookieEvents(SessionService sessions) : CookieAuthenticationEvents
{
    public override async Task SigningIn(CookieSigningInContext context)
    {
        var http = context.HttpContext;
        // Who was signed in before in this browser is not any more.
        await sessions.EndAsync(http.User, SessionEnd.Replaced);
        if (context.Principal is not { Identity: ClaimsIdentity identity } user || user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id)
            return;
        var address = http.Connection.RemoteIpAddress?.ToString();
        if (await sessions.StartAsync(id, http.Request.Headers.UserAgent.ToString(), address, http.RequestAborted) is { } session)
            identity.AddClaim(new Claim(SessionService.ClaimType, session.ToString()));
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        try
        {
            if (context.Principal is { } user && (await sessions.ReadAsync(user, SessionService.RightsAge, http.RequestAborted)).IsOpen)
                return;
        }
        catch (Exception exception) when (DatabaseFailure.From(exception) is not null && http.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            // The page that tells of this failure is shown to whoever asks, and the cookie stays.
            context.RejectPrincipal();
            return;
        }
        context.RejectPrincipal();
        await http.SignOutAsync(context.Scheme.Name);
    }

    public override Task SigningOut(CookieSigningOutContext context) =>
        // Where the cookie was just rejected, nobody is signed in here and nothing is left to end.
        sessions.EndAsync(context.HttpContext.User, SessionEnd.SignedOut);
}
