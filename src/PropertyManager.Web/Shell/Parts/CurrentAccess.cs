using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Shell.Parts;

/// <summary>What the person at this circuit may see and do.</summary>
public sealed class CurrentAccess(AuthenticationStateProvider authentication, AccessReader reader)
{
    /// <summary>Read anew each time: a role that was taken away is gone at the next click.</summary>
    public async Task<Access> ReadAsync(CancellationToken cancellationToken) =>
        await reader.ReadAsync((await authentication.GetAuthenticationStateAsync()).User, cancellationToken);

    /// <summary>The person's key; empty for nobody.</summary>
    public async Task<string> IdAsync() => (await authentication.GetAuthenticationStateAsync()).User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
}
