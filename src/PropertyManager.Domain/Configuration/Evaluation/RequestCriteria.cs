namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Criteria about the request line and where it arrives.</summary>
internal static class RequestCriteria
{
    public static Func<EvaluationRun, bool> Protocol(OptionReader reader)
    {
        var scheme = reader.Choice("value", "HTTP", "HTTPS");
        return run => string.Equals(run.Request.Scheme, scheme, StringComparison.OrdinalIgnoreCase);
    }

    public static Func<EvaluationRun, bool> Method(OptionReader reader)
    {
        var not = reader.Choice("matchOperator", "IS", "IS_NOT") == "IS_NOT";
        // The catalog prefixes a name that is a word of its own language, and those of the extensions: HTTP_DELETE, DAV_LOCK.
        var method = reader.Required("value").Replace("HTTP_", "", StringComparison.Ordinal).Replace("DAV_", "", StringComparison.Ordinal);
        return run => (run.Request.Method == method) != not;
    }

    /// <summary>Every request here is a client's own: fragments and subrequests are made by features that are not evaluated.</summary>
    public static Func<EvaluationRun, bool> Type(OptionReader reader)
    {
        var not = reader.Choice("matchOperator", "IS", "IS_NOT") == "IS_NOT";
        var holds = reader.Choice("value", "CLIENT_REQ", "ESI_FRAGMENT", "EW_SUBREQUEST") == "CLIENT_REQ" != not;
        return _ => holds;
    }

    public static Func<EvaluationRun, bool> Network(OptionReader reader)
    {
        var not = reader.Choice("matchOperator", "IS", "IS_NOT") == "IS_NOT";
        var network = reader.Required("network");
        if (network is not ("STAGING" or "PRODUCTION") && !reader.Faulty)
        {
            reader.Fault("network", $"\"{network}\" is not a network.");
        }

        var wanted = network == "STAGING" ? Domain.Network.Staging : Domain.Network.Production;
        return run => (run.Request.Network == wanted) != not;
    }

    /// <summary>A share of requests in percent: 20 is met by draws under 0.2.</summary>
    public static Func<EvaluationRun, bool> Share(OptionReader reader, string option)
    {
        var percent = reader.Number(option);
        return run => run.Draw * 100 < percent(run);
    }

    public static Func<EvaluationRun, bool> Extension(OptionReader reader)
    {
        var sensitive = reader.Flag("matchCaseSensitive");
        var (not, values) = OneOf(reader, sensitive);
        return sensitive ? run => values.Contains(run.Extension, run) != not : run => values.Contains(run.FoldedExtension, run) != not;
    }

    public static Func<EvaluationRun, bool> FileName(OptionReader reader)
    {
        switch (reader.Choice("matchOperator", "IS_ONE_OF", "IS_NOT_ONE_OF", "IS_EMPTY", "IS_NOT_EMPTY"))
        {
            case "IS_EMPTY":
                return run => run.FileName.IsEmpty;
            case "IS_NOT_EMPTY":
                return run => !run.FileName.IsEmpty;
            default:
                var sensitive = reader.Flag("matchCaseSensitive");
                var (not, values) = OneOf(reader, sensitive);
                return sensitive ? run => values.Contains(run.FileName, run) != not : run => values.Contains(run.FoldedFileName, run) != not;
        }
    }

    public static Func<EvaluationRun, bool> Hostname(OptionReader reader)
    {
        var (not, values) = OneOf(reader, caseSensitive: false);
        return run => values.Contains(run.FoldedHost, run) != not;
    }

    public static Func<EvaluationRun, bool> Path(OptionReader reader)
    {
        var not = reader.Choice("matchOperator", "MATCHES_ONE_OF", "DOES_NOT_MATCH_ONE_OF") == "DOES_NOT_MATCH_ONE_OF";
        var sensitive = reader.Flag("matchCaseSensitive");
        var normalizes = reader.Flag("normalize");
        var values = new ValueList(reader.List("values"), sensitive, wildcards: true, folds: !sensitive && !normalizes);
        return normalizes ? run => values.Contains(run.NormalizedPath, run) != not
            : sensitive ? run => values.Contains(run.Request.Path, run) != not
            : run => values.Contains(run.FoldedPath, run) != not;
    }

    private static (bool Not, ValueList Values) OneOf(OptionReader reader, bool caseSensitive) =>
        (
            reader.Choice("matchOperator", "IS_ONE_OF", "IS_NOT_ONE_OF") == "IS_NOT_ONE_OF",
            new ValueList(reader.List("values"), caseSensitive, wildcards: true, folds: !caseSensitive)
        );
}
