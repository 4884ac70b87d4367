using System.Globalization;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Which headers, and on which leg.</summary>
internal enum HeaderSide
{
    /// <summary>From the client to the edge.</summary>
    IncomingRequest,

    /// <summary>From the edge to the origin.</summary>
    OutgoingRequest,

    /// <summary>From the origin to the edge: what caching looks at.</summary>
    IncomingResponse,

    /// <summary>From the edge to the client.</summary>
    OutgoingResponse,
}

/// <summary>A change that a rule made to a header.</summary>
/// <param name="Action">ADD, DELETE, MODIFY, PASS or REGEX.</param>
/// <param name="Value">What is added or put in place; null when there is none.</param>
/// <param name="Expression">What is replaced by the value; null unless the action is REGEX.</param>
/// <param name="All">Every match is replaced, not the first alone.</param>
internal sealed record HeaderChange(HeaderSide Side, string Action, string Name, string? Value, RuleExpression? Expression, bool All)
{
    /// <summary>Compiles one of the four behaviors. Criteria go on seeing the headers as they came.</summary>
    public static Action<EvaluationRun, int> Compile(OptionReader reader, HeaderSide side)
    {
        var action = reader.Choice("action", "ADD", "DELETE", "MODIFY", "PASS", "REGEX");
        var name = NameOf(reader);
        var value = reader.Template(
            action is "MODIFY" ? "newHeaderValue"
            : action is "REGEX" ? "regexHeaderReplace"
            : "headerValue"
        );
        var expression = action == "REGEX" ? reader.Expression("regexHeaderMatch", caseSensitive: true) : null;
        var all = reader.Flag("matchMultiple");
        return (run, _) =>
        {
            // What the origin's headers become decides what is cached; the others are of interest to people only.
            if (run.Tracing || side == HeaderSide.IncomingResponse)
            {
                run.HeaderChanges.Add(new HeaderChange(side, action, name.Expand(run), value.Expand(run), expression, all));
            }
        };
    }

    /// <summary>The header that the options name: a usual one by its word, another by its name.</summary>
    public static Template NameOf(OptionReader reader)
    {
        var action = reader.Text("action", "ADD");
        var option = $"standard{CultureInfo.InvariantCulture.TextInfo.ToTitleCase(action.ToLowerInvariant())}HeaderName";
        var usual = reader.Text(option, "OTHER");
        if (usual != "OTHER")
        {
            var name = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(usual.ToLowerInvariant().Replace('_', '-'));
            return Template.Parse(name, reader.Scope, reader.Pointer);
        }

        _ = reader.Required("customHeaderName");
        return reader.Template("customHeaderName");
    }

    /// <summary>A header of the response as caching sees it: the origin's, after the rules changed it. Null when it is not there.</summary>
    public static string? OfResponse(EvaluationRun run, string name)
    {
        var value = Fields.Find(run.ResponseHeaders, name);
        foreach (var change in run.HeaderChanges)
        {
            if (change.Side == HeaderSide.IncomingResponse && string.Equals(change.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                value = change.Apply(value, run);
            }
        }

        return value;
    }

    /// <summary>What a header of one value becomes; null when it is not there.</summary>
    public string? Apply(string? value, EvaluationRun run) =>
        Action switch
        {
            "ADD" => value is null ? Value : $"{value}, {Value}",
            "MODIFY" => Value,
            "DELETE" => null,
            "REGEX" => value is null ? null : Expression?.Replace(value, Value ?? "", All, run) ?? value,
            _ => value,
        };
}
