using System.Text.Json;

namespace PropertyManager.Domain.Configuration;

/// <summary>Criterion → match element. The caller puts what is guarded inside and closes it.</summary>
internal static class MetadataCriteria
{
    /// <summary>Option that holds what is compared, and the options that become other attributes, by criterion.</summary>
    private static readonly Dictionary<string, Shape> Shapes = new(StringComparer.Ordinal)
    {
        ["path"] = new("match:uri.wildcard", "values", [("matchCaseSensitive", "case"), ("normalize", "normalize")]),
        ["fileExtension"] = new("match:uri.ext", "values", [("matchCaseSensitive", "case")]),
        ["filename"] = new("match:uri.filename", "values", [("matchCaseSensitive", "case")]),
        ["hostname"] = new("match:hoit", "values", [], ValueName: "host"),
        ["requestMethod"] = new("match:request.method", "value", []),
        ["requestProtocol"] = new("match:request.protocol", "value", []),
        ["requestType"] = new("match:request.type", "value", []),
        ["requestHeader"] = new(
            "match:request.header",
            "values",
            [
                ("headerName", "name"),
                ("matchCaseSensitiveValue", "value-case"),
                ("matchWildcardName", "name-wildcard"),
                ("matchWildcardValue", "value-wildcard"),
            ]
        ),
        ["responseHeader"] = new(
            "match:response.header",
            "values",
            [
                ("headerName", "name"),
                ("matchCaseSensitiveValue", "value-case"),
                ("matchWildcardName", "name-wildcard"),
                ("matchWildcardValue", "value-wildcard"),
                ("lowerBound", "value-from"),
                ("upperBound", "value-to"),
            ]
        ),
        ["requestCookie"] = new(
            "match:request.cookie",
            "value",
            [
                ("cookieName", "name"),
                ("matchCaseSensitiveName", "name-case"),
                ("matchCaseSensitiveValue", "value-case"),
                ("matchWildcardName", "name-wildcard"),
                ("matchWildcardValue", "value-wildcard"),
            ]
        ),
        ["queryStringParameter"] = new(
            "match:uri.query",
            "values",
            [
                ("parameterName", "name"),
                ("matchCaseSensitiveName", "name-case"),
                ("matchCaseSensitiveValue", "value-case"),
                ("matchWildcardName", "name-wildcard"),
                ("matchWildcardValue", "value-wildcard"),
                ("escapeValue", "value-escape"),
            ]
        ),
        ["contentType"] = new("match:response.content-type", "values", [("matchWildcard", "value-wildcard"), ("matchCaseSensitive", "value-case")]),
        ["userAgent"] = new("match:request.user-agent", "values", [("matchWildcard", "value-wildcard"), ("matchCaseSensitive", "value-case")]),
        ["clientIp"] = new("match:request.client-ip", "values", [("useHeaders", "use-forwarded-for")]),
        ["matchResponseCode"] = new("match:response.status", "values", [("lowerBound", "value-from"), ("upperBound", "value-to")]),
        ["bucket"] = new("match:bucket", "percentage", []),
        ["random"] = new("match:random", "bucket", []),
        ["cacheability"] = new("match:cacheability", "value", []),
        ["originTimeout"] = new("match:forward.timeout", null, []),
        ["variableError"] = new("match:variable-error", "variableNames", [("result", "failed")], ValueName: "names"),
        ["time"] = new(
            "match:time",
            null,
            [
                ("beginDate", "from"),
                ("lastingDate", "lasting-from"),
                ("repeatBeginDate", "repeat-from"),
                ("endDate", "to"),
                ("lastingDuration", "lasting-for"),
                ("repeatDuration", "repeat-for"),
                ("repeatInterval", "repeat-every"),
                ("applyDaylightSavingsTime", "daylight-saving"),
            ]
        ),
        ["tokenAuthorization"] = new("match:auth.token", "statusList", []),
        ["metadataStage"] = new("match:metadata-stage", "value", []),
        ["contentDeliveryNetwork"] = new("match:network", "network", []),
        ["matchVariable"] = new(
            "match:variable",
            "variableValues",
            [
                ("variableName", "name"),
                ("variableExpression", "expression"),
                ("matchCaseSensitive", "value-case"),
                ("matchWildcard", "value-wildcard"),
            ]
        ),
        ["regularExpression"] = new("match:regex", "regex", [("matchString", "string"), ("caseSensitive", "case")]),
        ["userLocation"] = new(
            "match:request.location",
            null,
            [
                ("field", "by"),
                ("countryValues", "country"),
                ("continentValues", "continent"),
                ("regionValues", "region"),
                ("checkIps", "check"),
                ("useOnlyFirstXForwardedForIp", "first-forwarded-for-only"),
            ]
        ),
    };

    /// <summary>Opens the criterion's element and says which it is.</summary>
    public static string Open(MetadataWriter xml, Criterion criterion)
    {
        var options = NormalOptions.Of(criterion);
        var shape = Shapes.GetValueOrDefault(criterion.Name) ?? new Shape("match:criterion", null, []);
        var attributes = new List<(string, string)>();
        if (shape.Element == "match:criterion")
        {
            attributes.Add(("name", criterion.Name));
        }

        attributes.AddRange(Known(shape, options));
        var (relation, holds) = Operator(options.Text("matchOperator"));
        if (relation is not null)
        {
            attributes.Add(("operator", relation));
        }

        attributes.Add(("result", holds ? "true" : "false"));
        xml.Open(shape.Element, [.. attributes]);
        // Options with no attribute of their own are never dropped: a change to any of them must show.
        foreach (var (name, value) in options)
        {
            if (name != "matchOperator" && name != shape.Value && shape.Attributes.All(a => a.Option != name))
            {
                MetadataBehaviors.WriteOption(xml, name, value);
            }
        }

        return shape.Element;
    }

    private static IEnumerable<(string, string)> Known(Shape shape, OptionSet options)
    {
        foreach (var (option, attribute) in shape.Attributes.Where(a => a.Attribute == "name"))
        {
            yield return (attribute, options.Find(option) is { } name ? Read(name) : "");
        }

        if (shape.Value is not null && options.Find(shape.Value) is { } compared)
        {
            yield return (shape.ValueName, Read(compared));
        }

        foreach (var (option, attribute) in shape.Attributes.Where(a => a.Attribute != "name"))
        {
            if (options.Find(option) is { } value)
            {
                yield return (attribute, Read(value));
            }
        }
    }

    private static string Read(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
            ? MetadataWriter.AnyOf(value.EnumerateArray().Select(MetadataBehaviors.Scalar))
            : MetadataBehaviors.Scalar(value);

    /// <summary>A negated operator is its opposite with <c>result="false"</c>; what is more than equality is spelled out.</summary>
    private static (string? Relation, bool Holds) Operator(string? name) =>
        name switch
        {
            null or "IS" or "IS_ONE_OF" or "MATCHES_ONE_OF" => (null, true),
            "IS_NOT" or "IS_NOT_ONE_OF" or "DOES_NOT_MATCH_ONE_OF" => (null, false),
            "EXISTS" => ("exists", true),
            "DOES_NOT_EXIST" => ("exists", false),
            "IS_EMPTY" => ("empty", true),
            "IS_NOT_EMPTY" => ("empty", false),
            "IS_BETWEEN" => ("between", true),
            "IS_NOT_BETWEEN" => ("between", false),
            _ => (name.ToLowerInvariant().Replace('_', '-'), true),
        };

    private sealed record Shape(
        string Element,
        string? Value,
        IReadOnlyList<(string Option, string Attribute)> Attributes,
        string ValueName = "value"
    );
}
