using Microsoft.EntityFrameworkCore;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine.Sessions;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Shell;

/// <summary>
/// Gives addresses of what does not exist, or is not this person's, a real status: pages render over the circuit, when the answer's status has long
/// been sent. Programs, bookmarks and caches go by it.
/// </summary>
public static class PermalinkStatus
{
    /// <summary>After authentication and authorization: those who are not signed in were sent to sign in.</summary>
    public static void UsePermalinkStatus(this IApplicationBuilder app) =>
        app.Use(
            async (http, next) =>
            {
                if (await ProblemAsync(http) is { } problem)
                    http.Response.StatusCode = (int)problem;
                else
                    await next(http);
            }
        );

    private static async Task<PermalinkProblem?> ProblemAsync(HttpContext http)
    {
        var path = http.Request.Path;
        var isPage =
            HttpMethods.IsGet(http.Request.Method)
            && http.User.Identity?.IsAuthenticated == true
            && (
                path.StartsWithSegments("/properties", StringComparison.Ordinal)
                || path.StartsWithSegments("/activations", StringComparison.Ordinal)
                || path.StartsWithSegments($"/{Links.Simulation}", StringComparison.Ordinal)
            );
        if (!isPage)
            return null;
        var services = http.RequestServices;
        var session = await services.GetRequiredService<SessionService>().ReadAsync(http.User, SessionService.RightsAge, http.RequestAborted);
        var contexts = services.GetRequiredService<IDbContextFactory<AppDbContext>>();
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        return await Permalinks.CheckAsync(db, session.Access, path, http.RequestAborted);
    }
}
