namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>The behavior <c>failAction</c>.</summary>
/// <param name="Status">What the client gets.</param>
/// <param name="Location">Where a redirect leads; null when it is none.</param>
/// <param name="Host">The server that the other content comes from; null when it comes from the cache.</param>
/// <param name="Path">Its path there; null for the request's own.</param>
internal sealed record Failover(int Status, Func<EvaluationRun, string>? Location, Template? Host, Template? Path)
{
    /// <summary>Compiles it. The other content is taken to be there: an object in the cache for stale content, an answer of the other server.</summary>
    public static Action<EvaluationRun, int> Compile(OptionReader reader)
    {
        var action = reader.Choice("actionType", "SERVE_STALE", "REDIRECT", "RECREATED_CO", "RECREATED_CEX", "RECREATED_NS", "DYNAMIC");
        var made = action switch
        {
            "REDIRECT" => Redirect(reader),
            "RECREATED_CO" => Recreated(reader, reader.Template("contentHostname"), "contentCustomPath", "contentPath"),
            "RECREATED_CEX" => Recreated(reader, reader.Template("cexHostname"), "cexCustomPath", "cexPath"),
            "RECREATED_NS" => Storage(reader),
            "DYNAMIC" => Dynamic(reader),
            _ => new Failover(200, null, null, null),
        };
        var effective = reader.Flag("enabled", fallback: true) ? made : null;
        return (run, rule) => run.State.Fail = new(effective, rule, ++run.Turn);
    }

    private static Failover Redirect(OptionReader reader)
    {
        var alternate = reader.Choice("redirectHostnameType", "ORIGINAL", "ALTERNATE") == "ALTERNATE";
        var (host, path) = (reader.Template("redirectHostname"), reader.Template("redirectPath"));
        var custom = reader.Flag("redirectCustomPath");
        var keepsQuery = reader.Flag("preserveQueryString");
        var protocol = reader.Flag("modifyProtocol") ? reader.Choice("protocol", "HTTP", "HTTPS") : null;
        return new Failover(
            Redirection.Code(reader, "redirectMethod"),
            run =>
            {
                var scheme = protocol is null ? run.Request.Scheme : protocol.ToLowerInvariant();
                var to = custom ? path.Expand(run) : run.Request.Path;
                var query = keepsQuery ? run.Request.Query : "";
                return $"{scheme}://{(alternate ? host.Expand(run) : run.Request.Host)}{to}{Redirection.Query(to, query)}";
            },
            null,
            null
        );
    }

    private static Failover Recreated(OptionReader reader, Template host, string custom, string path) =>
        new(200, null, host, reader.Flag(custom) ? reader.Template(path) : null);

    private static Failover Storage(OptionReader reader)
    {
        var host = Template.Parse(reader.Field("netStorageHostname", "downloadDomainName") ?? "", reader.Scope, reader.Pointer);
        var status = reader.Status("statusCode", 200, number => number is >= 100 and <= 599);
        var path = reader.Template("netStoragePath");
        return new Failover(status, null, host, path.Constant == "" ? null : path);
    }

    private static Failover Dynamic(OptionReader reader)
    {
        var method = reader.Choice("dynamicMethod", "SERVE_302", "SERVE_301", "SERVE_ALTERNATE");
        var path = reader.Flag("dynamicCustomPath") ? reader.Template("dynamicPath") : null;
        var host = reader.Template("saasSuffix");
        return method == "SERVE_ALTERNATE"
            ? new Failover(200, null, host, path)
            : new Failover(
                method == "SERVE_301" ? 301 : 302,
                run => $"{run.Request.Scheme}://{host.Expand(run)}{path?.Expand(run) ?? run.Request.Path}",
                null,
                null
            );
    }
}
