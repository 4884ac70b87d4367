using Microsoft.AspNetCore.Authentication;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Hub;
using PropertyManager.Web.Papi.Signing;
using PropertyManager.Web.Papi.Simulation;
using PropertyManager.Web.Papi.Webhooks;

namespace PropertyManager.Web.Papi;

/// <summary>The Property Manager API, v1.</summary>
public static class PapiEndpoints
{
    /// <summary>Where it is.</summary>
    public const string Root = "/papi/v1";

    public static void AddPapi(this IServiceCollection services)
    {
        services.AddSingleton<ApiCallers>();
        services.AddSingleton<NonceStore>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, EdgeGridHandler>(EdgeGridHandler.Name, configureOptions: null);
        services
            .AddAuthorizationBuilder()
            .AddPolicy(EdgeGridHandler.Name, policy => policy.AddAuthenticationSchemes(EdgeGridHandler.Name).RequireAuthenticatedUser());
        services.AddActivationHub();
    }

    public static void MapPapi(this IEndpointRouteBuilder routes)
    {
        var papi = routes.MapGroup(Root).RequireAuthorization(EdgeGridHandler.Name).DisableAntiforgery();
        BuildResource.Map(papi);
        routes.MapActivationHub();
        SimulationEndpoints.Map(routes);
        WebhookResource.Map(routes);
    }
}
