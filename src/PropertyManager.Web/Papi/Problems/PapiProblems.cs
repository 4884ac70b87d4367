using System.Globalization;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Papi.Problems;

/// <summary>The problems that more than one resource answers with.</summary>
internal static class PapiProblems
{
    /// <summary>What is asked for is not there, or not for this client: the two look the same from outside.</summary>
    public static PapiProblem NotFound(string detail) => new(StatusCodes.Status404NotFound, "papi/v1/http/not-found", "Not Found", detail);

    /// <summary>Another API's address: clients of the real service speak more of them than this server.</summary>
    public static PapiProblem OtherApi(PathString path) =>
        NotFound(
            $"There is nothing at {path}. This server speaks the Property Manager API alone, under {PapiEndpoints.Root}, beside /simulation/v1 and /webhooks/v1 of its own."
        );

    /// <summary>The request cannot be understood.</summary>
    public static PapiProblem BadRequest(string detail) => new(StatusCodes.Status400BadRequest, "papi/v1/http/bad-request", "Bad Request", detail);

    /// <summary>It can be read and not changed by this client.</summary>
    public static PapiProblem Forbidden(string detail) => new(StatusCodes.Status403Forbidden, "papi/v1/http/forbidden", "Forbidden", detail);

    /// <summary>The API knows it and this product does not do it.</summary>
    public static PapiProblem NotImplemented(string what) =>
        new(
            StatusCodes.Status501NotImplemented,
            "papi/v1/http/not-implemented",
            "Not Implemented",
            $"{what} are not part of this product. Reading them answers with what there is: none."
        );

    /// <summary>What somebody changed meanwhile is not overwritten.</summary>
    public static PapiProblem EtagConflict(string detail) =>
        new(StatusCodes.Status412PreconditionFailed, "papi/v1/etag-conflict", "Etag conflict", detail);

    /// <summary>What an order was refused for, as an answer. Resources give those of their codes that have a meaning of their own first.</summary>
    public static PapiProblem From(Refusal refusal) =>
        refusal.Code switch
        {
            "not-found" => NotFound(refusal.Message),
            "not-permitted" => Forbidden(refusal.Message) with { IsOfRights = true },
            "client-only-reads" => Forbidden(refusal.Message),
            "etag-conflict" => EtagConflict(refusal.Message),
            "product-unknown" => new(StatusCodes.Status404NotFound, "papi/v1/product-unknown", Title(refusal.Code), refusal.Message),
            // Nothing in the request would be right another time: this version stays as it is for everybody.
            "version-locked" => new(StatusCodes.Status403Forbidden, "papi/v1/version-locked", "Version locked", refusal.Message),
            _ => new(StatusCodes.Status400BadRequest, $"papi/v1/{refusal.Code}", Title(refusal.Code), refusal.Message),
        };

    /// <summary>The database failed: when to send the request again stands in <c>Retry-After</c>.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="http">Its answer has not begun.</param>
    public static PapiProblem Of(DatabaseFailure failure, HttpContext http)
    {
        http.Response.Headers.RetryAfter = failure.RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var remedy = failure.IsOutcomeUnknown
            ? "A change may have been made all the same: read before you send it again, after the time in Retry-After."
            : "Send the request again after the time in Retry-After.";
        var (kind, title) = failure.Cause switch
        {
            DatabaseFailureCause.Locked => ("database-locked", "Database locked"),
            DatabaseFailureCause.Full => ("database-full", "Database full"),
            DatabaseFailureCause.ReadOnly => ("database-read-only", "Database read-only"),
            DatabaseFailureCause.Disk => ("database-disk-error", "Database disk error"),
            DatabaseFailureCause.Damaged => ("database-damaged", "Database damaged"),
            DatabaseFailureCause.Unreachable => ("database-unreachable", "Database unreachable"),
            DatabaseFailureCause.Timeout => ("database-timeout", "Database timeout"),
            _ => throw new ArgumentOutOfRangeException(nameof(failure), failure.Cause, message: null),
        };
        return new(StatusCodes.Status503ServiceUnavailable, $"papi/v1/{kind}", title, $"The request was not completed. {failure.Sentence} {remedy}");
    }

    /// <summary>Why a version was not saved; null when it was.</summary>
    public static PapiProblem? Of(SaveAnswer saved) =>
        saved.Refusal is { } refusal ? From(refusal)
        : saved.Meanwhile is not null ? EtagConflict("Somebody saved the version at the same moment. Read it again, and decide then.")
        : null;

    /// <summary>Whether this address is answered by programs' problems rather than people's pages.</summary>
    public static bool IsApi(PathString path) =>
        path.StartsWithSegments("/papi", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/simulation/v1", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/webhooks/v1", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);

    /// <summary>The problem of an answer that has nothing but its status: an unknown path, a method, a bug.</summary>
    public static PapiProblem OfStatus(int status, HttpContext http) =>
        status switch
        {
            StatusCodes.Status404NotFound => NotFound($"There is nothing at {http.Request.Path}."),
            StatusCodes.Status405MethodNotAllowed => new(
                status,
                "papi/v1/http/method-not-allowed",
                "Method Not Allowed",
                $"{http.Request.Method} is not possible here. Possible: {http.Response.Headers.Allow}."
            ),
            StatusCodes.Status413PayloadTooLarge => new(
                status,
                "papi/v1/http/payload-too-large",
                "Payload Too Large",
                "The body is larger than the address takes."
            ),
            StatusCodes.Status415UnsupportedMediaType => new(
                status,
                "papi/v1/http/unsupported-media-type",
                "Unsupported Media Type",
                $"The body has the type {http.Request.ContentType}. Send it with Content-Type: {PapiRequest.PlainJson}."
            ),
            StatusCodes.Status500InternalServerError => new(
                status,
                "papi/v1/http/internal-server-error",
                "Internal Server Error",
                $"Something went wrong here, not with your request. It is in this server's log under {http.TraceIdentifier}: try again, and tell whoever runs it."
            ),
            _ => new(
                status,
                string.Create(CultureInfo.InvariantCulture, $"papi/v1/http/{status}"),
                Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error",
                "The request was refused before it was read: see its status."
            ),
        };

    private static string Title(string code) => char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ');
}
