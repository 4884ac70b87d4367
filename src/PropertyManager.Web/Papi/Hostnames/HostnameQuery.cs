using PropertyManager.Domain;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Hostnames;

/// <summary>What lists of hostnames are asked for with: an order, a network, patterns.</summary>
internal static class HostnameQuery
{
    public const string Ascending = "hostname:a";
    public const string Descending = "hostname:d";

    /// <summary>Stands before signs of a pattern that are meant as they are.</summary>
    public const string Escape = "\\";

    /// <summary>The order; <see cref="Ascending"/> where none is named.</summary>
    public static (string Order, PapiProblem? Problem) Sort(HttpContext http)
    {
        var order = http.Request.Query["sort"] is [{ Length: > 0 } asked] ? asked : Ascending;
        return (order, order is Ascending or Descending ? null : PapiProblems.BadRequest($"sort is {Ascending} or {Descending}."));
    }

    /// <summary>The network; null where none is named.</summary>
    public static (Network? Network, PapiProblem? Problem) Network(HttpContext http)
    {
        var network = StatusWords.NetworkOf(http.Request.Query["network"].ToString().ToUpperInvariant());
        return (
            network,
            network is null && http.Request.Query["network"] is [{ Length: > 0 }]
                ? PapiProblems.BadRequest("network is STAGING or PRODUCTION.")
                : null
        );
    }

    /// <summary>A filter with <c>*</c> as a pattern; null when there is none.</summary>
    public static string? Like(string? filter) =>
        string.IsNullOrEmpty(filter)
            ? null
            : filter
                .ToLowerInvariant()
                .Replace(Escape, @"\\", StringComparison.Ordinal)
                .Replace("%", @"\%", StringComparison.Ordinal)
                .Replace("_", @"\_", StringComparison.Ordinal)
                .Replace("[", @"\[", StringComparison.Ordinal)
                .Replace('*', '%');
}
