namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>A behavior made ready.</summary>
/// <param name="Setting">What its setting is called: the name, and what it is about where several can hold at once.</param>
/// <param name="Act">Changes the settings; null when the behavior says nothing that the answer here is made of.</param>
/// <param name="Words">Its setting for people; null when it could not be read.</param>
internal sealed record CompiledBehavior(Func<EvaluationRun, string> Setting, Action<EvaluationRun, int>? Act, Func<EvaluationRun, string>? Words);

/// <summary>Behavior → delegate and words.</summary>
internal static class BehaviorCompiler
{
    private static readonly Dictionary<string, Func<OptionReader, Action<EvaluationRun, int>>> Acting = new(StringComparer.Ordinal)
    {
        ["allowDelete"] = reader => AnswerBehaviors.Allow(reader, "DELETE"),
        ["allowOptions"] = reader => AnswerBehaviors.Allow(reader, "OPTIONS"),
        ["allowPatch"] = reader => AnswerBehaviors.Allow(reader, "PATCH"),
        ["allowPost"] = reader => AnswerBehaviors.Allow(reader, "POST"),
        ["allowPut"] = reader => AnswerBehaviors.Allow(reader, "PUT"),
        ["baseDirectory"] = ForwardBehaviors.BaseDirectory,
        ["cacheError"] = CachingBehaviors.Errors,
        ["cacheId"] = CachingBehaviors.KeyPart,
        ["cacheKeyIgnoreCase"] = CachingBehaviors.IgnoreCase,
        ["cacheKeyQueryParams"] = QueryKey.Compile,
        ["cachePost"] = CachingBehaviors.Post,
        ["cacheRedirect"] = CachingBehaviors.Redirects,
        ["caching"] = CachingChoice.Compile,
        ["constructResponse"] = AnswerBehaviors.Construct,
        ["corsSupport"] = HeaderBehaviors.CrossOrigin,
        ["cpCode"] = ForwardBehaviors.CpCode,
        ["denyAccess"] = AnswerBehaviors.Deny,
        ["downstreamCache"] = Evaluation.Downstream.Compile,
        ["failAction"] = Failover.Compile,
        ["httpStrictTransportSecurity"] = HeaderBehaviors.StrictTransport,
        ["modifyIncomingRequestHeader"] = reader => HeaderChange.Compile(reader, HeaderSide.IncomingRequest),
        ["modifyIncomingResponseHeader"] = reader => HeaderChange.Compile(reader, HeaderSide.IncomingResponse),
        ["modifyOutgoingRequestHeader"] = reader => HeaderChange.Compile(reader, HeaderSide.OutgoingRequest),
        ["modifyOutgoingResponseHeader"] = reader => HeaderChange.Compile(reader, HeaderSide.OutgoingResponse),
        ["origin"] = ForwardBehaviors.Origin,
        ["redirect"] = Redirection.Compile,
        ["redirectplus"] = Redirection.CompilePlus,
        ["removeQueryParameter"] = QueryKey.CompileRemoval,
        ["removeVary"] = CachingBehaviors.RemoveVary,
        ["rewriteUrl"] = UrlRewrite.Compile,
        ["segmentedContentProtection"] = TokenRules.CompileSegmented,
        ["setVariable"] = SetVariable.Compile,
        ["verifyTokenAuthorization"] = TokenRules.Compile,
    };

    /// <summary>Behaviors that are told in words and change neither status, nor headers, nor what is cached, nor where it comes from.</summary>
    private static readonly HashSet<string> Told = new(StringComparer.Ordinal)
    {
        "adaptiveAcceleration",
        "allHttpInCacheHierarchy",
        "allowHTTPSCacheKeySharing",
        "allowTransferEncoding",
        "brotli",
        "contentCharacteristics",
        "edgeScape",
        "enhancedAkamaiProtocol",
        "gzipResponse",
        "healthDetection",
        "http2",
        "http3",
        "imageManager",
        "largeFileOptimization",
        "originCharacteristics",
        "prefetch",
        "prefetchable",
        "prefreshCache",
        "readTimeout",
        "realUserMonitoring",
        "report",
        "segmentedMediaOptimization",
        "siteShield",
        "strictHeaderParsing",
        "sureRoute",
        "tieredDistribution",
        "timeout",
        "validateEntityTag",
        "webApplicationFirewall",
        "webSockets",
    };

    /// <summary>Whether a behavior of this name is evaluated, or told and known to leave the answer alone.</summary>
    public static bool Knows(string name) => Acting.ContainsKey(name) || Told.Contains(name);

    /// <summary>Compiles one. One that cannot be read does not act, and is no setting.</summary>
    public static CompiledBehavior Compile(Behavior behavior, string pointer, CompileScope scope)
    {
        var options = NormalOptions.Of(behavior);
        var reader = new OptionReader(options, scope, pointer);
        var act = Acting.TryGetValue(behavior.Name, out var make) ? make(reader) : null;
        var name = SettingWords.Name(behavior, reader);
        // Told are only those that the author wrote, in the catalog's order.
        var written = new OptionSet(options.Where(option => behavior.Options.Find(option.Key) is not null));
        var words = SettingWords.Of(behavior with { Options = written }, reader);
        return new CompiledBehavior(name, reader.Faulty ? null : act, reader.Faulty ? null : words);
    }
}
