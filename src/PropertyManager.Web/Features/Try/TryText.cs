using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using PropertyManager.Domain.Configuration.Catalog;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Try;

/// <summary>The words of "Try a request".</summary>
internal static class TryText
{
    /// <summary>"404 Not Found".</summary>
    public static string Status(int status) => $"{status.ToString(CultureInfo.InvariantCulture)} {ReasonPhrases.GetReasonPhrase(status)}".TrimEnd();

    /// <summary>"v4 → 200 from cache for 7 d, v5 → 403 by rule “default / Geo-block”".</summary>
    public static string Verdict(IReadOnlyList<TriedRequest> tried) =>
        string.Join(", ", tried.Select(one => $"v{one.Version} → {Short(one.Answer)}"));

    /// <summary>"Skipped: --compressed, -s: no effect on the answer".</summary>
    public static string Skipped(IReadOnlyList<string> options) => $"Skipped: {string.Join(", ", options)}: no effect on the answer";

    /// <summary>Status and who decided it.</summary>
    public static string Short(EdgeAnswer answer) =>
        answer.Source switch
        {
            AnswerSource.NotEvaluated => "not evaluated",
            AnswerSource.UnknownHost => $"{answer.Status}: the property has no such hostname",
            AnswerSource.MethodNotAllowed when answer.DecidedBy is null => $"{answer.Status}: no rule allows the method",
            _ when answer.DecidedBy is { } rule => $"{answer.Status} by rule “{rule.Path}”",
            _ => $"{answer.Status} {Cache(answer.Cache)}",
        };

    /// <summary>What is done with the object.</summary>
    public static string Cache(CacheDecision cache) =>
        cache.Kind switch
        {
            CacheKind.Cached when cache.Ttl is { } ttl => $"from cache for {Words.Duration(ttl)}",
            CacheKind.Cached => "from cache",
            CacheKind.ByOrigin when cache.Ttl is { } ttl => $"cached as the origin says, otherwise for {Words.Duration(ttl)}",
            CacheKind.ByOrigin => "cached as the origin says",
            CacheKind.NoStore => "not cached",
            _ => "past the cache",
        };

    /// <summary>A setting's name in words, with the header's or variable's where it has one: "Modify Outgoing Response Header Server".</summary>
    public static string Setting(string name) =>
        name.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space
            ? RuleCatalog.BehaviorLabel(name[..space]) + name[space..]
            : RuleCatalog.BehaviorLabel(name);

    /// <summary>Who decided the status.</summary>
    public static string Source(AnswerSource source) =>
        source switch
        {
            AnswerSource.Origin => "The origin, or an object in the cache",
            AnswerSource.Denied => "Access is denied",
            AnswerSource.Redirect => "The client is sent elsewhere",
            AnswerSource.Constructed => "The edge writes the response",
            AnswerSource.MethodNotAllowed => "The method is not allowed",
            AnswerSource.NotEvaluated => "Nobody: it was not evaluated",
            AnswerSource.Failover => "The origin fails, and a rule says what then",
            _ => "The property has no such hostname",
        };
}
