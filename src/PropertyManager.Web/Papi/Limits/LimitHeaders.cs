using System.Globalization;

namespace PropertyManager.Web.Papi.Limits;

/// <summary>How much there can be of something, and how much more: two headers of an answer that tells of it.</summary>
internal static class LimitHeaders
{
    /// <summary>Writes both.</summary>
    /// <param name="http">Its answer has not begun.</param>
    /// <param name="what">As the headers name it: <c>Hosts-Per-Property</c>.</param>
    /// <param name="most">So many there can be.</param>
    /// <param name="there">So many there are.</param>
    public static void SetLimit(this HttpContext http, string what, int most, int there)
    {
        http.Response.Headers[$"X-Limit-{what}-Limit"] = Text(most);
        http.Response.Headers[$"X-Limit-{what}-Remaining"] = Text(Math.Max(0, most - there));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
