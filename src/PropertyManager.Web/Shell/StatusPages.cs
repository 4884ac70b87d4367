using Microsoft.AspNetCore.Diagnostics;

namespace PropertyManager.Web.Shell;

public static class StatusPages
{
    /// <summary>Shows <see cref="StatusPage"/> where the answer to a GET has an error status and no body: an unknown address, say.</summary>
    public static void UseStatusPages(this IApplicationBuilder app)
    {
        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        app.Use(
            (http, next) =>
            {
                // Executed once more, a POST would be taken for a form of the status page.
                if (!HttpMethods.IsGet(http.Request.Method))
                    http.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
                return next(http);
            }
        );
    }
}
