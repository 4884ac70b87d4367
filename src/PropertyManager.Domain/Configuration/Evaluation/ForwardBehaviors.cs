namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Behaviors that say where the object comes from, and the forward host and path they come to.</summary>
internal static class ForwardBehaviors
{
    public static Action<EvaluationRun, int> Origin(OptionReader reader)
    {
        // Rules may name a kind of origin that this program does not know; it then has whatever name it gives.
        var host = reader.Text("originType", "CUSTOMER") switch
        {
            "NET_STORAGE" => Template.Parse(reader.Field("netStorage", "downloadDomainName") ?? "", reader.Scope, reader.Pointer),
            "AKAMAI_OBJECT_STORAGE" => reader.Template("aosHostname"),
            "MEDIA_SERVICE_LIVE" => reader.Template("mslorigin"),
            _ => reader.Template("hostname"),
        };
        var keyHost = reader.Choice("cacheKeyHostname", "REQUEST_HOST_HEADER", "ORIGIN_HOSTNAME") == "ORIGIN_HOSTNAME";
        var choice = new OriginChoice(host, keyHost);
        return (run, rule) => run.State.Origin = new(choice, rule, ++run.Turn);
    }

    public static Action<EvaluationRun, int> CpCode(OptionReader reader)
    {
        var id = reader.Field("value", "id");
        if (id is null)
        {
            reader.Fault("value", "The CP code has no number.");
        }

        return (run, rule) => run.State.CpCode = new(id, rule, ++run.Turn);
    }

    public static Action<EvaluationRun, int> BaseDirectory(OptionReader reader)
    {
        _ = reader.Required("value");
        var directory = reader.Template("value");
        return (run, rule) => run.State.BaseDirectory = new(directory, rule, ++run.Turn);
    }

    /// <summary>The server that is asked; null when no rule names one.</summary>
    public static string? Host(EvaluationRun run) => run.State.Origin.Value?.Host.Expand(run) is { Length: > 0 } host ? host : null;

    /// <summary>Path and query as the origin gets them: rewritten, then below the base directory.</summary>
    public static (string Path, string Query) PathAndQuery(EvaluationRun run)
    {
        var (path, query) = run.State.Rewrite.Value?.Apply(run) ?? (run.Request.Path, run.Request.Query);
        query = run.State.RemovedQuery.Value?.Of(query, run) ?? query;
        return run.State.BaseDirectory.Value is { } directory ? (directory.Expand(run).TrimEnd('/') + path, query) : (path, query);
    }
}
