using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Features.Account;

/// <summary>Where the cookie handler sends those who are signed in and may not.</summary>
public sealed partial class DeniedPage
{
    [CascadingParameter]
    public HttpContext? HttpContext { get; set; }

    protected override void OnInitialized()
    {
        if (HttpContext is { Response.HasStarted: false } http)
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
    }
}
