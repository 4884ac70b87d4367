using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using PropertyManager.Domain;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Limits;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi;

/// <summary>What every resource reads of a request: who asks, identifiers, the body.</summary>
internal static class PapiRequest
{
    /// <summary>Bytes of a body, at most, where a resource does not say otherwise.</summary>
    private const int MaxBody = 1024 * 1024;

    /// <summary>Bytes that are got ready before anything came: a length is soon said.</summary>
    private const int FirstBuffer = 64 * 1024;

    /// <summary>What bodies are where a resource does not say otherwise.</summary>
    public const string PlainJson = "application/json";

    /// <summary>How answers are written.</summary>
    public static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

    /// <summary>How bodies are read.</summary>
    public static JsonSerializerOptions Reading { get; } =
        new(Json) { TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeftOut.Modify } } };

    /// <summary>Who signed the request.</summary>
    public static ApiCaller Caller(this HttpContext http) =>
        http.Features.Get<ApiCaller>() ?? throw new InvalidOperationException("The request was not checked on its way here.");

    /// <summary>What they may see and do.</summary>
    public static Access Access(this HttpContext http) => http.Caller().Access;

    /// <summary>An identifier as this client wants it: with its prefix, unless it asked for bare numbers.</summary>
    public static string Id(this HttpContext http, string prefix, long number) => http.Id(PublicId.Of(prefix, number));

    /// <summary>The same for identifiers that are no numbers: contracts and products.</summary>
    /// <param name="http">The request.</param>
    /// <param name="id">With its prefix.</param>
    public static string Id(this HttpContext http, string id) => http.WantsPrefixes() ? id : id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..];

    /// <summary>An identifier as it is stored: with its prefix, whether or not it came with it.</summary>
    /// <param name="prefix"><c>ctr_</c> or <c>prd_</c>.</param>
    /// <param name="text">As it came.</param>
    public static string? WithPrefix(string prefix, string? text) =>
        string.IsNullOrEmpty(text) ? null
        : text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? prefix + text[prefix.Length..]
        : prefix + text;

    /// <summary>The body, as JSON of this shape; or the problem that is to be answered.</summary>
    public static async Task<(T? Body, PapiProblem? Problem)> ReadAsync<T>(this HttpContext http)
        where T : class
    {
        var (text, problem) = await http.ReadBytesAsync(MaxBody, PlainJson);
        if (problem is not null)
            return (null, problem);
        var (json, malformed) = StrictJson.Read(text);
        if (json is not { } read)
            return (null, malformed);
        try
        {
            return read.Deserialize<T>(Reading) is { } body
                ? (body, null)
                : (null, PapiProblems.BadRequest("The body is null: a JSON object is expected."));
        }
        catch (JsonException exception)
        {
            return (null, BodyShape.Wrong<T>(read, exception, Reading));
        }
    }

    /// <summary>The body as it came; or the problem that is to be answered.</summary>
    /// <param name="http">The request.</param>
    /// <param name="maxBytes">A longer one is not read.</param>
    /// <param name="mediaTypes">
    /// That may be sent; where one has a part in angle brackets, all that begin as it does before. A body that does not say what it is, is read as
    /// JSON where JSON may be sent.
    /// </param>
    public static async Task<(ReadOnlyMemory<byte> Bytes, PapiProblem? Problem)> ReadBytesAsync(
        this HttpContext http,
        int maxBytes,
        params string[] mediaTypes
    )
    {
        if (http.Request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && encoding != "identity")
        {
            http.Response.Headers.AcceptEncoding = "identity";
            return (
                default,
                Unsupported($"The body is compressed ({encoding}), and is read only as it is. Send it uncompressed, without Content-Encoding.")
            );
        }
        var type =
            http.Request.ContentType is { Length: > 0 } given ? given
            : mediaTypes.Contains(PlainJson, StringComparer.Ordinal) ? PlainJson
            : "";
        if (!Array.Exists(mediaTypes, allowed => type.StartsWith(allowed.Split('<')[0], StringComparison.OrdinalIgnoreCase)))
            return (
                default,
                Unsupported(
                    $"{(type.Length == 0 ? "The request does not say what its body is" : $"The body has the type {type}")}. Send it with Content-Type: {string.Join(" or ", mediaTypes)}."
                )
            );
        var tooLarge = new PapiProblem(
            StatusCodes.Status413PayloadTooLarge,
            "papi/v1/http/payload-too-large",
            "Payload Too Large",
            $"The body is larger than {maxBytes:N0} bytes, the most that this address takes."
        );
        if (http.Request.ContentLength > maxBytes)
            return (default, tooLarge);
        using var buffer = new MemoryStream((int)Math.Min(http.Request.ContentLength ?? 0, FirstBuffer));
        var chunk = new byte[16 * 1024];
        var isLarge = false;
        while (await http.Request.Body.ReadAsync(chunk, http.RequestAborted) is > 0 and var read)
        {
            if (buffer.Length + read > maxBytes)
                return (default, tooLarge);
            if (!isLarge && buffer.Length + read > ApiLimits.LargeBody)
            {
                if (http.RequestServices.GetRequiredService<ApiLimits>().TakeLargeBody(http.Caller()) is not { } place)
                    return (default, LimitAnswers.TooManyLargeBodies(http));
                // What was read of it is held until it is answered.
                http.Response.RegisterForDispose(place);
                isLarge = true;
            }
            buffer.Write(chunk, 0, read);
        }
        return (buffer.GetBuffer().AsMemory(0, (int)buffer.Length), null);
    }

    private static PapiProblem Unsupported(string detail) =>
        new(StatusCodes.Status415UnsupportedMediaType, "papi/v1/http/unsupported-media-type", "Unsupported Media Type", detail);

    /// <summary>An answer with a body.</summary>
    public static IResult Answer<T>(T body, int status = StatusCodes.Status200OK) => TypedResults.Json(body, Json, statusCode: status);

    /// <summary>Something was made, or is to be: where it is, and the link in the body under its name.</summary>
    /// <param name="http">The request.</param>
    /// <param name="linkName">Such as <c>propertyLink</c>.</param>
    /// <param name="path">Under <see cref="PapiEndpoints.Root"/>, with its query.</param>
    /// <param name="status">201, or 202 for what is done later.</param>
    public static IResult Created(this HttpContext http, string linkName, string path, int status = StatusCodes.Status201Created)
    {
        var link = $"{PapiEndpoints.Root}{path}";
        http.Response.Headers.Location = link;
        return Answer(new Dictionary<string, string>(StringComparer.Ordinal) { [linkName] = link }, status);
    }

    /// <summary>An address of this server that every client can follow: scheme and host included.</summary>
    public static string Absolute(this HttpContext http, string path) => $"{http.Request.Scheme}://{http.Request.Host}{PapiEndpoints.Root}{path}";

    /// <summary>Identifiers in answers to this request have their prefixes.</summary>
    public static bool WantsPrefixes(this HttpContext http) =>
        http.Request.Headers["PAPI-Use-Prefixes"] is [{ Length: > 0 } wish]
            ? !wish.Equals("false", StringComparison.OrdinalIgnoreCase)
            : http.Caller().UsePrefixes;
}
