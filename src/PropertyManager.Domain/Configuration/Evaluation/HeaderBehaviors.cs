namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Features that write response headers of their own.</summary>
internal static class HeaderBehaviors
{
    public static Action<EvaluationRun, int> CrossOrigin(OptionReader reader)
    {
        var cors = new Cors(
            reader.Choice("allowOrigins", "ANY", "SPECIFIED") == "ANY",
            new ValueList(reader.List("origins", optional: true), caseSensitive: false, wildcards: true),
            reader.Flag("allowCredentials"),
            reader.Choice("allowHeaders", "ANY", "SPECIFIED") == "ANY",
            Names(reader, "headers"),
            Names(reader, "methods"),
            Names(reader, "exposeHeaders"),
            reader.Duration("preflightMaxAge", "1h")
        );
        var effective = reader.Flag("enabled", fallback: true) ? cors : null;
        return (run, rule) => run.State.Cors = new(effective, rule, ++run.Turn);
    }

    /// <summary>Sends the header over https, and redirects http when it is told to.</summary>
    public static Action<EvaluationRun, int> StrictTransport(OptionReader reader)
    {
        var seconds = reader.Choice(
            "maxAge",
            "ONE_YEAR",
            "ZERO_MINS",
            "TEN_MINS",
            "ONE_DAY",
            "ONE_MONTH",
            "THREE_MONTHS",
            "SIX_MONTHS",
            "TWO_YEARS"
        ) switch
        {
            "ZERO_MINS" => 0,
            "TEN_MINS" => 600,
            "ONE_DAY" => 86_400,
            "ONE_MONTH" => 2_592_000,
            "THREE_MONTHS" => 7_776_000,
            "SIX_MONTHS" => 15_552_000,
            "TWO_YEARS" => 63_072_000,
            _ => 31_536_000,
        };
        var header =
            $"max-age={seconds}{(reader.Flag("includeSubDomains") ? " ; includeSubDomains" : "")}{(reader.Flag("preload") ? " ; preload" : "")}";
        var effective = reader.Flag("enable", fallback: true) ? header : null;
        var redirects = reader.Flag("redirect") && effective is not null;
        var redirection = new Redirection(
            reader.Text("redirectStatusCode", "301") == "302" ? 302 : 301,
            run => $"https://{run.Request.Host}{run.Request.Path}{Redirection.Query(run.Request.Path, run.Request.Query)}"
        );
        return (run, rule) =>
        {
            run.State.StrictTransport = new(effective, rule, ++run.Turn);
            if (redirects && run.Request.Scheme == "http")
            {
                run.State.Redirect = new(redirection, rule, ++run.Turn);
            }
        };
    }

    private static string Names(OptionReader reader, string option) =>
        string.Join(", ", reader.List(option, optional: true).Select(name => name.Constant ?? ""));
}
