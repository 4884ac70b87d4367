using PropertyManager.Web.Data;

namespace PropertyManager.Web.Shell;

public static class ErrorPages
{
    /// <summary>
    /// Shows <see cref="ErrorPage"/> where a request ends with an exception: with status 503 where the database fails, and 500 for anything else.
    /// </summary>
    public static void UseErrorPages(this IApplicationBuilder app) =>
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error",
                CreateScopeForErrors = true,
                StatusCodeSelector = exception =>
                    DatabaseFailure.From(exception) is null ? StatusCodes.Status500InternalServerError : StatusCodes.Status503ServiceUnavailable,
            }
        );
}
