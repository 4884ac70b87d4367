using Microsoft.AspNetCore.Http.Connections;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Limits;

namespace PropertyManager.Web.Papi.Hub;

/// <summary>Where listeners connect.</summary>
internal static class HubEndpoints
{
    private const string Path = "/hubs/activations";

    public static void AddActivationHub(this IServiceCollection services)
    {
        services.AddSingleton<ActivationWatches>();
        services.AddSingleton<HubConnectionGuard>();
        // It writes each refusal that a client is told into the log as an error. What is a bug, the hub logs itself.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Critical));
        services.AddSignalR().AddHubOptions<ActivationHub>(options => options.MaximumReceiveMessageSize = 4 * 1024);
    }

    public static void MapActivationHub(this IEndpointRouteBuilder routes) =>
        routes
            // A signature is good for one request: only a transport that is one request can be signed.
            .MapHub<ActivationHub>(Path, options => options.Transports = HttpTransportType.WebSockets)
            .Add(Bound);

    /// <summary>A client has so many connections: what is too much is refused before it becomes one, with a problem.</summary>
    private static void Bound(EndpointBuilder endpoint)
    {
        var answer = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = async http =>
        {
            using var place = http.RequestServices.GetRequiredService<ApiLimits>().TakeConnection(http.Caller());
            if (place is null)
                await LimitAnswers.TooManyConnections(http).ExecuteAsync(http);
            else
                await answer(http);
        };
    }
}
