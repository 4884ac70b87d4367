using System.Collections.Concurrent;

namespace PropertyManager.E2E;

/// <summary>What a browser had to complain about: errors on its console, requests that failed, and requests to anywhere but the application.</summary>
internal sealed class Complaints
{
    private readonly ConcurrentQueue<string> _all = new();

    public Complaints(IBrowserContext context, Uri application)
    {
        context.Console += (_, message) =>
        {
            // What could not be loaded is said below, with the reason.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _all.Enqueue($"Console: {message.Text}");
        };
        context.WebError += (_, error) => _all.Enqueue($"Script: {error.Error}");
        context.Request += (_, request) =>
        {
            var address = new Uri(request.Url);
            if (address.Scheme is "http" or "https" or "ws" or "wss" && address.Authority != application.Authority)
                _all.Enqueue($"Outside: {request.Url}");
        };
        context.Response += (_, response) =>
        {
            // A page that is an error page is what the test asked for.
            if (response.Status >= 400 && !response.Request.IsNavigationRequest)
                _all.Enqueue($"{response.Status}: {response.Url}");
        };
        context.RequestFailed += (_, request) =>
        {
            // Whoever leaves a page breaks off what it was loading.
            if (request.Failure != "net::ERR_ABORTED")
                _all.Enqueue($"{request.Failure}: {request.Url}");
        };
    }

    public IEnumerable<string> All => _all;
}
