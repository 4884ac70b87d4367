using Microsoft.Net.Http.Headers;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Rules;

/// <summary>
/// Rule formats stand in media types: <c>application/vnd.akamai.papirules.v2025-10-16+json</c>. A version may carry the name of one that is
/// not in the catalog any more: that one is always possible for it, and so are earlier ones (<see cref="RuleFormats"/>).
/// </summary>
internal static class RuleFormatNegotiation
{
    private const string Before = "application/vnd.akamai.papirules.";
    private const string After = "+json";
    private const string Plain = PapiRequest.PlainJson;

    /// <summary>What rules are sent as.</summary>
    public static string[] MediaTypes { get; } = [Plain, $"{Before}<format>{After}"];

    /// <summary>The format of the answer and its media type.</summary>
    /// <param name="http">The request.</param>
    /// <param name="own">That the version was saved in.</param>
    public static (string Format, string MediaType, PapiProblem? Problem) AnswerFormat(this HttpContext http, string own)
    {
        if (http.Request.Headers.Accept.Count == 0)
            return (own, MediaTypeOf(own), null);
        if (!MediaTypeHeaderValue.TryParseList(http.Request.Headers.Accept, out var types))
            return ("", "", PapiProblems.BadRequest($"Accept cannot be read: {http.Request.Headers.Accept}."));
        foreach (var type in types.OrderByDescending(type => type.Quality ?? 1).Select(type => type.MediaType.ToString()))
        {
            if (FormatIn(type) is { } format && IsKnown(format, own))
                return (format, MediaTypeOf(format), null);
            if (type.Equals(Plain, StringComparison.OrdinalIgnoreCase))
                return (own, Plain, null);
            if (type is "*/*" or "application/*")
                return (own, MediaTypeOf(own), null);
        }
        return (
            "",
            "",
            new PapiProblem(
                StatusCodes.Status406NotAcceptable,
                "papi/v1/http/not-acceptable",
                "Not Acceptable",
                $"Rules are not there as {http.Request.Headers.Accept}. {Possible(own)}"
            )
        );
    }

    /// <summary>The format that the body is written in; null where its media type names none.</summary>
    /// <param name="http">The request.</param>
    /// <param name="own">That the version was saved in.</param>
    public static (string? Format, PapiProblem? Problem) BodyFormat(this HttpContext http, string own)
    {
        var type = (http.Request.ContentType ?? "").Split(';')[0].Trim();
        if (!type.StartsWith(Before, StringComparison.OrdinalIgnoreCase))
            return (null, null);
        return FormatIn(type) is { } format && IsKnown(format, own)
            ? (format, null)
            : (
                null,
                new PapiProblem(
                    StatusCodes.Status415UnsupportedMediaType,
                    "papi/v1/http/unsupported-media-type",
                    "Unsupported Media Type",
                    $"The rules are written as {type}. {Possible(own)}"
                )
            );
    }

    private static string MediaTypeOf(string format) => Before + format + After;

    private static string? FormatIn(string type) =>
        type.StartsWith(Before, StringComparison.OrdinalIgnoreCase)
        && type.EndsWith(After, StringComparison.OrdinalIgnoreCase)
        && type.Length > Before.Length + After.Length
            ? type[Before.Length..^After.Length]
            : null;

    private static bool IsKnown(string format, string own) => format == own || RuleFormats.IsKnown(format);

    private static string Possible(string own) =>
        $"Possible: {Plain}, and {MediaTypeOf("<format>")} with one of {string.Join(", ", RuleFormats.All.Append(own).Distinct(StringComparer.Ordinal))}.";
}
