using System.Globalization;
using PropertyManager.Domain;
using PropertyManager.Web.Papi.Problems;

namespace PropertyManager.Web.Papi.Limits;

/// <summary>What the limits look like from outside: headers of every answer, and the problem of one request too many.</summary>
internal static class LimitAnswers
{
    /// <summary>Writes where the caller stands into the answer's headers.</summary>
    /// <param name="http">Its answer has not begun.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="now">Real time.</param>
    public static void Write(HttpContext http, in LimitState state, DateTimeOffset now)
    {
        var headers = http.Response.Headers;
        headers["X-RateLimit-Limit"] = state.Limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = state.Remaining.ToString(CultureInfo.InvariantCulture);
        if (state.Remaining == 0)
            headers["X-RateLimit-Next"] = (now + state.NextIn).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        if (state.IsOver)
            headers.RetryAfter = Math.Max(1, Math.Ceiling(state.NextIn.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The answer to what was too much.</summary>
    /// <param name="state">Where the caller stands.</param>
    /// <param name="limitKey">Which limit it is.</param>
    /// <param name="instanceKey">Whose.</param>
    /// <param name="detail">Which requests are too many.</param>
    public static PapiProblem TooMany(in LimitState state, string limitKey, string instanceKey, string detail) =>
        new(StatusCodes.Status429TooManyRequests, "papi/v1/http/too-many-requests", "Too Many Requests", detail)
        {
            Members = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["limitKey"] = limitKey,
                ["instanceKey"] = instanceKey,
                ["limit"] = state.Limit,
                ["remaining"] = state.Remaining,
            },
        };

    /// <summary>The answer to a large body while the client sends as many as it may.</summary>
    public static PapiProblem TooManyLargeBodies(HttpContext http) =>
        TooManyAtOnce(
            http,
            ApiLimits.MostLargeBodies,
            "large-bodies-at-once",
            FormattableString.Invariant(
                $"This API client sends {ApiLimits.MostLargeBodies} bodies of more than {ApiLimits.LargeBody:N0} bytes already, and more at the same time are not read. Wait until one is answered."
            )
        );

    /// <summary>The answer to a connection while the client has as many as it may.</summary>
    public static PapiProblem TooManyConnections(HttpContext http) =>
        TooManyAtOnce(
            http,
            ApiLimits.MostConnections,
            "connections-at-once",
            FormattableString.Invariant(
                $"This API client has {ApiLimits.MostConnections} connections to the hub already, which is the most. Close one, or watch more over one of them."
            )
        );

    /// <summary>The answer to a test of a webhook while the person's last one is under way.</summary>
    public static PapiProblem TooManyTests(HttpContext http, Refusal refusal) => TooManyAtOnce(http, 1, "webhook-tests-at-once", refusal.Message);

    /// <summary>The answer to a search that is waited for while the person's last one is.</summary>
    public static PapiProblem TooManySearches(HttpContext http, Refusal refusal) => TooManyAtOnce(http, 1, "bulk-searches-at-once", refusal.Message);

    private static PapiProblem TooManyAtOnce(HttpContext http, int most, string limitKey, string detail)
    {
        http.Response.Headers.RetryAfter = "1";
        return TooMany(new LimitState(IsOver: true, most, Remaining: 0, TimeSpan.FromSeconds(1)), limitKey, http.Caller().AccessToken, detail);
    }

    /// <summary>Tells the caller where it stands, and why it is not answered when it asks too often; null when it is.</summary>
    /// <param name="http">Its answer has not begun.</param>
    /// <param name="taken">What taking one request came to; null where there is no limit.</param>
    /// <param name="now">Real time.</param>
    public static PapiProblem? Hold(HttpContext http, LimitState? taken, DateTimeOffset now)
    {
        if (taken is not { } state)
            return null;
        Write(http, state, now);
        if (!state.IsOver)
            return null;
        var detail = FormattableString.Invariant(
            $"This API client may ask {state.Limit} times a minute, and has. Wait until the instant in X-RateLimit-Next, or ask less often."
        );
        return TooMany(state, "requests-per-minute", http.Caller().AccessToken, detail);
    }
}
