using System.Globalization;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>The built-in variables that a request answers. Those about the connection's timing and the server itself are not among them.</summary>
internal static class Builtins
{
    private static readonly Dictionary<string, Func<EvaluationRun, string>> All = new(StringComparer.Ordinal)
    {
        ["AK_SCHEME"] = run => run.Request.Scheme,
        ["AK_METHOD"] = run => run.Request.Method,
        ["AK_HOST"] = run => run.Request.Host,
        // Without the first label: what cookies of all subdomains are set for.
        ["AK_DOMAIN"] = run => run.Request.Host[(run.Request.Host.IndexOf('.', StringComparison.Ordinal) + 1)..],
        ["AK_PATH"] = run => run.Request.Path,
        ["AK_QUERY"] = run => run.Request.Query,
        ["AK_URL"] = Url,
        ["AK_ORIGINAL_URL"] = Url,
        ["AK_BASE_URL"] = run => run.Request.Path[..(run.Request.Path.LastIndexOf('/') + 1)],
        ["AK_FILENAME"] = run => run.FileName.ToString(),
        ["AK_EXTENSION"] = run => run.Extension.ToString(),
        ["AK_CLIENT_IP"] = run => run.ForwardedAddress() ?? run.ClientAddress.ToString(),
        ["AK_CLIENT_REAL_IP"] = run => run.ClientAddress.ToString(),
        ["AK_CONNECTED_CLIENT_IP"] = run => run.ClientAddress.ToString(),
        ["AK_CLIENT_COUNTRY"] = run => run.Request.Client.Country,
        ["AK_CLIENT_COUNTRY_CODE"] = run => run.Request.Client.Country,
        ["AK_CURRENT_TIME"] = run => run.Request.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        ["AK_CPCODE"] = run => run.State.CpCode.Value ?? "",
        ["AKA_PM_CACHEABLE_OBJECT"] = run => CacheRules.IsCacheable(run) ? "true" : "false",
    };

    /// <summary>How a variable is read; null for a name that is not known here.</summary>
    public static Func<EvaluationRun, string>? Find(string name) => All.GetValueOrDefault(name);

    private static string Url(EvaluationRun run) => run.Request.Query.Length == 0 ? run.Request.Path : $"{run.Request.Path}?{run.Request.Query}";
}
