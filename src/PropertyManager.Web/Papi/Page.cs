using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi;

/// <summary>Which part of a long list is asked for: <c>offset</c> and <c>limit</c> of the query.</summary>
/// <param name="Offset">So many are passed over.</param>
/// <param name="Limit">So many at most.</param>
internal readonly record struct Page(int Offset, int Limit)
{
    /// <summary>So many at most, whatever is asked for.</summary>
    public const int Most = 1000;

    /// <summary>Reads the query; or gives the problem that is to be answered.</summary>
    public static (Page Page, PapiProblem? Problem) Read(HttpContext http)
    {
        var offset = Number(http, "offset", 0);
        var limit = Number(http, "limit", Most);
        if (offset is null)
            return (default, PapiProblems.BadRequest("offset is a whole number from 0: how many are passed over."));
        return limit is null or 0
            ? (default, PapiProblems.BadRequest("limit is a whole number from 1: how many are answered with at most."))
            : (new Page(offset.Value, Math.Min(limit.Value, Most)), null);
    }

    /// <summary>The same request for the part after this one; empty at the end, where the API wants a text all the same.</summary>
    public string Next(HttpContext http, int total) => (long)Offset + Limit < total ? Link(http, Offset + Limit) : "";

    /// <summary>The same request for the part before this one; null at the beginning.</summary>
    public string? Previous(HttpContext http) => Offset == 0 ? null : Link(http, Math.Max(0, Offset - Limit));

    private string Link(HttpContext http, int offset)
    {
        var query = http.Request.Query.ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.OrdinalIgnoreCase);
        query["offset"] = offset.ToString(CultureInfo.InvariantCulture);
        query["limit"] = Limit.ToString(CultureInfo.InvariantCulture);
        return QueryHelpers.AddQueryString((http.Request.PathBase + http.Request.Path).ToUriComponent().TrimEnd('/'), query);
    }

    private static int? Number(HttpContext http, string name, int otherwise) =>
        http.Request.Query[name] is not [{ Length: > 0 } text] ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : null;
}
