namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>One setting: what it is now and who said so last.</summary>
/// <param name="Value">Null while no rule has set it, or the last took it back.</param>
/// <param name="Rule">Index of the rule that set it last.</param>
/// <param name="Turn">Counts up with every behavior that acts: the later of two settings has the greater one.</param>
internal readonly record struct Setting<T>(T? Value, int Rule, int Turn)
    where T : class;

/// <summary>All settings that the answer is made of, as far as the rules have been applied.</summary>
internal struct EdgeState
{
    public Setting<string> Deny;
    public Setting<Redirection> Redirect;
    public Setting<Construction> Construct;
    public Setting<Failover> Fail;
    public Setting<TokenRules> Token;
    public Setting<OriginChoice> Origin;
    public Setting<CachingChoice> Caching;
    public Setting<ErrorCaching> CacheError;
    public Setting<Downstream> Downstream;
    public Setting<QueryKey> QueryKey;
    public Setting<QueryKey> RemovedQuery;
    public Setting<UrlRewrite> Rewrite;
    public Setting<Template> BaseDirectory;
    public Setting<Cors> Cors;
    public Setting<string> StrictTransport;
    public Setting<string> CpCode;

    /// <summary>The rule that allowed or refused the request's method last; null while none did.</summary>
    public MethodRule? Method;
    public bool KeyIgnoresCase;
    public bool IgnoresVary;
    public bool CachesPost;
    public bool CachesRedirects;
}

/// <summary>What a rule said about the request's method.</summary>
internal readonly record struct MethodRule(bool Allowed, int Rule);

/// <summary>The behavior <c>constructResponse</c>.</summary>
internal sealed record Construction(int Status, Template Body);

/// <summary>The behavior <c>origin</c>: where the object comes from.</summary>
/// <param name="Host">The server; empty when the options name none.</param>
/// <param name="KeyHost">Whether the key has the server's name in place of the request's.</param>
internal sealed record OriginChoice(Template Host, bool KeyHost);

/// <summary>The behavior <c>cacheError</c>.</summary>
internal sealed record ErrorCaching(bool Enabled, Func<EvaluationRun, TimeSpan?> Ttl);

/// <summary>The behavior <c>corsSupport</c>.</summary>
internal sealed record Cors(
    bool AnyOrigin,
    ValueList Origins,
    bool Credentials,
    bool AnyHeaders,
    string Headers,
    string Methods,
    string Exposed,
    Func<EvaluationRun, TimeSpan?> PreflightAge
);
