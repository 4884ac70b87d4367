using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine.Sessions;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>What the person at this circuit may see and do.</summary>
public sealed class CurrentAccess(AuthenticationStateProvider authentication, SessionService sessions)
{
    /// <summary>
    /// As of now, for what this application changes; what another program changes in the database counts within
    /// <see cref="SessionService.RightsAge"/>. However often a request or an action asks, it is read once. <see cref="Access.None"/> when the session
    /// has ended.
    /// </summary>
    public async Task<Access> ReadAsync(CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        return (await sessions.ReadAsync(user, SessionService.RightsAge, cancellationToken)).Access;
    }

    /// <summary>The person's key; empty for nobody.</summary>
    public async Task<string> IdAsync() => (await authentication.GetAuthenticationStateAsync()).User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
}
