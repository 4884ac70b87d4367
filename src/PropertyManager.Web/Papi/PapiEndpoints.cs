using Microsoft.AspNetCore.Authentication;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Papi.Activations;
using PropertyManager.Web.Papi.Limits;
using PropertyManager.Web.Papi.Signing;

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
        services.AddSingleton<EdgeGridCheck>();
        services.AddSingleton<ActivationView>();
        services.AddSingleton<ApiLimits>();
        services.AddSingleton<RuleAnswers>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, EdgeGridHandler>(EdgeGridHandler.Name, configureOptions: null);
    }

    public static void MapPapi(this IEndpointRouteBuilder routes)
    {
        var papi = routes.MapGroup(Root);
        BuildResource.Map(papi);
        ActivationResource.Map(papi);
        PropertiesResource.Map(papi);
        VersionsResource.Map(papi);
        RulesResource.Map(papi);
        VersionHostnamesResource.Map(papi);
        AvailableResource.Map(papi);
    }
}
