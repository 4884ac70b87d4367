namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>
/// Criteria about something with a name: header, cookie, query parameter. Where several have the name, one that matches is enough; a negated
/// operator is the opposite of the whole, so that it holds where there is none of the name.
/// </summary>
internal static class NamedValueCriteria
{
    private delegate bool ValueTest(ReadOnlySpan<char> value, EvaluationRun run);

    public static Func<EvaluationRun, bool> RequestHeader(OptionReader reader) => Header(reader, run => run.Request.Headers);

    public static Func<EvaluationRun, bool> ResponseHeader(OptionReader reader)
    {
        reader.NeedsResponse = true;
        return Header(reader, run => run.ResponseHeaders);
    }

    public static Func<EvaluationRun, bool> UserAgent(OptionReader reader)
    {
        var not = reader.Choice("matchOperator", "IS_ONE_OF", "IS_NOT_ONE_OF") == "IS_NOT_ONE_OF";
        var values = new ValueList(reader.List("values"), reader.Flag("matchCaseSensitive"), reader.Flag("matchWildcard"));
        return run => (run.Header("User-Agent") is { } agent && values.Contains(agent, run)) != not;
    }

    public static Func<EvaluationRun, bool> Cookie(OptionReader reader)
    {
        var names = Names(reader, "cookieName", reader.Flag("matchCaseSensitiveName", fallback: true));
        var (not, test) = Operator(reader, "value", caseSensitive: true);
        return run => HasCookie(names, test, run) != not;
    }

    public static Func<EvaluationRun, bool> Parameter(OptionReader reader)
    {
        var names = Names(reader, "parameterName", reader.Flag("matchCaseSensitiveName", fallback: true));
        var (not, test) = Operator(reader, "values", caseSensitive: true);
        var escaped = reader.Flag("escapeValue");
        return run => HasParameter(names, test, escaped, run) != not;
    }

    private static Func<EvaluationRun, bool> Header(OptionReader reader, Func<EvaluationRun, IReadOnlyList<KeyValuePair<string, string>>> headers)
    {
        var names = Names(reader, "headerName", caseSensitive: false);
        var (not, test) = Operator(reader, "values", caseSensitive: false);
        return run => HasHeader(headers(run), names, test, run) != not;
    }

    private static bool HasHeader(IReadOnlyList<KeyValuePair<string, string>> headers, ValueList names, ValueTest test, EvaluationRun run)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            if (names.Contains(headers[i].Key, run) && test(headers[i].Value, run))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasCookie(ValueList names, ValueTest test, EvaluationRun run)
    {
        var headers = run.Request.Headers;
        for (var i = 0; i < headers.Count; i++)
        {
            if (!string.Equals(headers[i].Key, "Cookie", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (var pair in new Pairs(headers[i].Value, ';'))
            {
                if (names.Contains(pair.Name, run) && test(pair.Value, run))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool HasParameter(ValueList names, ValueTest test, bool escaped, EvaluationRun run)
    {
        foreach (var pair in new Pairs(run.Request.Query, '&'))
        {
            if (!names.Contains(pair.Name, run))
            {
                continue;
            }

            if (escaped && pair.Value.Contains('%') ? test(Fields.Decode(pair.Value.ToString()), run) : test(pair.Value, run))
            {
                return true;
            }
        }

        return false;
    }

    private static ValueList Names(OptionReader reader, string option, bool caseSensitive)
    {
        _ = reader.Required(option);
        return new ValueList([reader.Template(option)], caseSensitive, reader.Flag("matchWildcardName"));
    }

    private static (bool Not, ValueTest Test) Operator(OptionReader reader, string values, bool caseSensitive)
    {
        switch (
            reader.Choice(
                "matchOperator",
                ["IS_ONE_OF", "IS_NOT_ONE_OF", "IS", "IS_NOT", "EXISTS", "DOES_NOT_EXIST", "IS_LESS_THAN", "IS_MORE_THAN", "IS_BETWEEN"]
            )
        )
        {
            case "EXISTS":
                return (false, (_, _) => true);
            case "DOES_NOT_EXIST":
                return (true, (_, _) => true);
            case "IS_LESS_THAN":
                var below = reader.Number("upperBound");
                return (false, (value, run) => Numbers.Parse(value) < below(run));
            case "IS_MORE_THAN":
                var above = reader.Number("lowerBound");
                return (false, (value, run) => Numbers.Parse(value) > above(run));
            case "IS_BETWEEN":
                var (least, most) = (reader.Number("lowerBound"), reader.Number("upperBound"));
                return (false, (value, run) => Numbers.Parse(value) is { } number && number >= least(run) && number <= most(run));
            case var name:
                var list = new ValueList(
                    reader.List(values),
                    reader.Flag("matchCaseSensitiveValue", caseSensitive),
                    reader.Flag("matchWildcardValue")
                );
                return (name is "IS_NOT_ONE_OF" or "IS_NOT", list.Contains);
        }
    }
}
