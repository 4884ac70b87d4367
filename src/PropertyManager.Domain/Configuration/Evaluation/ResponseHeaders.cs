namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>What the rules make of the response's headers: those that differ from what the origin sent.</summary>
internal sealed class ResponseHeaders
{
    private readonly List<(string Name, List<string> Values)> _touched = [];
    private readonly IReadOnlyList<KeyValuePair<string, string>> _base;

    private ResponseHeaders(IReadOnlyList<KeyValuePair<string, string>> response) => _base = response;

    /// <summary>Headers that are added, changed or removed; a removed one has a null value.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> Of(EvaluationRun run, TimeSpan? edgeTtl)
    {
        var headers = new ResponseHeaders(run.ResponseHeaders);
        headers.Apply(run, HeaderSide.IncomingResponse);
        if (run.AsksOrigin && run.State.Downstream.Value is { } downstream)
        {
            foreach (var (name, value) in downstream.Headers(run, edgeTtl))
            {
                headers.Put(name, value);
            }
        }

        if (run.Request.Scheme == "https" && run.State.StrictTransport.Value is { } strict)
        {
            headers.Put("Strict-Transport-Security", strict);
        }

        headers.AllowCrossOrigin(run);
        headers.Apply(run, HeaderSide.OutgoingResponse);
        return
        [
            .. headers._touched.SelectMany(header =>
                header.Values.Count == 0
                    ? [new KeyValuePair<string, string?>(header.Name, null)]
                    : header.Values.Select(value => new KeyValuePair<string, string?>(header.Name, value))
            ),
        ];
    }

    private void Apply(EvaluationRun run, HeaderSide side)
    {
        foreach (var change in run.HeaderChanges.Where(change => change.Side == side && change.Action != "PASS" && change.Name.Length > 0))
        {
            var values = Touch(change.Name);
            if (change.Action == "ADD")
            {
                values.Add(change.Value ?? "");
                continue;
            }

            List<string> changed =
                change.Action == "MODIFY" ? [change.Value ?? ""] : [.. values.Select(value => change.Apply(value, run)).OfType<string>()];
            values.Clear();
            values.AddRange(changed);
        }
    }

    private void AllowCrossOrigin(EvaluationRun run)
    {
        if (run.State.Cors.Value is not { } cors || run.Header("Origin") is not { } origin || !(cors.AnyOrigin || cors.Origins.Contains(origin, run)))
        {
            return;
        }

        // Browsers refuse the star together with credentials.
        Put("Access-Control-Allow-Origin", cors.AnyOrigin && !cors.Credentials ? "*" : origin);
        PutIf("Access-Control-Allow-Credentials", cors.Credentials ? "true" : "");
        if (run.Request.Method != "OPTIONS" || run.Header("Access-Control-Request-Method") is null)
        {
            PutIf("Access-Control-Expose-Headers", cors.Exposed);
            return;
        }

        PutIf("Access-Control-Allow-Methods", cors.Methods);
        PutIf("Access-Control-Allow-Headers", cors.AnyHeaders ? run.Header("Access-Control-Request-Headers") ?? "" : cors.Headers);
        if (cors.PreflightAge(run) is { } age)
        {
            Put("Access-Control-Max-Age", $"{(long)age.TotalSeconds}");
        }
    }

    private void PutIf(string name, string value)
    {
        if (value.Length > 0)
        {
            Put(name, value);
        }
    }

    private void Put(string name, string? value)
    {
        var values = Touch(name);
        values.Clear();
        if (value is not null)
        {
            values.Add(value);
        }
    }

    private List<string> Touch(string name)
    {
        foreach (var (known, values) in _touched)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            {
                return values;
            }
        }

        List<string> sent =
        [
            .. _base.Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value),
        ];
        _touched.Add((name, sent));
        return sent;
    }
}
