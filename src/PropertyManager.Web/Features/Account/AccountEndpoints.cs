using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Features.Account;

public static class AccountEndpoints
{
    /// <summary><c>POST /account/logout</c>: ends the session. It wants the antiforgery token, so that no other site can sign people out.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/account/logout", SignOutAsync).AllowAnonymous().WithMetadata(new RequireAntiforgeryTokenAttribute());

    private static async Task<IResult> SignOutAsync(HttpContext http, SignInManager<AppUser> signIn)
    {
        // The middleware has looked at the token, and leaves it to the endpoint to refuse.
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true })
            return Results.BadRequest();
        await signIn.SignOutAsync();
        return Results.LocalRedirect("/account/login");
    }
}
