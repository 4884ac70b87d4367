namespace PropertyManager.Web.Papi.Description;

/// <summary>Headers that answers of an endpoint have when what was asked for was done, beside those of every answer.</summary>
/// <param name="Names">Some of them only where they apply.</param>
internal sealed record AnswerHeaders(IReadOnlyList<string> Names);

/// <summary>Says so of endpoints.</summary>
internal static class AnswerHeadersExtensions
{
    /// <summary>Headers by their names.</summary>
    public static RouteHandlerBuilder Sends(this RouteHandlerBuilder endpoint, params string[] names) =>
        endpoint.WithMetadata(new AnswerHeaders(names));

    /// <summary>How much there can be of something, and how much more.</summary>
    /// <param name="endpoint">That sends both.</param>
    /// <param name="what">As the headers name it: <c>Hosts-Per-Property</c>.</param>
    public static RouteHandlerBuilder SendsLimits(this RouteHandlerBuilder endpoint, params string[] what) =>
        endpoint.Sends([.. what.SelectMany(name => new[] { $"X-Limit-{name}-Limit", $"X-Limit-{name}-Remaining" })]);
}
