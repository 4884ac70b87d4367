using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi;

/// <summary>Reads options of a request: switches and pages in the query, the state that is meant in its headers.</summary>
internal static class RequestOptions
{
    /// <summary>A switch in the query: true or false.</summary>
    /// <param name="http">The request.</param>
    /// <param name="name">Of the parameter.</param>
    /// <param name="otherwise">Where it is not there.</param>
    public static (bool Value, PapiProblem? Problem) Switch(this HttpContext http, string name, bool otherwise) =>
        http.Request.Query[name] is { Count: > 1 } ? (otherwise, Repeated(name))
        : http.Request.Query[name] is not [{ Length: > 0 } text] ? (otherwise, null)
        : bool.TryParse(text, out var value) ? (value, null)
        : (otherwise, PapiProblems.BadRequest($"{name} is “{text}”: it is true or false."));

    /// <summary>A whole number in the query.</summary>
    /// <param name="http">The request.</param>
    /// <param name="name">Of the parameter.</param>
    /// <param name="least">A smaller one is a problem.</param>
    /// <param name="otherwise">Where it is not there.</param>
    public static (int Value, PapiProblem? Problem) Whole(this HttpContext http, string name, int least, int otherwise) =>
        http.Request.Query[name] is { Count: > 1 } ? (otherwise, Repeated(name))
        : http.Request.Query[name] is not [{ Length: > 0 } text] ? (otherwise, null)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least ? (value, null)
        : (otherwise, PapiProblems.BadRequest($"{name} is “{text}”: it is a whole number, {least} at least."));

    /// <summary>The state that is there is none of those that <c>If-Match</c> names; no problem where it names none.</summary>
    /// <param name="http">The request.</param>
    /// <param name="etag">Of the state that is there.</param>
    public static PapiProblem? IfMatch(this HttpContext http, string etag)
    {
        var wanted = http
            .Request.Headers.IfMatch.SelectMany(line => (line ?? "").Split(','))
            .Select(tag => Etag(tag))
            .Where(tag => tag.Length > 0)
            .ToList();
        return wanted.Count == 0 || wanted.Contains("*", StringComparer.Ordinal) || wanted.Contains(etag, StringComparer.Ordinal)
            ? null
            : PapiProblems.EtagConflict("The version was saved anew since the state that If-Match names. Read it again, and decide then.");
    }

    /// <summary>The client has this state already: <c>If-None-Match</c> names it. The answer is 304 then, with nothing in it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="etag">Of the state that is there.</param>
    public static IResult? NotModified(this HttpContext http, string etag)
    {
        var known = http.Request.Headers.IfNoneMatch.SelectMany(line => (line ?? "").Split(',')).Select(tag => Etag(tag));
        if (!known.Any(tag => tag == "*" || tag == etag))
            return null;
        http.SetEtag(etag);
        return TypedResults.StatusCode(StatusCodes.Status304NotModified);
    }

    /// <summary>Names the state that is answered.</summary>
    public static void SetEtag(this HttpContext http, string etag) => http.Response.Headers.ETag = $"\"{etag}\"";

    /// <summary>An etag as it is compared, from headers and bodies: programs write it quoted or not, weak or not.</summary>
    [return: NotNullIfNotNull(nameof(tag))]
    public static string? Etag(string? tag) => tag?.Trim().Replace("W/", "", StringComparison.Ordinal).Trim('"');

    private static PapiProblem Repeated(string name) => PapiProblems.BadRequest($"{name} stands in the query more than once: which is meant?");
}
