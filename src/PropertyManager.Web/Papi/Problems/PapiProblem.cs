using System.Text.Json;
using System.Text.Json.Serialization;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Papi.Problems;

/// <summary>
/// An answer that says why something was not done: <c>application/problem+json</c> with the members that the public API's clients read.
/// </summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Kind">The last part of its type: <c>papi/v1/http/not-found</c>. Clients compare it.</param>
/// <param name="Title">A few words, the same for all of its kind.</param>
/// <param name="Detail">What stands in the way, and the remedy.</param>
internal sealed record PapiProblem(int Status, string Kind, string Title, string Detail) : IResult, IStatusCodeHttpResult
{
    /// <summary>Where types are named. Nothing is fetched from there.</summary>
    public const string Types = "https://problems.luna.akamaiapis.net/";

    private const string OnlyReads =
        "This API client is read-only: it changes nothing, whatever its person may do. Sign with another client of theirs, or make one that may write on the page API clients.";

    /// <summary>The problem's media type.</summary>
    public const string MediaType = "application/problem+json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Several things that are wrong at once; null when it is one.</summary>
    public IReadOnlyList<PapiError>? Errors { get; init; }

    /// <summary>Further members, of problems that have them.</summary>
    public IReadOnlyDictionary<string, object>? Members { get; init; }

    /// <summary>The person's rights do not reach: of a client that only reads, that is the client's doing, whatever they are.</summary>
    public bool IsOfRights { get; init; }

    int? IStatusCodeHttpResult.StatusCode => Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var instance = httpContext.Request.PathBase + httpContext.Request.Path;
        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["type"] = Types + Kind,
            ["title"] = Title,
            ["instance"] = $"{instance}#{httpContext.TraceIdentifier}",
            ["status"] = Status,
        };
        if (Status == StatusCodes.Status422UnprocessableEntity)
        {
            // The description wants these of every 422, and no detail beside them: it stands in the error.
            body["details"] = new Dictionary<string, object>(StringComparer.Ordinal);
            body["errors"] = Categorized(Errors ?? [new PapiError(Types + Kind, Title, Detail)]);
            body["messageId"] = Kind[(Kind.LastIndexOf('/') + 1)..];
            body["params"] = Array.Empty<string>();
            body["result"] = "FAILED";
        }
        else
        {
            body["detail"] = IsOfRights && httpContext.Features.Get<ApiCaller>() is { IsReadOnly: true } ? OnlyReads : Detail;
            if (Errors is not null)
                body["errors"] = Categorized(Errors);
        }
        foreach (var (name, value) in Members ?? new Dictionary<string, object>(StringComparer.Ordinal))
            body[name] = value;
        httpContext.Response.StatusCode = Status;
        return httpContext.Response.WriteAsJsonAsync(body, Json, MediaType, httpContext.RequestAborted);
    }

    /// <summary>Each of them by itself would be answered with this problem's status.</summary>
    private IEnumerable<PapiError> Categorized(IReadOnlyList<PapiError> errors) => errors.Select(error => error with { Status = Status });
}

/// <summary>One of several things that are wrong.</summary>
/// <param name="Type">Absolute.</param>
/// <param name="Title">A few words.</param>
/// <param name="Detail">A sentence.</param>
/// <param name="Instance">Where, such as a JSON pointer.</param>
internal sealed record PapiError(string Type, string Title, string Detail, string? Instance = null)
{
    /// <summary>HTTP status of the problem that it is written in; null before that.</summary>
    public int? Status { get; init; }
}
