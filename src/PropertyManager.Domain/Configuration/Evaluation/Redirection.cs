namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>The behaviors <c>redirect</c> and <c>redirectplus</c>.</summary>
/// <param name="Status">301, 302, 303, 307 or 308.</param>
/// <param name="Location">Where it leads.</param>
internal sealed record Redirection(int Status, Func<EvaluationRun, string> Location)
{
    /// <summary>Destination put together from parts of the request.</summary>
    public static Action<EvaluationRun, int> Compile(OptionReader reader)
    {
        var protocol = reader.Choice("destinationProtocol", "SAME_AS_REQUEST", "HTTP", "HTTPS");
        var host = Host(reader);
        var path = Path(reader);
        var appends = reader.Choice("queryString", "APPEND", "IGNORE") == "APPEND";
        var redirection = new Redirection(
            Code(reader, "responseCode"),
            run =>
            {
                var scheme =
                    protocol == "SAME_AS_REQUEST" ? run.Request.Scheme
                    : protocol == "HTTP" ? "http"
                    : "https";
                var to = path(run);
                var query = appends ? run.Request.Query : "";
                return $"{scheme}://{host(run)}{to}{Query(to, query)}";
            }
        );
        return (run, rule) => run.State.Redirect = new(redirection, rule, ++run.Turn);
    }

    /// <summary>Destination written out, with variables.</summary>
    public static Action<EvaluationRun, int> CompilePlus(OptionReader reader)
    {
        _ = reader.Required("destination");
        var destination = reader.Template("destination");
        var redirection = new Redirection(Code(reader, "responseCode"), destination.Expand);
        var effective = reader.Flag("enabled", fallback: true) ? redirection : null;
        return (run, rule) => run.State.Redirect = new(effective, rule, ++run.Turn);
    }

    /// <summary>The status of a redirect: 302 when none is given.</summary>
    public static int Code(OptionReader reader, string option) => reader.Status(option, 302, number => number is 301 or 302 or 303 or 307 or 308);

    /// <summary>A query as the end of a location that may have one already.</summary>
    public static string Query(string path, string query) =>
        query.Length == 0 ? ""
        : path.Contains('?', StringComparison.Ordinal) ? $"&{query}"
        : $"?{query}";

    private static Func<EvaluationRun, string> Host(OptionReader reader)
    {
        switch (reader.Choice("destinationHostname", "SAME_AS_REQUEST", "SUBDOMAIN", "SIBLING", "OTHER"))
        {
            case "SUBDOMAIN":
                var subdomain = reader.Template("destinationHostnameSubdomain");
                return run => $"{subdomain.Expand(run)}.{run.Request.Host}";
            case "SIBLING":
                // Takes the place of the first label: www.shop.example and m give m.shop.example.
                var sibling = reader.Template("destinationHostnameSibling");
                return run => $"{sibling.Expand(run)}.{run.Request.Host[(run.Request.Host.IndexOf('.', StringComparison.Ordinal) + 1)..]}";
            case "OTHER":
                _ = reader.Required("destinationHostnameOther");
                return reader.Template("destinationHostnameOther").Expand;
            default:
                return run => run.Request.Host;
        }
    }

    private static Func<EvaluationRun, string> Path(OptionReader reader)
    {
        switch (reader.Choice("destinationPath", "SAME_AS_REQUEST", "PREFIX_REQUEST", "OTHER"))
        {
            case "PREFIX_REQUEST":
                var prefix = reader.Template("destinationPathPrefix");
                var suffixed = reader.Choice("destinationPathSuffixStatus", "NO_SUFFIX", "SUFFIX") == "SUFFIX";
                var suffix = reader.Template("destinationPathSuffix");
                return run => $"{prefix.Expand(run).TrimEnd('/')}{run.Request.Path}{(suffixed ? suffix.Expand(run) : "")}";
            case "OTHER":
                _ = reader.Required("destinationPathOther");
                return reader.Template("destinationPathOther").Expand;
            default:
                return run => run.Request.Path;
        }
    }
}
