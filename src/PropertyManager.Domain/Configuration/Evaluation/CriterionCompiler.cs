namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>A criterion made ready.</summary>
/// <param name="Holds">Whether the request, or the response, is as it says.</param>
/// <param name="NeedsResponse">It is asked at the response stage.</param>
/// <param name="Cost">Cheap ones are asked first; no criterion has an effect, so that their order does not show.</param>
internal sealed record CompiledCriterion(Func<EvaluationRun, bool> Holds, bool NeedsResponse, int Cost);

/// <summary>Criterion → delegate.</summary>
internal static class CriterionCompiler
{
    private static readonly Dictionary<string, (int Cost, Func<OptionReader, Func<EvaluationRun, bool>> Make)> Known = new(StringComparer.Ordinal)
    {
        ["requestProtocol"] = (0, RequestCriteria.Protocol),
        ["requestMethod"] = (0, RequestCriteria.Method),
        ["requestType"] = (0, RequestCriteria.Type),
        ["contentDeliveryNetwork"] = (0, RequestCriteria.Network),
        ["bucket"] = (0, reader => RequestCriteria.Share(reader, "percentage")),
        ["random"] = (0, reader => RequestCriteria.Share(reader, "bucket")),
        ["matchResponseCode"] = (1, ResponseCriteria.Status),
        ["originTimeout"] = (1, ResponseCriteria.Timeout),
        ["metadataStage"] = (1, ResponseCriteria.Stage),
        ["cacheability"] = (1, ResponseCriteria.Cacheability),
        ["fileExtension"] = (1, RequestCriteria.Extension),
        ["hostname"] = (1, RequestCriteria.Hostname),
        ["filename"] = (2, RequestCriteria.FileName),
        ["userLocation"] = (2, ClientCriteria.Location),
        ["clientIp"] = (2, ClientCriteria.Address),
        ["clientIpVersion"] = (1, ClientCriteria.AddressVersion),
        ["time"] = (2, TimeCriterion.Compile),
        ["path"] = (3, RequestCriteria.Path),
        ["matchVariable"] = (3, VariableCriteria.Match),
        ["variableError"] = (3, VariableCriteria.Error),
        ["queryStringParameter"] = (4, NamedValueCriteria.Parameter),
        ["requestHeader"] = (4, NamedValueCriteria.RequestHeader),
        ["requestCookie"] = (4, NamedValueCriteria.Cookie),
        ["userAgent"] = (4, NamedValueCriteria.UserAgent),
        ["responseHeader"] = (4, NamedValueCriteria.ResponseHeader),
        ["contentType"] = (4, ResponseCriteria.ContentType),
        ["tokenAuthorization"] = (8, VariableCriteria.Token),
        ["regularExpression"] = (9, VariableCriteria.Expression),
    };

    /// <summary>Whether a criterion of this name is evaluated.</summary>
    public static bool Knows(string name) => Known.ContainsKey(name);

    /// <summary>Compiles one. What is not known or cannot be read never matches, negated or not: a rule must not act by mistake.</summary>
    public static CompiledCriterion Compile(Criterion criterion, string pointer, CompileScope scope)
    {
        var never = new CompiledCriterion(_ => false, false, 0);
        if (!Known.TryGetValue(criterion.Name, out var known))
        {
            return never;
        }

        var reader = new OptionReader(NormalOptions.Of(criterion), scope, pointer);
        var holds = known.Make(reader);
        return reader.Faulty ? never : new CompiledCriterion(holds, reader.NeedsResponse, known.Cost);
    }
}
