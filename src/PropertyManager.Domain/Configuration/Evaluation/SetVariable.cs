using System.Globalization;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>The behavior <c>setVariable</c>. A value that cannot be made leaves the variable as it was and is an error of the variable.</summary>
internal static class SetVariable
{
    public static Action<EvaluationRun, int> Compile(OptionReader reader)
    {
        var variable = reader.Scope.Variable(reader.Required("variableName"));
        var source = reader.Choice("valueSource", "EXPRESSION", "EXTRACT", "GENERATE") switch
        {
            "EXTRACT" => Extract(reader),
            "GENERATE" => Generate(reader),
            _ => reader.Template("variableValue").Expand,
        };
        var transform = Transforms.Compile(reader);
        return (run, _) =>
        {
            var value = transform(source(run), run);
            run.VariableErrors[variable] = value is null;
            if (value is not null)
            {
                run.Variables[variable] = value.Length > Template.MaxLength ? value[..Template.MaxLength] : value;
            }
        };
    }

    private static Func<EvaluationRun, string> Extract(OptionReader reader)
    {
        var location = reader.Text("extractLocation");
        var name = reader.Template(
            location switch
            {
                "COOKIE" => "cookieName",
                "QUERY_STRING" => "queryParameterName",
                "RESPONSE_HEADER" => "responseHeaderName",
                "PATH_COMPONENT_OFFSET" => "pathComponentOffset",
                _ => "headerName",
            }
        );
        switch (location)
        {
            case "CLIENT_REQUEST_HEADER":
                return run => run.Header(name.Expand(run)) ?? "";
            case "COOKIE":
                return run => Fields.Cookie(run.Request.Headers, name.Expand(run)) ?? "";
            case "QUERY_STRING":
                return run => Fields.Parameter(run.Request.Query, name.Expand(run)) ?? "";
            case "RESPONSE_HEADER":
                return run => Fields.Find(run.ResponseHeaders, name.Expand(run)) ?? "";
            case "PATH_COMPONENT_OFFSET":
                return run => PathComponent(run.Request.Path, name.Expand(run));
            case "EDGESCAPE":
                return Edgescape(reader);
            default:
                reader.Fault("extractLocation", $"Values are not taken from \"{location}\" here.");
                return _ => "";
        }
    }

    private static Func<EvaluationRun, string> Edgescape(OptionReader reader)
    {
        switch (reader.Text("locationId"))
        {
            case "COUNTRY_CODE":
                return run => run.Request.Client.Country;
            case "CONTINENT":
                return run => run.Request.Client.Continent;
            case "REGION_CODE":
                return run => run.Request.Client.Region;
            case "ASNUM":
                return run => run.Request.Client.AsNumber?.ToString(CultureInfo.InvariantCulture) ?? "";
            case var field:
                reader.Fault("locationId", $"\"{field}\" is not known of a client here.");
                return _ => "";
        }
    }

    /// <summary>Made from the request's draw: the same request gets the same number.</summary>
    private static Func<EvaluationRun, string> Generate(OptionReader reader)
    {
        if (reader.Choice("generator", "RAND", "HEXRAND") == "HEXRAND")
        {
            var bytes = reader.Number("numberOfBytes", 16);
            return run => Hex(run.Draw, bytes(run) ?? 16);
        }

        var (least, most) = (reader.Number("minRandomNumber", 0), reader.Number("maxRandomNumber", 4_294_967_295));
        return run =>
        {
            var (from, to) = (least(run) ?? 0, most(run) ?? 0);
            var number = from + (Math.Clamp(run.Draw, 0, 1) * Math.Max(0, (double)to - from + 1));
            return Math.Floor(Math.Min(number, Math.Max(from, to))).ToString("0", CultureInfo.InvariantCulture);
        };
    }

    private static string Hex(double draw, long bytes)
    {
        var seed = BitConverter.GetBytes(draw);
        var hash = System.Security.Cryptography.SHA256.HashData(seed);
        return Convert.ToHexStringLower(hash.AsSpan(0, (int)Math.Clamp(bytes, 1, 16)));
    }

    /// <summary>The first component is 1; a negative offset counts from the end.</summary>
    private static string PathComponent(string path, string offset)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!int.TryParse(offset, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            return "";
        }

        var at = number > 0 ? number - 1 : parts.Length + (long)number;
        return at >= 0 && at < parts.Length ? parts[at] : "";
    }
}
