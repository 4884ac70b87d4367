namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>What an edge server does with a request, and why.</summary>
/// <param name="Status">HTTP status that the client gets; 0 where it was not evaluated.</param>
/// <param name="Source">Who decided that status.</param>
/// <param name="Matched">The rules that matched, in the order they were applied; the default rule first.</param>
/// <param name="Settings">The effective value of each setting and the rule that set it last, in the order they were first set.</param>
/// <param name="Cache">What is done with the object.</param>
/// <param name="ForwardHost">The server that is asked on a miss, or in the place of one that failed; null when the edge answers by itself.</param>
/// <param name="ForwardPath">Path and query as that server gets them; null when the edge answers by itself.</param>
/// <param name="ResponseHeaders">Headers that the rules add, change or remove on the way to the client; a removed one has a null value.</param>
/// <param name="Location">Where a redirect leads; null when it is none.</param>
/// <param name="DecidedBy">The rule that decided the status; null when none did: the origin, an unknown host, a method that no rule speaks of.</param>
public sealed record EdgeAnswer(
    int Status,
    AnswerSource Source,
    IReadOnlyList<MatchedRule> Matched,
    IReadOnlyList<EffectiveSetting> Settings,
    CacheDecision Cache,
    string? ForwardHost,
    string? ForwardPath,
    IReadOnlyList<KeyValuePair<string, string?>> ResponseHeaders,
    string? Location,
    MatchedRule? DecidedBy
)
{
    /// <summary>
    /// The property hostname that the request is for: its host, or the wildcard that stands for it. Null where it is for none, and where the property
    /// has none.
    /// </summary>
    public string? Hostname { get; init; }

    /// <summary>
    /// Why there is no answer: an expression took too long, or the evaluation did. Nothing else of the answer says anything then. Null where it was
    /// evaluated.
    /// </summary>
    public EvaluationNote? Stopped { get; init; }

    /// <summary>Names of behaviors and criteria that were met on the way and are not evaluated here; no name twice.</summary>
    public IReadOnlyList<string> NotEvaluated { get; init; } = [];

    /// <summary>What could not be read in the tree and was left out, in its order; the same for every request.</summary>
    public IReadOnlyList<EvaluationNote> Notes { get; init; } = [];
}

/// <summary>An option that could not be read (its criterion never matches, its behavior does not act), or a variable in it that is not known.</summary>
/// <param name="Pointer">JSON pointer into the tree: <c>/rules/children/0/criteria/1/options/values</c>.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
public sealed record EvaluationNote(string Pointer, string Message);

/// <summary>A rule that matched.</summary>
/// <param name="Pointer">JSON pointer into the tree: <c>/rules/children/0</c>.</param>
/// <param name="Path">Its name after those of the rules above it: <c>default / Static images</c>.</param>
public sealed record MatchedRule(string Pointer, string Path);

/// <summary>What holds for the request after all rules.</summary>
/// <param name="Name">The behavior: <c>caching</c>; with the header's or variable's name where several can hold at once.</param>
/// <param name="Value">In words: "cache for 7d".</param>
/// <param name="Rule">Where it was set last.</param>
public sealed record EffectiveSetting(string Name, string Value, MatchedRule Rule);

/// <summary>Who decided the status.</summary>
public enum AnswerSource
{
    /// <summary>The origin, or an object in the cache that came from it.</summary>
    Origin,

    /// <summary>A rule: access was denied.</summary>
    Denied,

    /// <summary>A rule: the client is sent elsewhere.</summary>
    Redirect,

    /// <summary>A rule wrote the response.</summary>
    Constructed,

    /// <summary>The method is not allowed by any rule.</summary>
    MethodNotAllowed,

    /// <summary>The origin failed and a rule said what to do then.</summary>
    Failover,

    /// <summary>The property has no such hostname.</summary>
    UnknownHost,

    /// <summary>Nobody: it could not be found out in time (<see cref="EdgeAnswer.Stopped" />).</summary>
    NotEvaluated,
}

/// <summary>What is done with the object.</summary>
/// <param name="Kind">Whether it is kept.</param>
/// <param name="Ttl">How long, by the rules or by what the origin's headers say; null where nothing is kept, or the origin says nothing.</param>
/// <param name="Key">What objects are told apart by: host, path and the parts of the query that count.</param>
public readonly record struct CacheDecision(CacheKind Kind, TimeSpan? Ttl, string Key);

/// <summary>Whether an object is kept at the edge.</summary>
public enum CacheKind
{
    /// <summary>Kept for a time the rules give.</summary>
    Cached,

    /// <summary>Kept for as long as the origin's headers say.</summary>
    ByOrigin,

    /// <summary>Never kept, and what is kept is removed.</summary>
    NoStore,

    /// <summary>Passed through; what is kept stays.</summary>
    Bypass,
}
