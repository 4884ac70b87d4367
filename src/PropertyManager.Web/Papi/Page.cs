using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi;

/// <summary>Which part of a long list is asked for: <c>offset</c> and <c>limit</c> of the query.</summary>
/// <param name="Offset">So many are passed over.</param>
/// <param name="Limit">So many at most.</param>
internal readonly record struct Page(int Offset, int Limit)
{
    /// <summary>Reads the query; or gives the problem that is to be answered.</summary>
    /// <param name="http">The request.</param>
    /// <param name="most">So many at most, whatever is asked for.</param>
    public static (Page Page, PapiProblem? Problem) Read(HttpContext http, int most = 1000)
    {
        var (offset, wrongOffset) = http.Whole("offset", least: 0, otherwise: 0);
        var (limit, wrongLimit) = http.Whole("limit", least: 1, otherwise: most);
        return (new Page(offset, Math.Min(limit, most)), wrongOffset ?? wrongLimit);
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
}
